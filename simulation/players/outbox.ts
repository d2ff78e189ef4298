/**
 * Requests of a simulated client: those without a reply, and the check of each reply against the journal and the
 * replies before it. Knows no line.
 */

import type { Message, Request } from "#protocol";
import { same, violated } from "../violation.ts";
import type { World } from "./world.ts";

/** Refusals that leave the cid unused: the same request may be sent again. */
const unused = new Set(["RATE_LIMITED", "INTERNAL", "ROOM_CLOSED", "NOT_JOINED", "FORBIDDEN"]);
const worthRepeating = new Set(["RATE_LIMITED", "INTERNAL"]);

/** Requests kept, to be repeated to a replayed room. */
const probed = 20;

/** Meaning of a reply: the first one, a repetition of it, or a refusal that leaves the cid unused. */
export type Reply = "first" | "repeated" | "refused" | "to be repeated";

/** A reply without the secret that it hands out. */
function asJournalled(message: Message): Message {
  if (message.type === "seat_code") return { ...message, code: "", url: "" };
  return message.type === "host_link" ? { ...message, url: "" } : message;
}

export class Outbox {
  readonly #world: World;
  readonly #unanswered = new Map<string, Request>();
  /** By cid: whether it was answered. */
  readonly #isAnswered: boolean[] = [];
  readonly #newest: Request[] = [];
  #lastCid = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Cids of the requests without a reply, the oldest first. */
  get cids(): string[] {
    return [...this.#unanswered.keys()];
  }

  /** The requests without a reply, the oldest first. */
  get unanswered(): Request[] {
    return [...this.#unanswered.values()];
  }

  /** The oldest of them. */
  get oldest(): Request | undefined {
    for (const request of this.#unanswered.values()) return request;
    return undefined;
  }

  get isEmpty(): boolean {
    return this.#unanswered.size === 0;
  }

  /** The newest requests, answered or not. */
  get newest(): readonly Request[] {
    return this.#newest;
  }

  nextCid(): string {
    this.#isAnswered[++this.#lastCid] = false;
    return String(this.#lastCid);
  }

  /** Keeps a request until it is answered. */
  put(cid: string, request: Request): void {
    this.#unanswered.set(cid, request);
    this.#newest.push(request);
    if (this.#newest.length > probed) this.#newest.shift();
  }

  /** The request, if it has no reply. */
  get(cid: string): Request | undefined {
    return this.#unanswered.get(cid);
  }

  clear(): void {
    this.#unanswered.clear();
  }

  /** Takes a reply to a request of this user. @returns its meaning */
  take(userId: number | null, cid: string, message: Message): Reply {
    this.#world.counts.answers++;
    if (message.type === "error" && unused.has(message.code)) {
      if (worthRepeating.has(message.code)) return "to be repeated";
      this.#unanswered.delete(cid);
      return "refused";
    }
    const journalled = this.#journalled(userId, cid, message);
    this.#unanswered.delete(cid);
    const isRepeated = "duplicate" in message && message.duplicate === true;
    if (!isRepeated) {
      if (this.#isAnswered[Number(cid)] === true)
        violated("a request was answered twice as if it were new", { userId, cid, message });
      same("the journal has another outcome than was answered", journalled, asJournalled(message));
    } else {
      this.#world.counts.duplicates++;
      const first = { ...journalled, duplicate: true };
      same("a repeated answer is not the first one", asJournalled(message), first);
    }
    this.#isAnswered[Number(cid)] = true;
    return isRepeated ? "repeated" : "first";
  }

  /** The reply as the journal has it. Its row has to be durable. */
  #journalled(userId: number | null, cid: string, message: Message): Message | null {
    const { audit, disk } = this.#world;
    const row = userId === null ? undefined : audit.rowOf(userId, cid);
    if (row === undefined || row > disk.durable)
      violated("an answer came before its row was durable", { userId, cid, row, message });
    return disk.replyOf(row as number);
  }
}

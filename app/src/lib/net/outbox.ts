/** Requests that wait for their first reply, by cid. Holds no socket and no clock. */

import type { Message, Op, Request } from "#protocol";

/** Not sent again unasked once they are stale: the market has moved on meanwhile, and the person must decide. */
const perishable: ReadonlySet<Op> = new Set<Op>(["order_new", "replace", "quote"]);
/** A dead line is noticed within 9 s, and a new one takes a moment. */
const staleAfterMs = 15_000;

export interface Entry {
  cid: string;
  request: Request;
  sentAt: number;
  /** The line dropped before the answer. */
  unknown: boolean;
  resolve(message: Message): void;
}

export class Outbox {
  #entries = new Map<string, Entry>();

  add(cid: string, request: Request, sentAt: number): Promise<Message> {
    return new Promise((resolve) => {
      this.#entries.set(cid, { cid, request, sentAt, unknown: false, resolve });
    });
  }

  get(cid: string | undefined): Entry | undefined {
    return cid === undefined ? undefined : this.#entries.get(cid);
  }

  /** Takes out the request that this message answers first. */
  take(message: Message): Entry | undefined {
    const cid = "cid" in message ? message.cid : undefined;
    const entry = this.get(cid);
    if (entry) this.#entries.delete(entry.cid);
    return entry;
  }

  /** The line is down: nobody knows what became of them. */
  dropped(): void {
    for (const entry of this.#entries.values()) entry.unknown = true;
  }

  /**
   * After the resume: what to send again under the same cid, in the order of the first sending. The server
   * answers a request that it knows with the reply of then.
   * @param now Unix ms
   * @returns `again`, and `doubtful`: orders of a while ago that nobody knows whether they were taken.
   */
  unanswered(now: number): { again: Entry[]; doubtful: Entry[] } {
    const again: Entry[] = [];
    const doubtful: Entry[] = [];
    for (const entry of this.#entries.values()) {
      const isStale = perishable.has(entry.request.op) && now - entry.sentAt > staleAfterMs;
      (entry.unknown && isStale ? doubtful : again).push(entry);
    }
    return { again, doubtful };
  }

  /** @returns false where it was answered or dropped meanwhile. */
  remove(entry: Entry): boolean {
    return this.#entries.delete(entry.cid);
  }

  /** Empties it; the caller resolves what it gets. */
  clear(): Entry[] {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    return entries;
  }
}

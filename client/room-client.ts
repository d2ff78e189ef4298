/**
 * A program's part in a room: joins, comes back by token when the line breaks, keeps the room's state, and has every
 * request done once. Runs in Node and in browsers.
 */

import type { Message, Op, Request, Role } from "#protocol";
import { socketAddress } from "./addresses.ts";
import { answerOf, refusedBy, type Answer, type Refusal } from "./answer.ts";
import { Events } from "./events.ts";
import { freshCid, freshJoinCid } from "./line/cid.ts";
import { PendingRequests, type PendingRequest } from "./line/pending-requests.ts";
import {
  lineTimes,
  RoomSocket,
  type EndReason,
  type LineTimes,
  type SocketLike,
} from "./line/socket.ts";
import type { Break } from "./state/continuity.ts";
import { RoomState } from "./state/room-state.ts";

/** A request without its operation and cid. */
export type Fields<O extends Op> = Omit<Request<O>, "op" | "cid">;

export interface ClientOptions {
  /** Address of the server, of the room's page, or of its socket. */
  url: string;
  /** Code of the room, unless the address has it. */
  room?: string;
  /** Name to join under; not needed with a token. */
  name?: string;
  /** `trader` by default. */
  role?: Role;
  passcode?: string;
  /** Makes the client the host. */
  hostToken?: string;
  /** Resume token of an earlier client: makes this one the same user. */
  token?: string;
  /** Levels a side of the books, 1 to 50; 10 by default. */
  depth?: number;
  /** Opens a WebSocket; the platform's by default. */
  open?: (url: string) => SocketLike;
  times?: Partial<LineTimes>;
  /** Time, ms, after which an unanswered request is sent again under its cid; 5,000 by default. */
  patienceMs?: number;
  /**
   * Age, ms, from which an order, quote or replacement is not sent again after a broken line: its answer is `STALE`, and
   * own orders tell whether it was taken. Infinity by default.
   */
  staleAfterMs?: number;
}

interface ClientEvents {
  /** Every message, after it was applied. */
  message: [Message];
  /** An own fill, once, also one that was missed on a broken line. */
  fill: [Message<"fill">];
  /** The book of an instrument has changed. */
  book: [inst: number];
  /** Joined, and own orders and positions are those of the room. After each broken line again. */
  ready: [];
  /** The line is down; the next try is at this time, Unix ms. */
  down: [retryAt: number];
  /** Messages were missing or came twice. After a gap the client comes back, and misses nothing. */
  broken: [Break];
  /** Over for good: removed by the host, taken over by another client, refused, or left. */
  ended: [reason: EndReason, message: string];
}

/** Times that a request is repeated which the server could not answer. */
const mostFaults = 10;
const afterFaultMs = 500;

export class RoomClient {
  state = new RoomState();
  /** Reason for which the line has ended for good. */
  endReason: EndReason | null = null;
  /** Round trip of the last ping, ms. */
  latencyMs: number | null = null;
  /** Number of times that it came back. */
  reconnects = 0;
  readonly #options: ClientOptions;
  readonly #events = new Events<ClientEvents>();
  readonly #requests: PendingRequests;
  /** Unix ms of the last sending, by cid. */
  readonly #sentAt = new Map<string, number>();
  readonly #faults = new Map<string, number>();
  readonly #socket: RoomSocket;
  readonly #joinCid = freshJoinCid();
  #token: string | null;
  #joining: ((answer: Answer<"join">) => void) | null = null;
  #watch: ReturnType<typeof setInterval> | undefined;
  #wasReady = false;

  /** @throws where the options name no room */
  constructor(options: ClientOptions) {
    this.#options = options;
    this.#token = options.token ?? null;
    this.#requests = new PendingRequests(options.staleAfterMs ?? Infinity);
    this.#socket = new RoomSocket(
      socketAddress(options.url, options.room),
      {
        join: () => this.#join(),
        messages: (messages) => this.#received(messages),
        connecting: () => undefined,
        online: () => undefined,
        dropped: (retryAt) => this.#dropped(retryAt),
        latency: (ms) => void (this.latencyMs = ms),
        silent: () => undefined,
        ended: (reason, code, message) => this.#ended(reason, code ?? "GONE", message),
      },
      options.open,
      { ...lineTimes, ...options.times },
    );
  }

  /** Proves who the user is: over HTTP, or to come back with another client. Null before the first join. */
  get token(): string | null {
    return this.#token;
  }

  get isOnline(): boolean {
    return this.#socket.joined;
  }

  /** Joined, and own orders and positions are those of the room. */
  get isReady(): boolean {
    return this.isOnline && this.state.isCurrent;
  }

  /** Number of requests without an answer. */
  get unanswered(): number {
    return this.#requests.count;
  }

  /** @returns a function that ends it */
  on<Name extends keyof ClientEvents>(
    name: Name,
    listener: (...told: ClientEvents[Name]) => void,
  ): () => void {
    return this.#events.on(name, listener);
  }

  /** Joins, and from then on comes back by itself. Tries until the server answers; a refusal ends it. */
  join(): Promise<Answer<"join">> {
    this.endReason = null;
    this.#watch ??= setInterval(() => this.#repeatOverdue(), this.#patienceMs / 2);
    return new Promise((resolve) => {
      this.#joining = resolve;
      this.#socket.start();
    });
  }

  /** Leaves for good. Orders stay as the room has it. */
  leave(): void {
    this.#socket.stop();
    this.#ended("left", "GONE", "");
  }

  /**
   * Sends a request, once: it stays in the outbox, over broken lines, until the room has answered it. Never rejects.
   * @param cid of the caller, to find the order in files; a random one by default
   */
  async ask<O extends Op>(op: O, fields: Fields<O>, cid = freshCid()): Promise<Answer<O>> {
    if (this.endReason !== null) return refusedBy("GONE");
    const request = { ...fields, op, cid } as Request;
    const reply = this.#requests.add(cid, request, Date.now());
    this.#send(cid, request);
    return answerOf(op, await reply);
  }

  #join(): Request<"join"> {
    const { name, role = "trader", passcode, hostToken, depth } = this.#options;
    const how = { batch: true, ...(depth !== undefined && { depth }) };
    if (this.#token !== null) return { op: "join", resume_token: this.#token, ...how };
    return {
      ...{ op: "join", role, cid: this.#joinCid, ...how },
      ...(name !== undefined && { name }),
      ...(passcode !== undefined && { passcode }),
      ...(hostToken !== undefined && { host_token: hostToken }),
    };
  }

  #send(cid: string, request: Request): void {
    if (this.#socket.send(request)) this.#sentAt.set(cid, Date.now());
  }

  get #patienceMs(): number {
    return this.#options.patienceMs ?? 5_000;
  }

  #repeatOverdue(): void {
    const due = Date.now() - this.#patienceMs;
    for (const [cid, sentAt] of this.#sentAt) {
      const entry = this.#requests.get(cid);
      if (entry === undefined) this.#sentAt.delete(cid);
      else if (sentAt <= due) this.#send(cid, entry.request);
    }
  }

  #received(messages: readonly Message[]): void {
    let isGap = false;
    for (const message of messages) {
      const { fills, broken } = this.state.apply(message);
      if (message.type === "join_ack") this.#welcome(message);
      for (const fill of fills) this.#events.tell("fill", fill);
      if (broken !== null) this.#events.tell("broken", broken);
      isGap ||= broken !== null && broken.kind !== "repeat";
      this.#events.tell("message", message);
      if (message.type === "md_inc" || message.type === "snapshot")
        this.#events.tell("book", message.inst);
      this.#answer(message);
    }
    if (isGap) return this.#socket.renew();
    if (!this.isReady || this.#wasReady) return;
    this.#wasReady = true;
    this.#events.tell("ready");
  }

  /** Asks for what a join does not tell, and sends again what has no answer, in the order of the first time. */
  #welcome(ack: Message<"join_ack">): void {
    this.#token = ack.resume_token;
    const { again, stale } = this.#requests.unanswered(Date.now());
    const isTrader = ack.role === "trader";
    if (isTrader) void this.ask("get_orders", {});
    if (ack.role !== "spectator") void this.ask("get_positions", {});
    if (isTrader) void this.ask("get_pnl", {});
    for (const { cid, request } of again) this.#send(cid, request);
    for (const entry of stale) this.#resolve(entry, asError(refusedBy("STALE"), entry));
    this.#joining?.(answerOf("join", ack));
    this.#joining = null;
  }

  #answer(message: Message): void {
    const cid = "cid" in message ? message.cid : undefined;
    const entry = this.#requests.get(cid);
    if (entry === undefined) return;
    const faults = this.#faults.get(entry.cid) ?? 0;
    if (message.type !== "error" || message.code !== "INTERNAL" || faults >= mostFaults)
      return this.#resolve(entry, message);
    this.#faults.set(entry.cid, faults + 1);
    this.#sentAt.delete(entry.cid);
    setTimeout(() => {
      if (this.#requests.get(entry.cid) !== undefined) this.#send(entry.cid, entry.request);
    }, afterFaultMs);
  }

  #resolve(entry: PendingRequest, message: Message): void {
    this.#requests.remove(entry);
    this.#sentAt.delete(entry.cid);
    this.#faults.delete(entry.cid);
    entry.resolve(message);
  }

  #dropped(retryAt: number): void {
    this.reconnects++;
    this.#requests.lineDropped();
    this.#sentAt.clear();
    this.state.isCurrent = this.#wasReady = false;
    this.#events.tell("down", retryAt);
  }

  #ended(reason: EndReason, code: Refusal["code"], message: string): void {
    this.endReason = reason;
    this.state.isCurrent = this.#wasReady = false;
    clearInterval(this.#watch);
    this.#watch = undefined;
    const refusal: Refusal = message === "" ? refusedBy("GONE") : { ok: false, code, message };
    for (const entry of this.#requests.clear()) entry.resolve(asError(refusal, entry));
    this.#joining?.(refusal);
    this.#joining = null;
    this.#events.tell("ended", reason, message);
  }
}

/** A refusal by the client in the form of a message, as it is answered by one of the room. */
function asError({ code, message }: Refusal, { request }: PendingRequest): Message {
  return { type: "error", code, message, op: request.op } as Message<"error">;
}

/**
 * A client of a round: a host or a player. It comes back with its token when its line has broken, sends again what was not
 * answered, and keeps everything that it was sent, for the check of its stream. Its strategy chooses the requests.
 */

import type { Instrument, Message, Op, Request, Role } from "#protocol";
import { Link, type Network } from "../platform/network.ts";
import type { Random } from "../random.ts";
import { violated } from "../violation.ts";

type Fields<R> = R extends Request ? Omit<R, "cid"> : never;
export type RoundRequest = Fields<Request>;

/** Chooses the next request; null: nothing to do now. */
export type Strategy = (client: RoundClient) => RoundRequest | null;

/** A message, as the client was sent it. */
export interface Heard {
  readonly message: Message;
  readonly text: string;
}

export class RoundClient {
  readonly name: string;
  readonly role: Role;
  readonly heard: Heard[] = [];
  readonly instruments = new Map<number, Instrument>();
  readonly random: Random;
  userId: number | null = null;
  round: Message<"round"> | null = null;
  hand: Message<"hand"> | null = null;
  readonly results = new Map<number, Message<"round_result">>();
  reconnects = 0;
  refused = 0;
  isSilent = false;
  readonly #network: Network;
  readonly #strategy: Strategy;
  readonly #pauseUs: number;
  readonly #asked: Request[] = [];
  readonly #unanswered = new Map<string, Request>();
  #cids = 0;
  #token: string | null = null;
  #link: Link | null = null;
  #hasJoined = false;

  constructor(
    network: Network,
    random: Random,
    who: { name: string; role: Role },
    pauseUs: number,
    strategy: Strategy,
  ) {
    this.name = who.name;
    this.role = who.role;
    this.random = random;
    this.#network = network;
    this.#pauseUs = pauseUs;
    this.#strategy = strategy;
  }

  get isSettled(): boolean {
    return this.#hasJoined && this.#unanswered.size === 0;
  }

  /** Requests of an operation that it has ever made. */
  asked<O extends Op>(op: O): Request<O>[] {
    return this.#asked.filter((request): request is Request<O> => request.op === op);
  }

  start(): void {
    this.#connect();
    this.#think();
  }

  cut(): void {
    this.#link?.cut();
  }

  /** Gives the connection up, as after a time-out, and opens another at once. */
  abandon(): void {
    if (this.#link === null) return;
    this.#link.abandon();
    this.#drop();
    this.#connect();
  }

  // Events of the line

  opened(): void {
    const { name, role } = this;
    const secret =
      this.#token !== null
        ? { resume_token: this.#token }
        : role === "exchange"
          ? { host_token: "host" }
          : { cid: `the secret join of ${name}, who is new` };
    this.#link?.send({ op: "join", name, role, ...secret, batch: true } as Request);
  }

  turnedAway(): void {
    this.#link = null;
    this.#comeBack(5_000, 50_000);
  }

  closed(): void {
    this.#drop();
    this.#comeBack(500, 30_000);
  }

  received(mail: Message[]): void {
    for (const message of mail) this.#take(message);
  }

  // Inside

  #connect(): void {
    this.#link = new Link(this.#network, {
      opened: () => this.opened(),
      refused: () => this.turnedAway(),
      received: (mail) => this.received(mail),
      closed: () => this.closed(),
    });
  }

  #think(): void {
    this.#network.queue.after(this.random.between(1, 2 * this.#pauseUs), () => {
      if (this.#hasJoined && !this.isSilent) {
        const request = this.#strategy(this);
        if (request !== null) this.#ask(request);
      }
      this.#think();
    });
  }

  #ask(request: RoundRequest): void {
    const cid = String(++this.#cids);
    const { op, ...fields } = request;
    const whole = { op, cid, ...fields } as Request;
    this.#asked.push(whole);
    this.#unanswered.set(cid, whole);
    this.#link?.send(whole);
  }

  #take(message: Message): void {
    this.heard.push({ message, text: JSON.stringify(message) });
    if (message.type === "error" && message.op === "join") return this.#notLetIn(message);
    if ("cid" in message && message.cid !== undefined) this.#answered(message.cid, message);
    switch (message.type) {
      case "join_ack":
        return this.#joined(message);
      case "instrument_added":
        this.instruments.set(message.inst, message.instrument);
        return;
      case "instrument_retired":
        this.instruments.delete(message.inst);
        return;
      case "round":
        if (message.round !== this.round?.round) this.hand = null;
        this.round = message;
        return;
      case "hand":
        this.hand = message;
        return;
      case "round_result":
        this.results.set(message.round, message);
        return;
    }
  }

  #joined(ack: Message<"join_ack">): void {
    if (this.userId !== null && this.userId !== ack.user_id)
      violated("a token has made somebody else of its bearer", { was: this.userId, ack });
    this.userId = ack.user_id;
    this.#token = ack.resume_token;
    this.#hasJoined = true;
    this.instruments.clear();
    for (const instrument of ack.instruments) this.instruments.set(instrument.inst, instrument);
    for (const request of this.#unanswered.values()) this.#link?.send(request);
  }

  #answered(cid: string, message: Message): void {
    const request = this.#unanswered.get(cid);
    if (request === undefined) return;
    if (message.type === "error") {
      this.refused++;
      if (message.code === "INTERNAL" || message.code === "RATE_LIMITED") {
        this.#network.queue.after(20_000, () => {
          if (this.#unanswered.has(cid) && this.#hasJoined) this.#link?.send(request);
        });
        return;
      }
    }
    this.#unanswered.delete(cid);
  }

  #notLetIn(error: Message<"error">): void {
    if (error.code !== "INTERNAL") violated("a join was refused", { who: this.name, error });
  }

  #drop(): void {
    this.#link = null;
    this.#hasJoined = false;
  }

  #comeBack(leastUs: number, mostUs: number): void {
    this.reconnects++;
    this.#network.queue.after(this.random.between(leastUs, mostUs), () => {
      if (this.#link === null) this.#connect();
    });
  }
}

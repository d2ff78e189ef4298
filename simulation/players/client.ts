/**
 * A client that follows the protocol: comes back with its token when its line has broken, and sends again what its
 * outbox has without a reply. Its strategy chooses the requests.
 */

import { closeCode, type Message, type Request, type Role } from "#protocol";
import { Mirror } from "./mirror.ts";
import { Link, type ClientEnd } from "../platform/network.ts";
import type { Proxy } from "../platform/proxy.ts";
import type { Random } from "../random.ts";
import { violated } from "../violation.ts";
import { Outbox } from "./outbox.ts";
import type { World } from "./world.ts";

export interface Strategy {
  /** Time until the next request, microseconds. */
  pauseUs(): number;
  next(client: Client): Request | null;
}

export class Client implements ClientEnd {
  readonly mirror: Mirror;
  readonly role: Role;
  userId: number | null = null;
  depth: number;
  /** Removed by the host, or not let in any more. */
  isGone = false;
  readonly #world: World;
  readonly #random: Random;
  readonly #strategy: Strategy;
  readonly #proxy: Proxy | null;
  readonly #outbox: Outbox;
  readonly #name: string;
  #token: string | null = null;
  /** A seat's code or a host's link, to come back with instead of the token, and how many it has had. */
  #handedOut: { seat_code: string } | { host_token: string } | null = null;
  #handedOutCount = 0;
  #link: Link | null = null;
  #hasJoined = false;
  #isThinking = false;

  constructor(
    world: World,
    random: Random,
    who: { name: string; role: Role },
    strategy: Strategy,
    proxy: Proxy | null = null,
  ) {
    this.#world = world;
    this.#outbox = new Outbox(world);
    this.#random = random;
    this.#name = who.name;
    this.role = who.role;
    this.#strategy = strategy;
    this.#proxy = proxy;
    this.mirror = new Mirror(world.audit);
    this.depth = random.chance(0.7) ? 10 : random.between(1, 50);
  }

  get isUp(): boolean {
    return this.#hasJoined;
  }

  /** True for a client that waits for nothing. */
  get isSettled(): boolean {
    const isAnswered = this.#outbox.isEmpty && !this.mirror.awaitsPositions;
    return this.isGone || (this.#hasJoined && isAnswered);
  }

  /** State for a failure's text. */
  describe(): string {
    const cids = this.#outbox.cids.join(" ");
    const holds = this.mirror.awaitsPositions ? "no positions after a fill, " : "";
    return `${this.#name} (user ${this.userId}), joined: ${this.#hasJoined}, ${holds}unanswered: ${cids}`;
  }

  connect(): void {
    if (this.isGone) return;
    this.#link = new Link(this.#world.network, this);
  }

  /** Breaks the line. */
  cut(): void {
    this.#link?.cut();
  }

  /** Gives the connection up, as after a time-out, and opens another at once. */
  abandon(): void {
    if (this.#link === null || this.isGone) return;
    this.#link.abandon();
    this.#drop();
    this.connect();
  }

  /** Starts sending, unless it does already. */
  wake(): void {
    if (this.#isThinking || this.isGone) return;
    this.#isThinking = true;
    this.#think();
  }

  nextCid(): string {
    return this.#outbox.nextCid();
  }

  /** The newest requests, answered or not. */
  lastRequests(): readonly Request[] {
    return this.#outbox.newest;
  }

  // Events of the line

  opened(): void {
    this.#join();
  }

  refused(): void {
    this.#link = null;
    this.#comeBack(5_000, 50_000);
  }

  closed(code: number): void {
    this.#drop();
    if (code === closeCode.kicked) this.#leave();
    else this.#comeBack(500, 30_000);
  }

  received(mail: Message[]): void {
    for (const one of mail)
      if (one.type === "trade") this.mirror.trade(one);
      else this.#take(one);
  }

  // Inside

  #think(): void {
    const { network } = this.#world;
    network.queue.after(this.#strategy.pauseUs(), () => {
      this.#isThinking = !this.#world.resting && !this.isGone;
      if (!this.#isThinking) return;
      if (this.#hasJoined) this.#act();
      this.#think();
    });
  }

  #act(): void {
    // The client loses patience, perhaps while the answer is under way.
    const { oldest } = this.#outbox;
    if (oldest !== undefined && this.#random.chance(0.01)) {
      this.#world.counts.resent++;
      return this.#send(oldest);
    }
    const request = this.#strategy.next(this);
    if (request === null) return;
    if (request.cid !== undefined) this.#outbox.put(request.cid, request);
    this.#send(request);
  }

  #send(request: Request): void {
    const link = this.#link;
    if (link === null) return;
    if (this.#proxy === null) return link.send(request);
    const proxy = this.#proxy;
    const send = (one: Request) => link.send(one);
    proxy.pass(request, send);
    const { network } = this.#world;
    if (proxy.holds)
      network.carry(network.queue.nowUs + 10_000, () => {
        if (link === this.#link) proxy.release(send);
      });
  }

  #join(): void {
    const { role, depth } = this;
    const token = this.#token;
    const handedOut = this.#handedOut;
    const secret =
      handedOut !== null
        ? { ...handedOut, cid: `the secret comeback ${this.#handedOutCount} of ${this.#name}` }
        : token !== null
          ? { resume_token: token }
          : role === "exchange"
            ? { host_token: "host" }
            : { cid: `the secret join of ${this.#name}` };
    this.#send({ op: "join", name: this.#name, role, ...secret, batch: true, depth });
  }

  #take(message: Message): void {
    if (message.type === "error" && message.op === "join") return this.#notLetIn(message);
    if (message.type === "seat_code" && message.user_id === this.userId)
      this.#mayComeBackBy({ seat_code: message.code });
    if (message.type === "host_link")
      this.#mayComeBackBy({ host_token: message.url.split("#host=")[1] ?? "" });
    const cid = "cid" in message ? message.cid : undefined;
    const isRead = message.type === "orders" || message.type === "join_ack";
    if (cid !== undefined && !isRead && !this.#isNew(cid, message)) return;
    if (message.type === "join_ack" && message.duplicate === true)
      this.#world.counts.joinsRepeated++;
    this.mirror.apply(message);
    if (message.type === "join_ack") this.#joined(message);
  }

  #mayComeBackBy(secret: { seat_code: string } | { host_token: string }): void {
    this.#handedOut = secret;
    this.#handedOutCount++;
  }

  #joined(ack: Message<"join_ack">): void {
    const handedOut = this.#handedOut;
    if (handedOut !== null) {
      const isHosts = "host_token" in handedOut;
      if (isHosts !== (ack.host_token !== undefined))
        violated("a link brings a host's token, and nothing else does", { ack });
      if (!isHosts && ack.resume_token === this.#token)
        violated("a seat that was taken over has its old token", { ack });
      this.#handedOut = null;
      this.#world.counts.comebacks++;
    }
    if (this.userId !== null && this.userId !== ack.user_id)
      violated("a token has made somebody else of its bearer", { was: this.userId, ack });
    this.userId = ack.user_id;
    this.#token = ack.resume_token;
    this.#hasJoined = true;
    for (const request of this.#outbox.unanswered) {
      this.#world.counts.resent++;
      this.#send(request);
    }
    if (this.role === "trader") this.#send({ op: "get_orders" });
    this.#send({ op: "get_positions" });
  }

  #notLetIn(error: Message<"error">): void {
    switch (error.code) {
      case "BAD_TOKEN":
        if (this.#handedOut !== null) {
          // Another code has taken the place of this one, or too many wrong ones were tried. The token is as good as before.
          this.#handedOut = null;
          return this.#join();
        }
        this.#link?.abandon();
        this.#drop();
        return this.#leave();
      case "ROOM_CLOSED":
        this.#link?.abandon();
        this.#drop();
        return this.#leave();
      case "INTERNAL":
        return;
      default:
        violated("a join was refused", { error });
    }
  }

  /** Takes a reply. @returns whether it changes anything: it is neither a repetition nor a refusal */
  #isNew(cid: string, message: Message): boolean {
    const reply = this.#outbox.take(this.userId, cid, message);
    if (reply === "to be repeated") this.#repeatLater(cid);
    return reply === "first";
  }

  #repeatLater(cid: string): void {
    const { network } = this.#world;
    network.carry(network.queue.nowUs + 20_000, () => {
      const request = this.#outbox.get(cid);
      if (request === undefined || !this.#hasJoined) return;
      this.#world.counts.resent++;
      this.#send(request);
    });
  }

  #drop(): void {
    this.#link = null;
    this.#hasJoined = false;
    this.mirror.disconnected();
    this.#proxy?.clear();
  }

  #comeBack(leastUs: number, mostUs: number): void {
    const { network, counts } = this.#world;
    counts.reconnects++;
    network.carry(network.queue.nowUs + this.#random.between(leastUs, mostUs), () => {
      if (this.#link === null) this.connect();
    });
  }

  #leave(): void {
    this.isGone = true;
    this.#world.counts.gone++;
    this.#outbox.clear();
  }
}

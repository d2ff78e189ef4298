/** A room as the screens see it: the data in runes, the socket that feeds it, the outbox of what was asked. */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type {
  Instrument,
  LensSetting,
  Limits,
  Message,
  OpenOrder,
  Position,
  Request,
  User,
} from "#protocol";
import { freshCid, freshJoinCid } from "#lib/net/cid.ts";
import { Outbox, type Entry } from "#lib/net/outbox.ts";
import { RoomSocket, type EndReason } from "#lib/net/socket.ts";
import { netWords } from "#lib/net/words.ts";
import { applyBatch } from "./apply.ts";
import { wasTaken } from "./doubt.ts";
import { FrameQueue } from "./frame-queue.ts";
import { Market } from "./market.svelte.ts";
import { NoticeList, type NewNotice } from "./notices.svelte.ts";
import { keep, recall, type OwnOrders, type Whose } from "./own-past.ts";
import { bookDepth } from "./queue.ts";
import { emptyBatch, type RoomData } from "./room-data.ts";
import {
  unknownPnl,
  type Command,
  type Connection,
  type PendingOrder,
  type RoomView,
} from "./room-view.ts";

/** How to sit down: a form's fields, or the token of before. */
export type Credentials = Omit<Request<"join">, "op" | "cid" | "batch" | "depth">;
export type JoinResult = { ok: true; ack: Message<"join_ack"> } | { ok: false; error: JoinError };
export interface JoinError {
  code: Message<"error">["code"] | null;
  message: string;
}

export class RoomState implements RoomView, RoomData {
  readonly roomCode: string;
  connection = $state.raw<Connection>({ state: "connecting" });
  /** Why it ended, once it has. */
  endReason = $state.raw<EndReason | null>(null);
  latencyMs = $state.raw<number | null>(null);
  me = $state.raw<RoomView["me"]>(null);
  session = $state.raw<RoomView["session"]>(null);
  lens = $state.raw<LensSetting>("off");
  limits = $state.raw<Limits | null>(null);
  users = $state.raw<readonly User[]>([]);
  instruments = $state.raw<readonly Instrument[]>([]);
  doneOrders = $state.raw<readonly OpenOrder[]>([]);
  leftOpen: readonly OpenOrder[] = [];
  pending = $state.raw<readonly PendingOrder[]>([]);
  fills = $state.raw<readonly Message<"fill">[]>([]);
  tape = $state.raw<readonly Message<"trade">[]>([]);
  pnl = $state.raw<RoomView["pnl"]>(unknownPnl);
  everybody = $state.raw<readonly Position[]>([]);
  leaderboard = $state.raw<RoomView["leaderboard"]>([]);
  news = $state.raw<readonly Message<"news">[]>([]);
  files = $state.raw<Message<"export_complete"> | null>(null);
  clockOffsetMs = $state.raw(0);
  readonly positionOf = new SvelteMap<number, Position>();
  readonly limitsOf = new SvelteMap<number, Limits>();
  readonly kicked = new SvelteSet<number>();
  readonly batch = emptyBatch();

  #notices = new NoticeList();
  #markets = new Map<number, Market>();
  /** Counts the markets made, so that lists over all of them are made anew. */
  #marketCount = $state(0);
  #byId = $derived(new Map(this.instruments.map((instrument) => [instrument.id, instrument])));
  #orders = $derived.by(() => {
    void this.#marketCount;
    const all = [...this.#markets.values()].flatMap((market) => market.orders);
    return all.sort((a, b) => a.order_id - b.order_id);
  });
  #positions = $derived([...this.positionOf.values()].sort((a, b) => a.inst - b.inst));
  #killed = $derived(this.users.find((user) => user.user_id === this.me?.userId)?.killed ?? false);

  #outbox = new Outbox();
  /** Orders that the exchange's list is to tell about, once it has come over the new line. */
  #doubtful: Entry[] = [];
  /** Own orders known when the line dropped. */
  #knownIds = new Set<number>();
  /** Orders that were not taken, by cid. */
  #unsent = new Map<string, Request>();
  #frames = new FrameQueue((messages) => this.#apply(messages));
  #socket: RoomSocket;
  #credentials: Omit<Request<"join">, "op"> = {};
  #joining: ((result: JoinResult) => void) | null = null;

  constructor(roomCode: string, url: string) {
    this.roomCode = roomCode;
    this.#socket = new RoomSocket(url, {
      join: () => ({ op: "join", batch: true, depth: bookDepth, ...this.#credentials }),
      messages: (messages) => this.#received(messages),
      connecting: () => this.#connecting(),
      online: () => void (this.connection = { state: "online" }),
      dropped: (retryAt) => this.#dropped(retryAt),
      latency: (ms) => void (this.latencyMs = ms),
      silent: (since) =>
        void (this.connection =
          since === null ? { state: "online" } : { state: "online", silentSince: since }),
      ended: (reason, code, message) => this.#ended(reason, code, message),
    });
  }

  /** Sits down. Once it has, the room comes back by itself after every drop. */
  join(credentials: Credentials): Promise<JoinResult> {
    // A join that is not answered is repeated under its cid: else the name would be taken, by ourselves.
    this.#credentials = credentials.resume_token
      ? credentials
      : { ...credentials, cid: freshJoinCid() };
    this.endReason = null;
    return new Promise((resolve) => {
      this.#joining = resolve;
      this.#socket.start();
    });
  }

  /** Takes the seat back from the other tab. */
  takeBack(): void {
    this.endReason = null;
    this.#socket.start();
  }

  leave(): void {
    this.#socket.stop();
    this.#ended("left", null, netWords.left);
  }

  /** The network or the screen is back: see at once. */
  nudge(): void {
    this.#socket.nudge();
  }

  /** The browser says that the network is gone. */
  suspectLine(): void {
    this.#socket.suspect();
  }

  /** Proves who we are where there is no socket, as for files. */
  get resumeToken(): string | null {
    return this.#credentials.resume_token ?? null;
  }
  get orders(): readonly OpenOrder[] {
    return this.#orders;
  }
  get positions(): readonly Position[] {
    return this.#positions;
  }
  get killed(): boolean {
    return this.#killed;
  }
  get notices() {
    return this.#notices.list;
  }

  /** Whose game this page shows; null before one has sat down, and for who does not trade. */
  get whose(): Whose | null {
    const { me, session } = this;
    if (me?.role !== "trader" || session === null) return null;
    return { sessionId: session.session_id, userId: me.userId };
  }

  pastOrders(): OwnOrders | null {
    return this.whose && recall<OwnOrders>("orders", this.whose);
  }

  /** Before the page goes. */
  keepOrders(): void {
    // What is left open is not yet told: the page goes for the second time before the exchange could answer.
    const open = this.leftOpen.length > 0 ? this.leftOpen : this.orders;
    if (this.whose) keep("orders", this.whose, { done: this.doneOrders, open } satisfies OwnOrders);
  }

  instrument(inst: number): Instrument | undefined {
    return this.#byId.get(inst);
  }
  market(inst: number): Market {
    let market = this.#markets.get(inst);
    if (!market) {
      market = new Market(inst);
      this.#markets.set(inst, market);
      // A screen may be the first to ask, while it is drawn: then nothing may be written yet.
      queueMicrotask(() => this.#marketCount++);
    }
    return market;
  }
  markets(): Iterable<Market> {
    return this.#markets.values();
  }
  ordersIn(inst: number): readonly OpenOrder[] {
    return this.market(inst).orders;
  }
  position(inst: number): Position | undefined {
    return this.positionOf.get(inst);
  }
  requestOf(cid: string | undefined): Request | undefined {
    return this.#outbox.get(cid)?.request;
  }
  notify(notice: NewNotice): void {
    this.#notices.add(notice);
  }
  dismiss(id: number): void {
    this.#notices.remove(id);
  }

  holdNotices(on: boolean): void {
    this.#notices.hold(on);
  }

  send(command: Command): Promise<Message> {
    const cid = freshCid();
    const request = { ...command, cid } as Request;
    if (!this.#socket.send(request))
      return Promise.resolve(this.#refuse(request, netWords.offline));
    const sentAt = Date.now();
    if (request.op === "order_new") this.#addPending(request, cid, sentAt);
    return this.#outbox.add(cid, request, sentAt);
  }

  #addPending(request: Request<"order_new">, cid: string, sentAt: number): void {
    const { inst, side, qty, price = null } = request;
    this.pending = [
      ...this.pending,
      { cid, inst, side, price, qty, sentAt, unknown: false, unsent: false },
    ];
  }

  /** An answer of our own making, shown like the exchange's. */
  #refuse(request: Request, message: string): Message {
    const error: Message<"error"> = { type: "error", code: "NOT_JOINED", message, op: request.op };
    const inst = "inst" in request ? (request.inst ?? null) : null;
    const price = "price" in request ? (request.price ?? null) : null;
    this.notify({ kind: "error", code: error.code, text: message, inst, price });
    return error;
  }

  #received(messages: Message[]): void {
    const ack = messages.find((message) => message.type === "join_ack");
    this.#frames.push(messages);
    if (ack) this.#welcome(ack);
  }

  /** The seat is ours (again): ask what may have changed meanwhile, and repeat what was left unanswered. */
  #welcome(ack: Message<"join_ack">): void {
    this.#credentials = { resume_token: ack.resume_token };
    this.#frames.flush();
    this.#joining?.({ ok: true, ack });
    this.#joining = null;
    if (ack.role !== "spectator") this.#socket.send({ op: "get_positions" });
    if (ack.role === "trader") {
      this.#socket.send({ op: "get_orders" });
      this.#socket.send({ op: "get_pnl" });
    }
    const { again, doubtful } = this.#outbox.unanswered(Date.now());
    for (const entry of again) this.#socket.send(entry.request);
    this.#doubtful = doubtful;
  }

  /** The exchange has told what it holds: what it took lives, the rest was not sent. */
  #settleDoubt(): void {
    const doubtful = this.#doubtful.splice(0).filter((entry) => this.#outbox.remove(entry));
    const seen = { orders: this.orders, fills: this.fills, known: this.#knownIds };
    for (const entry of doubtful) {
      const { request, cid, sentAt } = entry;
      const taken = wasTaken(request, cid, sentAt + this.clockOffsetMs, seen);
      if (!taken && request.op === "order_new") this.#keepUnsent(cid, request);
      else this.#dropPending(new Set([cid]));
      const words = taken
        ? netWords.taken
        : netWords.unsent[request.op === "order_new" ? "order" : "change"];
      if (taken)
        this.notify({
          kind: "info",
          text: words,
          inst: "inst" in request ? (request.inst ?? null) : null,
        });
      entry.resolve(
        taken ? { type: "orders", orders: [...this.orders] } : this.#refuse(request, words),
      );
    }
  }

  #keepUnsent(cid: string, request: Request): void {
    this.#unsent.set(cid, request);
    this.pending = this.pending.map((order) =>
      order.cid === cid ? { ...order, unknown: false, unsent: true } : order,
    );
  }

  sendAgain(cid: string): void {
    const request = this.#unsent.get(cid);
    if (request === undefined || !this.#socket.joined) return;
    this.forget(cid);
    const { cid: _, ...command } = request;
    void this.send(command as Command);
  }

  forget(cid: string): void {
    this.#unsent.delete(cid);
    this.#dropPending(new Set([cid]));
  }

  #apply(messages: Message[]): void {
    const answered: [Entry, Message][] = [];
    const gone = new Set<string>();
    let told = false;
    applyBatch(this, messages, (message) => {
      told ||= message.type === "orders" && message.user_id === undefined;
      const entry = this.#outbox.take(message);
      if (!entry) return;
      answered.push([entry, message]);
      gone.add(entry.cid);
    });
    if (gone.size > 0) this.#dropPending(gone);
    for (const [entry, message] of answered) entry.resolve(message);
    if (told && this.#doubtful.length > 0) this.#settleDoubt();
  }

  #dropPending(cids: ReadonlySet<string>): void {
    if (this.pending.some((order) => cids.has(order.cid)))
      this.pending = this.pending.filter((order) => !cids.has(order.cid));
  }

  #connecting(): void {
    if (this.connection.state !== "reconnecting") this.connection = { state: "connecting" };
  }

  #dropped(retryAt: number): void {
    this.connection = { state: "reconnecting", retryAt };
    this.latencyMs = null;
    this.#outbox.dropped();
    this.#doubtful = [];
    for (const list of [this.orders, this.doneOrders, this.fills])
      for (const { order_id } of list) this.#knownIds.add(order_id);
    if (this.pending.some((order) => !order.unknown && !order.unsent))
      this.pending = this.pending.map((order) => ({ ...order, unknown: !order.unsent }));
  }

  #ended(reason: EndReason, code: JoinError["code"], message: string): void {
    const words = message || (reason === "refused" ? netWords.gone : netWords[reason]);
    this.endReason = reason;
    this.connection = { state: "ended", message: words };
    this.#give(this.#outbox.clear(), netWords.gone);
    this.#joining?.({ ok: false, error: { code, message: words } });
    this.#joining = null;
  }

  /** Ends waiting requests without the exchange's answer. */
  #give(entries: readonly Entry[], words: string): void {
    this.#dropPending(new Set(entries.map((entry) => entry.cid)));
    for (const entry of entries) entry.resolve(this.#refuse(entry.request, words));
  }
}

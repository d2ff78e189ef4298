/** A page's part in a room: its data, the line that feeds them, and the requests to the exchange. */

import type { Message, Request, Side } from "#protocol";
import { freshCid, freshJoinCid } from "#client/line/cid.ts";
import type { ConnectionState } from "#lib/net/connection-state.ts";
import { PendingRequests, type PendingRequest } from "#client/line/pending-requests.ts";
import { RoomSocket, type EndReason } from "#client/line/socket.ts";
import type { Transport } from "#lib/net/transport.ts";
import { netWords } from "#lib/net/words.ts";
import { applyBatch } from "./apply.ts";
import { refused } from "./events.ts";
import { Histories } from "./histories.ts";
import { MessageQueue } from "./message-queue.ts";
import { plainly } from "./plain-refusal.ts";
import { NoticeList } from "./notices.svelte.ts";
import { bookDepth } from "./queue-position.ts";
import { RoomData } from "./room-data.svelte.ts";
import { wasAccepted } from "./unacknowledged.ts";

/** Credentials for a seat: the fields of the join form, or a resume token. */
export type Credentials = Omit<Request<"join">, "op" | "cid" | "batch" | "depth">;
export type JoinResult = { ok: true; ack: Message<"join_ack"> } | { ok: false; error: JoinError };
export interface JoinError {
  code: Message<"error">["code"] | null;
  message: string;
}

/** A request without its cid, distributed over the union so that each operation keeps its fields. */
export type Command = Request extends infer R
  ? R extends Request
    ? Omit<R, "cid">
    : never
  : never;

/** An own order without a reply of the exchange. */
export interface PendingOrder {
  readonly cid: string;
  readonly inst: number;
  readonly side: Side;
  readonly price: number | null;
  readonly qty: number;
  readonly sentAt: number;
  /**
   * `unacknowledged`: the line dropped before the reply, and it is not known yet whether the order was accepted.
   * `unsent`: it was not accepted; it is sent again only if the user says so.
   */
  readonly state: "sent" | "unacknowledged" | "unsent";
}

export class RoomClient extends RoomData {
  /** Whether the room is in this browser: there is no link to it, and no other device. */
  readonly isLocal: boolean;
  connection = $state.raw<ConnectionState>({ state: "connecting" });
  /** The reason for which the connection has ended for good. */
  endReason = $state.raw<EndReason | null>(null);
  /** Round trip of the last ping, ms. */
  latencyMs = $state.raw<number | null>(null);
  /** Whether joining needs a passcode, and the passcode itself where this browser made the room. */
  passcode = $state.raw<{ isNeeded: boolean; text: string | null }>({
    isNeeded: false,
    text: null,
  });
  pending = $state.raw<readonly PendingOrder[]>([]);

  readonly notices = new NoticeList();
  /** Takes notes of the instruments that are in sight. */
  readonly histories = new Histories((inst) => this.#socket.send({ op: "get_history", inst }));
  readonly #requests = new PendingRequests();
  /** Stale requests: whether they were accepted follows from the list of orders that comes over the new line. */
  #stale: PendingRequest[] = [];
  /** Own orders known when the line dropped. */
  readonly #knownIds = new Set<number>();
  /** Orders that were not accepted, by cid: the user may send them again. */
  readonly #unsent = new Map<string, Request>();
  readonly #incoming = new MessageQueue((messages) => this.apply(messages));
  readonly #socket: RoomSocket;
  #credentials: Omit<Request<"join">, "op"> = {};
  #joining: ((result: JoinResult) => void) | null = null;

  /** @param transport the way to the room: to a server's, or to one in this browser */
  constructor(roomCode: string, transport: Transport) {
    super(roomCode);
    this.isLocal = transport.isLocal;
    this.#socket = new RoomSocket(
      transport.url,
      {
        join: () => ({
          op: "join",
          client: "page",
          batch: true,
          depth: bookDepth,
          ...this.#credentials,
        }),
        messages: (messages) => this.#received(messages),
        connecting: () => this.#connecting(),
        online: () => void (this.connection = { state: "online" }),
        dropped: (retryAt) => this.#dropped(retryAt),
        latency: (ms) => void (this.latencyMs = ms),
        silent: (since) =>
          void (this.connection =
            since === null ? { state: "online" } : { state: "online", silentSince: since }),
        ended: (reason, code, message) => this.#ended(reason, code, message),
      },
      (url) => transport.open(url),
    );
  }

  /** Joins the room. From then on it reconnects by itself whenever the line drops. */
  join(credentials: Credentials): Promise<JoinResult> {
    // An unanswered join is repeated under its cid: under another one its name would be taken already.
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

  /** Tests the line or reconnects at once: network or screen are back. */
  nudge(): void {
    this.#socket.nudge();
  }

  /** Tests the line: the browser reports that the network is gone. */
  suspectLine(): void {
    this.#socket.suspect();
  }

  /** The token that proves the user's identity in HTTP requests, as for files. */
  get resumeToken(): string | null {
    return this.#credentials.resume_token ?? null;
  }

  /**
   * Sends a command under a fresh cid, and resolves with its reply. Never rejects: a refusal resolves as its `error`
   * message, which is also shown among the notices.
   */
  send(command: Command): Promise<Message> {
    const cid = freshCid();
    const request = { ...command, cid } as Request;
    if (!this.#socket.send(request))
      return Promise.resolve(this.#refuse(request, netWords.offline));
    const sentAt = Date.now();
    if (request.op === "order_new") {
      const { inst, side, qty, price = null } = request;
      this.pending = [...this.pending, { cid, inst, side, price, qty, sentAt, state: "sent" }];
    }
    return this.#requests.add(cid, request, sentAt);
  }

  /** Sends an order that was not accepted. */
  sendAgain(cid: string): void {
    const request = this.#unsent.get(cid);
    if (request === undefined || !this.#socket.joined) return;
    this.discardUnsent(cid);
    const { cid: _, ...command } = request;
    void this.send(command as Command);
  }

  discardUnsent(cid: string): void {
    this.#unsent.delete(cid);
    this.#dropPending(new Set([cid]));
  }

  protected apply(messages: readonly Message[]): void {
    const events = applyBatch(this, messages, (cid) => this.#requests.get(cid)?.request);
    for (const event of events) this.notices.add(event);
    const answered = messages.flatMap((message) => {
      const entry = this.#requests.take(message);
      return entry ? { entry, message } : [];
    });
    this.#dropPending(new Set(answered.map(({ entry }) => entry.cid)));
    for (const { entry, message } of answered) entry.resolve(message);
    const isToldOwnOrders = messages.some(
      (message) => message.type === "orders" && message.user_id === undefined,
    );
    if (isToldOwnOrders) this.#resolveStale();
  }

  /** A refusal by the page itself, shown like one of the exchange. */
  #refuse(request: Request, message: string): Message {
    const error: Message<"error"> = { type: "error", code: "NOT_JOINED", message, op: request.op };
    this.notices.add(refused(error, request));
    return error;
  }

  #received(messages: Message[]): void {
    const ack = messages.find((message) => message.type === "join_ack");
    this.#incoming.push(messages.map(plainly));
    if (ack) this.#welcome(ack);
  }

  /** Requests data that may have changed, and repeats unanswered requests, after a join or resume. */
  #welcome(ack: Message<"join_ack">): void {
    this.#credentials = { resume_token: ack.resume_token };
    this.#incoming.flush();
    this.#joining?.({ ok: true, ack });
    this.#joining = null;
    if (ack.role !== "spectator") this.#socket.send({ op: "get_positions" });
    if (ack.role === "trader") {
      this.#socket.send({ op: "get_orders" });
      this.#socket.send({ op: "get_pnl" });
    }
    this.histories.lineIsUp();
    const { again, stale } = this.#requests.unanswered(Date.now());
    for (const entry of again) this.#socket.send(entry.request);
    this.#stale = stale;
  }

  /** Resolves stale requests by the exchange's list of orders: they were accepted, or count as not sent. */
  #resolveStale(): void {
    const evidence = { orders: this.orders, fills: this.fills, known: this.#knownIds };
    for (const entry of this.#stale.splice(0)) {
      if (!this.#requests.remove(entry)) continue;
      const { request, cid, sentAt } = entry;
      const isOrder = request.op === "order_new";
      const accepted = wasAccepted(request, cid, sentAt + this.clockOffsetMs, evidence);
      if (isOrder && !accepted) this.#keepUnsent(cid, request);
      else this.#dropPending(new Set([cid]));
      if (accepted) this.notices.add({ type: "accepted" });
      entry.resolve(
        accepted
          ? { type: "orders", orders: [...this.orders] }
          : this.#refuse(request, netWords.unsent[isOrder ? "order" : "change"]),
      );
    }
  }

  #keepUnsent(cid: string, request: Request): void {
    this.#unsent.set(cid, request);
    this.pending = this.pending.map((order) =>
      order.cid === cid ? { ...order, state: "unsent" } : order,
    );
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
    this.#requests.lineDropped();
    this.#stale = [];
    for (const list of [this.orders, this.doneOrders, this.fills])
      for (const { order_id } of list) this.#knownIds.add(order_id);
    if (this.pending.some(({ state }) => state === "sent"))
      this.pending = this.pending.map((order) =>
        order.state === "sent" ? { ...order, state: "unacknowledged" } : order,
      );
  }

  #ended(reason: EndReason, code: JoinError["code"], message: string): void {
    const words = message || (reason === "refused" ? netWords.gone : netWords[reason]);
    this.endReason = reason;
    this.connection = { state: "ended", message: words };
    const entries = this.#requests.clear();
    this.#dropPending(new Set(entries.map((entry) => entry.cid)));
    for (const entry of entries) entry.resolve(this.#refuse(entry.request, netWords.gone));
    this.#joining?.({ ok: false, error: { code, message: words } });
    this.#joining = null;
  }
}

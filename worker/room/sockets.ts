/**
 * The room's open sockets. Who a socket is lives in its attachment, so that it survives hibernation;
 * what a turn wants to send is queued here and leaves at its end, encoded once for all who get the same.
 */

import type { Outbox } from "#game/outbox.ts";
import {
  closeCode,
  limits,
  PROTOCOL_VERSION,
  type Message,
  type MessageType,
  type Role,
} from "#protocol";
import { isTooSlow, slowReaderText, type Reader } from "../../edge/slow-reader.ts";
import { switchCode, type Note } from "../../edge/switchboard.ts";
import { fanOut } from "../limits/fan-out.ts";
import { unjoined, type Slot } from "../limits/unjoined.ts";
import { LineRules } from "../line.ts";
import { counted, sums } from "../metrics.ts";
import { emptyBox, Mail, type Audience, type Box } from "./mail.ts";
import { ShownBooks } from "./shown-books.ts";

/**
 * How soon a message has to leave: with this turn; in slices, so that a beat for two hundred does not make an order
 * wait; or with whatever is sent to the connection next, 50 ms at most.
 */
type Haste = "now" | "slice" | "next";

const hasteOf: Partial<Record<MessageType, Haste>> = {
  md_inc: "slice",
  positions: "slice",
  pnl: "slice",
  leaderboard: "slice",
  // Goes with the book that changed with it: one frame for both.
  trade: "next",
};
/** Answers that grow with the room: whoever asks for them pays by their length. */
const longAnswers = new Set<MessageType>(["orders", "positions"]);

type BookOf = (inst: number, depth: number) => Message<"md_inc" | "snapshot"> | null;

/** How many connections get their slice in one turn: some milliseconds of the platform's time. */
const slice = 32;
/** Messages that one connection gets at a time, and characters after which it gets no more of them. */
const portion = 256;
const portionChars = 64 * 1_024;
/** Messages that may wait for a connection before it is cut: whoever comes back is told what is true then. */
const mostWaiting = 32_768;

/** Survives hibernation, within the platform's 2 KiB. `version` is the protocol's, checked on wake. */
interface Attachment {
  version: number;
  openedAt: number;
  origin: string;
  client?: string;
  /** The line came over the switchboard of `/ws`: the room that it made last. */
  switched?: { made: string | null } | null;
  userId: number | null;
  role: Role | null;
  batch: boolean;
  depth: number;
}

export interface Connection extends Reader {
  /** Unique while the object lives. */
  readonly id: number;
  readonly socket: WebSocket;
  readonly openedAt: number;
  /** Where the client connected to: for the links that it is given. */
  readonly origin: string;
  /** The address that it came from: wrong passcodes are counted by it. */
  readonly client: string;
  /** The line came over the switchboard of `/ws`, with the room that it made last: it may be led elsewhere. */
  readonly switched: { made: string | null } | null;
  readonly rules: LineRules;
  /** Its place among those that have not joined. */
  readonly slot: Slot | null;
  /** Null until joined. */
  userId: number | null;
  role: Role | null;
  batch: boolean;
  depth: number;
  readonly box: Box;
  /** It is about to be closed, for more waited for it than may. */
  isCut: boolean;
}

export class Sockets {
  readonly #ctx: DurableObjectState;
  readonly #bySocket = new Map<WebSocket, Connection>();
  readonly #byId = new Map<number, Connection>();
  readonly #byUser = new Map<number, Set<Connection>>();
  readonly #joined = new Set<Connection>();
  /** How many have joined that see books to this depth. */
  readonly #depths = new Map<number, number>();
  readonly #mail = new Mail();
  /** Who has something to read that cannot wait, and who has what may go in slices. */
  readonly #withMail = new Set<Connection>();
  readonly #withFeed = new Set<Connection>();
  /** Those for all who have something to read, since the last flush. */
  #isMailForMany = false;
  #isFeedForMany = false;
  readonly #shownBooks = new ShownBooks();
  #closing: { connection: Connection; code: number; reason: string }[] = [];
  #lastId = 0;
  /** When more of what was too much for its turn may leave; null: nothing of that is left. */
  #restDueMs: number | null = null;

  constructor(ctx: DurableObjectState, now: number) {
    this.#ctx = ctx;
    for (const socket of ctx.getWebSockets()) {
      const attachment = socket.deserializeAttachment() as Attachment | null;
      if (attachment?.version === PROTOCOL_VERSION) this.#add(socket, attachment, now);
      else socket.close(closeCode.serviceRestart, "The server speaks a newer protocol: reconnect.");
    }
  }

  /** @param from where the client connected to, its address, and its note if the line came over the switchboard */
  accept(
    socket: WebSocket,
    from: { origin: string; address: string; note: Note | null },
    now: number,
  ): Connection {
    const { origin, address, note } = from;
    this.#ctx.acceptWebSocket(socket);
    const connection = this.#add(
      socket,
      {
        version: PROTOCOL_VERSION,
        openedAt: note?.openedAt ?? now,
        origin,
        client: address,
        switched: note === null ? null : { made: note.made },
        userId: null,
        role: null,
        batch: false,
        depth: limits.depthDefault,
      },
      now,
    );
    save(connection);
    return connection;
  }

  /**
   * The platform no longer lists a socket for whose close it wakes the object: its attachment still says who it was.
   * @returns true if it was not known before and is now; a socket that was removed is nobody's any more
   */
  recall(socket: WebSocket, now: number): boolean {
    if (this.#bySocket.has(socket)) return false;
    const attachment = socket.deserializeAttachment() as Attachment | null;
    if (attachment?.version !== PROTOCOL_VERSION) return false;
    this.#add(socket, attachment, now);
    return true;
  }

  of(socket: WebSocket): Connection | undefined {
    return this.#bySocket.get(socket);
  }

  byId(id: number): Connection | undefined {
    return this.#byId.get(id);
  }

  get size(): number {
    return this.#bySocket.size;
  }

  [Symbol.iterator](): Iterator<Connection> {
    return this.#bySocket.values();
  }

  /** How many connections a user has. */
  count(userId: number): number {
    return this.#byUser.get(userId)?.size ?? 0;
  }

  joined(
    connection: Connection,
    identity: { userId: number; role: Role; batch: boolean; depth: number },
  ): void {
    Object.assign(connection, identity);
    if (connection.slot !== null) unjoined.leave(connection.slot);
    save(connection);
    this.#enter(connection);
  }

  /** It is one of those that are told what all are told, from now on. */
  #enter(connection: Connection): void {
    const { userId, depth } = connection;
    if (userId === null) return;
    this.#mail.enter(connection);
    this.#joined.add(connection);
    this.#depths.set(depth, (this.#depths.get(depth) ?? 0) + 1);
    this.#byUser.set(userId, (this.#byUser.get(userId) ?? new Set()).add(connection));
  }

  /** Forgets a socket. @returns its connection if it was known (a superseded one is not any more) */
  remove(socket: WebSocket): Connection | undefined {
    const connection = this.#bySocket.get(socket);
    if (connection === undefined) return undefined;
    this.#bySocket.delete(socket);
    this.#byId.delete(connection.id);
    this.#withMail.delete(connection);
    this.#withFeed.delete(connection);
    socket.serializeAttachment(null);
    if (connection.slot !== null) unjoined.leave(connection.slot);
    if (connection.userId !== null) this.#byUser.get(connection.userId)?.delete(connection);
    if (this.#joined.delete(connection)) {
      const left = (this.#depths.get(connection.depth) ?? 1) - 1;
      if (left > 0) this.#depths.set(connection.depth, left);
      else this.#depths.delete(connection.depth);
    }
    return connection;
  }

  /** Closes at the end of the turn, behind what is queued for it. */
  close(connection: Connection, code: number, reason: string): void {
    this.#closing.push({ connection, code, reason });
  }

  closeAll(code: number, reason: string): void {
    for (const connection of this.#bySocket.values()) this.close(connection, code, reason);
  }

  /** @returns its length, characters */
  send(connection: Connection, message: Message): number {
    const text = JSON.stringify(message);
    this.#sayTo(connection, text, hasteOf[message.type]);
    return text.length;
  }

  /** When the next flush is due, while somebody's slice has not left; null: nobody's. */
  dueMs(now: number): number | null {
    if (this.#restDueMs !== null) return Math.max(now, this.#restDueMs);
    return this.#withFeed.size > 0 ? now : null;
  }

  /** Drops what this turn wanted to send: it did not happen. */
  discard(): void {
    this.#mail.clear(this.#bySocket.values());
    this.#withMail.clear();
    this.#withFeed.clear();
    this.#isMailForMany = this.#isFeedForMany = false;
    this.#restDueMs = null;
    this.#closing = [];
  }

  /**
   * Sends what the turn queued, or a slice of it, and closes what it wanted closed.
   * @returns the users who lost a connection by it
   */
  flush(now: number): Set<number> {
    this.#spread();
    if (this.#restDueMs === null) this.#sendSome(fanOut.ofATurn(), now);
    else if (now >= this.#restDueMs) this.#sendSome(fanOut.ofASlice(), now);
    const users = new Set<number>();
    for (const { connection, code, reason } of this.#closing) {
      this.#mail.keepLast(connection, portion);
      while (this.#send(connection) > 0);
      if (connection.userId !== null) users.add(connection.userId);
      this.remove(connection.socket);
      if (code !== switchCode) counted.closes.add(code);
      connection.socket.close(code, reason);
    }
    this.#closing = [];
    return users;
  }

  /** Sees for whom of all there is something, and cuts those for whom far too much waits. */
  #spread(): void {
    const isFull = this.#mail.length > mostWaiting;
    if (!this.#isMailForMany && !this.#isFeedForMany && !isFull) return;
    for (const connection of this.#joined) {
      const waiting = this.#mail.waiting(connection);
      if (waiting > mostWaiting) this.#cut(connection);
      else if (waiting > 0) (this.#isMailForMany ? this.#withMail : this.#withFeed).add(connection);
    }
    this.#isMailForMany = this.#isFeedForMany = false;
  }

  #cut(connection: Connection): void {
    if (!connection.isCut) this.close(connection, closeCode.slowConsumer, slowReaderText);
    connection.isCut = true;
  }

  /** Sends what may leave now. Whoever gets a portion and has more waits behind all others. */
  #sendSome(frames: number, now: number): void {
    for (const connection of this.#withMail) {
      if (frames <= 0) break;
      frames -= this.#deliver(connection, now);
    }
    let left = slice;
    for (const connection of this.#withFeed) {
      if (left-- === 0 || frames <= 0) break;
      frames -= this.#deliver(connection, now);
    }
    this.#restDueMs = this.#withMail.size > 0 ? now + fanOut.pauseMs : null;
    this.#mail.tidy(this.#joined);
  }

  /**
   * The room's outbox over these sockets.
   * @param bookOf the book of an instrument to a depth; null if there is no room any more
   */
  outbox(bookOf: BookOf, rest: Pick<Outbox, "exportFiles" | "archive">): Outbox {
    return {
      isBehind: () => this.#restDueMs !== null,
      toConnection: (id, message) => {
        const connection = this.#byId.get(id);
        if (message.type === "snapshot") this.#shownBooks.forget(message.inst);
        if (connection === undefined) return;
        const size = this.send(connection, message);
        if (longAnswers.has(message.type)) connection.rules.answered(size);
      },
      toUser: (userId, message, except) => this.#sayToUser(userId, message, except),
      toRole: (role, message, except) => this.#sayToMany(message, { role, except }),
      toAll: (message, except) => this.#sayToMany(message, { except }),
      book: (inst) => this.#book(inst, bookOf),
      disconnect: (userId, code, reason, except) => {
        for (const connection of [...(this.#byUser.get(userId) ?? [])])
          if (connection.id !== except) this.close(connection, code, reason);
      },
      ...rest,
    };
  }

  #add(socket: WebSocket, attachment: Attachment, now: number): Connection {
    const { version: _version, ...identity } = attachment;
    const connection: Connection = {
      id: ++this.#lastId,
      socket,
      ...identity,
      client: identity.client ?? "",
      switched: identity.switched ?? null,
      rules: new LineRules(now),
      slot:
        identity.userId === null ? unjoined.enter(identity.client ?? "", identity.openedAt) : null,
      isCut: false,
      box: emptyBox(),
      slowSinceMs: null,
    };
    this.#bySocket.set(socket, connection);
    this.#byId.set(connection.id, connection);
    this.#enter(connection);
    return connection;
  }

  #sayToUser(userId: number, message: Message, except?: number): void {
    let text: string | undefined;
    for (const connection of this.#byUser.get(userId) ?? [])
      if (connection.id !== except)
        this.#sayTo(connection, (text ??= JSON.stringify(message)), hasteOf[message.type]);
  }

  #sayToMany(message: Message, to: Audience): void {
    if (this.#joined.size > 0)
      this.#writeForMany(JSON.stringify(message), to, hasteOf[message.type]);
  }

  #book(inst: number, bookOf: BookOf): void {
    for (const depth of this.#depths.keys()) {
      const book = bookOf(inst, depth);
      if (book !== null && this.#shownBooks.isNew(inst, depth, book))
        this.#writeForMany(JSON.stringify(book), { depth }, hasteOf.md_inc);
      // A trade may have brought the book back to what it was, and waits to go with it.
      else this.#isFeedForMany = true;
    }
  }

  #writeForMany(text: string, to: Audience, haste: Haste = "now"): void {
    this.#mail.toMany(text, to);
    if (haste === "now") this.#isMailForMany = true;
    if (haste === "slice") this.#isFeedForMany = true;
  }

  #sayTo(connection: Connection, text: string, haste: Haste = "now"): void {
    if (connection.box.own.length >= mostWaiting) return this.#cut(connection);
    this.#mail.to(connection, text);
    if (haste === "now") this.#withMail.add(connection);
    if (haste === "slice") this.#withFeed.add(connection);
  }

  /** @returns its cost in frames */
  #deliver(connection: Connection, now: number): number {
    const cost = this.#send(connection);
    // Behind the guard nothing is unread here: it reads, and cuts whoever does not.
    const { bufferedAmount = 0 } = connection.socket as WebSocket & { bufferedAmount?: number };
    if (isTooSlow(connection, bufferedAmount, now))
      this.close(connection, closeCode.slowConsumer, slowReaderText);
    return cost;
  }

  /** Sends a portion. @returns its cost in frames */
  #send(connection: Connection): number {
    const { socket, batch } = connection;
    this.#withMail.delete(connection);
    this.#withFeed.delete(connection);
    const messages = this.#mail.take(connection, portion, portionChars);
    if (messages.length === 0) return 0;
    if (this.#mail.waiting(connection) > 0) this.#withMail.add(connection);
    const frames = batch ? 1 : messages.length;
    sums.messages += messages.length;
    sums.frames += frames;
    try {
      if (batch && messages.length > 1) socket.send(`[${messages.join(",")}]`);
      else for (const text of messages) socket.send(text);
    } catch {
      // The socket is closing; its close event follows and tidies up.
    }
    return fanOut.sent(
      frames,
      messages.reduce((sum, { length }) => sum + length, 0),
    );
  }
}

function save(connection: Connection): void {
  const { openedAt, origin, client, switched, userId, role, batch, depth } = connection;
  const attachment: Attachment = {
    version: PROTOCOL_VERSION,
    openedAt,
    origin,
    client,
    switched,
    userId,
    role,
    batch,
    depth,
  };
  connection.socket.serializeAttachment(attachment);
}

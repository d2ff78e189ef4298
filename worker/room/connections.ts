/**
 * The connections of a room and their queues: the messages of a turn are queued here and leave at its end, each encoded
 * once for all its readers. Knows no sockets: every connection has a line of the platform's, which sends, closes, and
 * keeps its identity longer than the object lives.
 */

import type { Outbox } from "#game/outbox.ts";
import { closeCode, type Message, type MessageType, type Role } from "#protocol";
import { isTooSlow, slowReaderText, type Reader } from "../../edge/slow-reader.ts";
import { LineRules } from "../line.ts";
import { ShownBooks } from "./shown-books.ts";

/**
 * How soon a message has to leave: with this turn; in slices, so that a beat for two hundred does not make an order
 * wait; or with the next message to the connection, 50 ms at most.
 */
type Urgency = "now" | "slice" | "next";

const urgencyOf: Partial<Record<MessageType, Urgency>> = {
  md_inc: "slice",
  positions: "slice",
  pnl: "slice",
  leaderboard: "slice",
  // Goes with the book that changed with it: one frame for both.
  trade: "next",
};
/** Answers that grow with the room: their askers pay by the length. */
const longAnswers = new Set<MessageType>(["orders", "positions"]);

type BookOf = (inst: number, depth: number) => Message<"md_inc" | "snapshot"> | null;

/** How many connections get their slice in one turn: some milliseconds of the platform's time. */
const sliceMost = 32;

/** The part of a connection that has to outlive the object. */
export interface Identity {
  readonly openedAt: number;
  /** Where the client connected to: for the links that it is given. */
  readonly origin: string;
  /** The address that it came from: wrong passcodes are counted by it. */
  readonly client: string;
  /** The line came over the switchboard of `/ws`, with the room that it made last: it may be led elsewhere. */
  readonly switched: { made: string | null } | null;
  /** Null until joined. */
  userId: number | null;
  role: Role | null;
  batch: boolean;
  depth: number;
}

/** One client's line, as the platform gives it. `Text` is an encoded message. */
export interface Line<Text> {
  /** Bytes that were sent and have not left, as far as the platform tells. */
  readonly unreadBytes: number;
  /** @param isBatch in one frame, if it is more than one message */
  send(texts: readonly Text[], isBatch: boolean): void;
  close(code: number, reason: string): void;
  /** Keeps the identity where it outlives the object; null: the line is nobody's any more. */
  keep(identity: Identity | null): void;
}

export interface Encoding<Text> {
  encode(message: Message): Text;
  /** Characters. */
  lengthOf(text: Text): number;
}

export interface Connection<Text> extends Identity, Reader {
  /** Unique while the object lives. */
  readonly id: number;
  readonly line: Line<Text>;
  readonly rules: LineRules;
  queue: Text[];
}

export class Connections<Text> {
  readonly #encoding: Encoding<Text>;
  readonly #slice: number;
  readonly #all = new Set<Connection<Text>>();
  readonly #byId = new Map<number, Connection<Text>>();
  readonly #byUser = new Map<number, Set<Connection<Text>>>();
  /** Connections with mail that cannot wait, and connections whose mail may go in slices. */
  readonly #withMail = new Set<Connection<Text>>();
  readonly #withFeed = new Set<Connection<Text>>();
  readonly #shownBooks = new ShownBooks();
  #closing: { connection: Connection<Text>; code: number; reason: string }[] = [];
  #lastId = 0;

  /** @param slice how many get theirs in one turn */
  constructor(encoding: Encoding<Text>, slice = sliceMost) {
    this.#encoding = encoding;
    this.#slice = slice;
  }

  add(line: Line<Text>, identity: Identity, now: number): Connection<Text> {
    const connection: Connection<Text> = {
      id: ++this.#lastId,
      line,
      ...identity,
      rules: new LineRules(now),
      queue: [],
      slowSinceMs: null,
    };
    this.#all.add(connection);
    this.#byId.set(connection.id, connection);
    if (connection.userId !== null) this.#seat(connection, connection.userId);
    return connection;
  }

  /** False for one that was removed: it is nobody's any more. */
  has(connection: Connection<Text>): boolean {
    return this.#all.has(connection);
  }

  byId(id: number): Connection<Text> | undefined {
    return this.#byId.get(id);
  }

  get size(): number {
    return this.#all.size;
  }

  [Symbol.iterator](): Iterator<Connection<Text>> {
    return this.#all.values();
  }

  /** How many connections a user has. */
  count(userId: number): number {
    return this.#byUser.get(userId)?.size ?? 0;
  }

  joined(connection: Connection<Text>, userId: number, role: Role): void {
    Object.assign(connection, { userId, role });
    connection.line.keep(identityOf(connection));
    this.#seat(connection, userId);
  }

  /** Forgets a connection. @returns whether it was known (a superseded one is not any more) */
  remove(connection: Connection<Text>): boolean {
    if (!this.#all.delete(connection)) return false;
    this.#byId.delete(connection.id);
    this.#withMail.delete(connection);
    this.#withFeed.delete(connection);
    connection.line.keep(null);
    if (connection.userId !== null) this.#byUser.get(connection.userId)?.delete(connection);
    return true;
  }

  /** Closes at the end of the turn, behind the queue. */
  close(connection: Connection<Text>, code: number, reason: string): void {
    this.#closing.push({ connection, code, reason });
  }

  closeAll(code: number, reason: string): void {
    for (const connection of this.#all) this.close(connection, code, reason);
  }

  send(connection: Connection<Text>, message: Message): void {
    this.#queue(connection, this.#encoding.encode(message), urgencyOf[message.type]);
  }

  /** Somebody's slice did not leave with the last flush. */
  get hasMore(): boolean {
    return this.#withFeed.size > 0;
  }

  /** Drops the messages and closes of this turn: it did not happen. */
  discard(): void {
    for (const connection of this.#all) connection.queue = [];
    this.#withMail.clear();
    this.#withFeed.clear();
    this.#closing = [];
  }

  /**
   * Sends the queues of this turn, or a slice of them, and then closes.
   * @returns the users who lost a connection by it
   */
  flush(now: number): Set<number> {
    for (const connection of this.#withMail) this.#deliver(connection, now);
    let left = this.#slice;
    for (const connection of this.#withFeed) {
      if (left-- === 0) break;
      this.#deliver(connection, now);
    }
    const users = new Set<number>();
    for (const { connection, code, reason } of this.#closing) {
      this.#send(connection);
      if (connection.userId !== null) users.add(connection.userId);
      this.remove(connection);
      connection.line.close(code, reason);
    }
    this.#closing = [];
    return users;
  }

  /**
   * The room's outbox over these connections.
   * @param bookOf the book of an instrument to a depth; null if there is no room any more
   */
  outbox(bookOf: BookOf, rest: Pick<Outbox, "exportFiles" | "archive">): Outbox {
    return {
      toConnection: (id, message) => {
        const connection = this.#byId.get(id);
        if (message.type === "snapshot") this.#shownBooks.forget(message.inst);
        if (connection === undefined) return;
        const text = this.#encoding.encode(message);
        this.#queue(connection, text, urgencyOf[message.type]);
        if (longAnswers.has(message.type)) connection.rules.answered(this.#encoding.lengthOf(text));
      },
      toUser: (userId, message, except) =>
        this.#toMany(this.#byUser.get(userId) ?? [], message, except),
      toRole: (role, message, except) => this.#toMany(this.#withRole(role), message, except),
      toAll: (message, except) => this.#toMany(this.#all, message, except),
      book: (inst) => this.#book(inst, bookOf),
      disconnect: (userId, code, reason, except) => {
        for (const connection of [...(this.#byUser.get(userId) ?? [])])
          if (connection.id !== except) this.close(connection, code, reason);
      },
      ...rest,
    };
  }

  #seat(connection: Connection<Text>, userId: number): void {
    const own = this.#byUser.get(userId) ?? new Set();
    this.#byUser.set(userId, own.add(connection));
  }

  *#withRole(role: Role): Generator<Connection<Text>> {
    for (const connection of this.#all) if (connection.role === role) yield connection;
  }

  #toMany(connections: Iterable<Connection<Text>>, message: Message, except?: number): void {
    let text: Text | undefined;
    const urgency = urgencyOf[message.type];
    for (const connection of connections)
      if (connection.userId !== null && connection.id !== except)
        this.#queue(connection, (text ??= this.#encoding.encode(message)), urgency);
  }

  #book(inst: number, bookOf: BookOf): void {
    /** Encoded once a depth; null where all have it already. */
    const byDepth = new Map<number, Text | null>();
    for (const connection of this.#all) {
      const { userId, depth } = connection;
      if (userId === null) continue;
      let text = byDepth.get(depth);
      if (text === undefined) {
        const book = bookOf(inst, depth);
        const isNew = book !== null && this.#shownBooks.isNew(inst, depth, book);
        text = isNew ? this.#encoding.encode(book) : null;
        byDepth.set(depth, text);
      }
      if (text !== null) this.#queue(connection, text, urgencyOf.md_inc);
      // A trade may have brought the book back to where it was, and waits to go with it.
      else if (connection.queue.length > 0) this.#withFeed.add(connection);
    }
  }

  #queue(connection: Connection<Text>, text: Text, urgency: Urgency = "now"): void {
    connection.queue.push(text);
    if (urgency === "now") this.#withMail.add(connection);
    if (urgency === "slice") this.#withFeed.add(connection);
  }

  #deliver(connection: Connection<Text>, now: number): void {
    this.#send(connection);
    // Behind the guard nothing is unread here: the guard reads, and cuts slow readers itself.
    if (isTooSlow(connection, connection.line.unreadBytes, now))
      this.close(connection, closeCode.slowConsumer, slowReaderText);
  }

  #send(connection: Connection<Text>): void {
    const { queue, line, batch } = connection;
    this.#withMail.delete(connection);
    this.#withFeed.delete(connection);
    if (queue.length === 0) return;
    connection.queue = [];
    line.send(queue, batch);
  }
}

function identityOf<Text>(connection: Connection<Text>): Identity {
  const { openedAt, origin, client, switched, userId, role, batch, depth } = connection;
  return { openedAt, origin, client, switched, userId, role, batch, depth };
}

/**
 * The queues of a room's connections: the messages of a turn are queued here and leave at its end, each encoded once for
 * all its readers. Knows no sockets: every connection has a line, which sends, closes, and keeps its identity longer than
 * the object lives.
 */

import type { Outbox } from "#game/outbox.ts";
import { closeCode, type Message, type MessageType, type Role } from "#protocol";
import { isTooSlow, slowReaderText } from "../../../edge/slow-reader.ts";
import { LineRules } from "../../line.ts";
import {
  identityOf,
  type Connection,
  type Encoding,
  type Identity,
  type Line,
} from "./connection.ts";
import type { FanOut } from "./fan-out.ts";
import { emptyBox, Mail, type Audience } from "./mail.ts";
import { Roster } from "./roster.ts";
import { ShownBooks } from "./shown-books.ts";

/**
 * Urgency of a message: it leaves with this turn; in slices, so that a periodic message for two hundred does not make an
 * order wait; or with the next message to the connection, after 50 ms at most.
 */
type Urgency = "now" | "slice" | "next";

const urgencyOf: Partial<Record<MessageType, Urgency>> = {
  md_inc: "slice",
  positions: "slice",
  pnl: "slice",
  leaderboard: "slice",
  // Leaves with the book that changed with it: one frame for both.
  trade: "next",
};
/** Answers that grow with the room: a client pays for them by their length. */
const longAnswers = new Set<MessageType>(["orders", "positions", "history"]);

type BookOf = (inst: number, depth: number) => Message<"md_inc"> | null;

/** Connections that get their slice in one turn: some milliseconds of the platform's time. */
const sliceMost = 32;
/** Messages that one connection gets at a time, in one frame or in one each, and characters after which it gets no more. */
const portion = 256;
const portionOfFrames = 64;
const portionChars = 64 * 1_024;
/** Messages that may wait for a connection before it is cut. A client that comes back is told the state of then. */
const mostWaiting = 32_768;

export class Connections<Text> {
  readonly roster = new Roster<Text>();
  readonly #encoding: Encoding<Text>;
  readonly #slice: number;
  readonly #fanOut: FanOut;
  readonly #mail: Mail<Text>;
  /** Connections with mail for them alone that cannot wait, with other such mail, and with mail that may leave in slices. */
  readonly #withAnswers = new Set<Connection<Text>>();
  readonly #withMail = new Set<Connection<Text>>();
  readonly #withFeed = new Set<Connection<Text>>();
  readonly #queues = [this.#withAnswers, this.#withMail, this.#withFeed];
  /** Whether the log got mail of either kind since the last flush. */
  #isMailForMany = false;
  #isFeedForMany = false;
  /** Something has been sent in a burst that is spent: a timer of this room begins the next one. */
  #isRoundSpent = false;
  /** The last burst in which something beside answers was sent. */
  #sentIn = -1;
  /** More waits than could leave: nothing is to be made that can wait, too. */
  #isBehind = false;
  readonly #shownBooks = new ShownBooks();
  #closing: { connection: Connection<Text>; code: number; reason: string }[] = [];
  #lastId = 0;

  /**
   * @param fanOut how much may leave at once
   * @param slice connections that get their slice in one turn
   */
  constructor(encoding: Encoding<Text>, fanOut: FanOut, slice = sliceMost) {
    this.#encoding = encoding;
    this.#fanOut = fanOut;
    this.#mail = new Mail((text) => encoding.lengthOf(text));
    this.#slice = slice;
  }

  add(line: Line<Text>, identity: Identity, now: number): Connection<Text> {
    const connection: Connection<Text> = {
      id: ++this.#lastId,
      line,
      ...identity,
      rules: new LineRules(now),
      box: emptyBox(),
      isCut: false,
      slowSinceMs: null,
    };
    this.roster.add(connection);
    if (connection.userId !== null) this.#seat(connection, connection.userId);
    return connection;
  }

  joined(connection: Connection<Text>, userId: number, role: Role): void {
    Object.assign(connection, { userId, role });
    connection.line.keep(identityOf(connection));
    this.#seat(connection, userId);
  }

  /** @returns whether it was there (a superseded one is not any more) */
  remove(connection: Connection<Text>): boolean {
    if (!this.roster.remove(connection)) return false;
    for (const waiting of this.#queues) waiting.delete(connection);
    connection.line.keep(null);
    return true;
  }

  /** Closes at the end of the turn, behind the queue. */
  close(connection: Connection<Text>, code: number, reason: string): void {
    this.#closing.push({ connection, code, reason });
  }

  closeAll(code: number, reason: string): void {
    for (const connection of this.roster) this.close(connection, code, reason);
  }

  send(connection: Connection<Text>, message: Message): void {
    this.#sayTo(connection, this.#encoding.encode(message), urgencyOf[message.type]);
  }

  /** When the next flush is due, while slices wait; null: none waits. */
  dueMs(now: number): number | null {
    return this.#isRoundSpent || this.#queues.some(({ size }) => size > 0) ? now : null;
  }

  /** The burst of frames in which a timer is set: it is told to `rang`. */
  get burst(): number {
    return this.#fanOut.burst;
  }

  /** Notes that a timer has rung. @param setIn the burst in which it was set */
  rang(setIn: number): void {
    this.#fanOut.rang(setIn);
  }

  /** Drops the messages and closes of this turn: it did not happen. */
  discard(): void {
    this.#mail.clear(this.roster);
    for (const waiting of this.#queues) waiting.clear();
    this.#isMailForMany = this.#isFeedForMany = false;
    this.#isRoundSpent = this.#isBehind = false;
    this.#closing = [];
  }

  /**
   * Sends the queues of this turn, or a slice of them, and then closes.
   * @returns the users who lost a connection by it
   */
  flush(now: number): Set<number> {
    this.#spread();
    this.#sendSome(now);
    const users = new Set<number>();
    for (const { connection, code, reason } of this.#closing) {
      this.#mail.keepLast(connection, portion);
      while (this.#send(connection) > 0);
      if (connection.userId !== null) users.add(connection.userId);
      this.remove(connection);
      connection.line.close(code, reason);
    }
    this.#closing = [];
    return users;
  }

  /** Finds the connections that have mail in the log, and cuts those for which far too much waits. */
  #spread(): void {
    const isFull = this.#mail.length > mostWaiting;
    if (!this.#isMailForMany && !this.#isFeedForMany && !isFull) return;
    for (const connection of this.roster.joined) {
      const waiting = this.#mail.waiting(connection);
      if (waiting > mostWaiting) this.#cut(connection);
      else if (waiting > 0) (this.#isMailForMany ? this.#withMail : this.#withFeed).add(connection);
    }
    this.#isMailForMany = this.#isFeedForMany = false;
  }

  #cut(connection: Connection<Text>): void {
    if (!connection.isCut) this.close(connection, closeCode.slowConsumer, slowReaderText);
    connection.isCut = true;
  }

  /** Sends as much as may leave now: answers first. */
  #sendSome(now: number): void {
    const fanOut = this.#fanOut;
    const answers = this.#sendFrom(this.#withAnswers, fanOut.answers, now);
    const most = fanOut.others(this.#sentIn);
    let frames = most;
    for (const waiting of [this.#withMail, this.#withFeed])
      frames -= this.#sendFrom(waiting, frames, now);
    if (frames < most) this.#sentIn = fanOut.burst;
    this.#isRoundSpent = answers + most - frames > 0 && fanOut.isSpent;
    this.#isBehind = this.#withMail.size > 0 || (frames <= 0 && this.#withFeed.size > 0);
    this.#mail.tidy(this.roster.joined);
  }

  /**
   * Sends from a queue as many frames as may leave, of the feed a slice at most. A connection that has more than its
   * portion waits behind all others.
   * @returns the cost in frames
   */
  #sendFrom(waiting: Set<Connection<Text>>, most: number, now: number): number {
    let left = waiting === this.#withFeed ? this.#slice : Infinity;
    let frames = 0;
    for (const connection of waiting) {
      if (frames >= most || left-- === 0) break;
      frames += this.#deliver(connection, now);
    }
    return frames;
  }

  /**
   * Makes the room's outbox over these connections.
   * @param bookOf gives the book of an instrument to a depth; null if there is no room any more
   */
  outbox(bookOf: BookOf, rest: Pick<Outbox, "exportFiles" | "archive" | "debriefUrl">): Outbox {
    return {
      isBehind: () => this.#isBehind,
      toConnection: (id, message) => {
        const connection = this.roster.byId(id);
        if (message.type === "snapshot") this.#shownBooks.renew(message.inst);
        if (connection === undefined) return;
        const text = this.#encoding.encode(message);
        this.#sayTo(connection, text, urgencyOf[message.type]);
        if (longAnswers.has(message.type)) connection.rules.answered(this.#encoding.lengthOf(text));
      },
      toUser: (userId, message, except) => this.#sayToUser(userId, message, except),
      toRole: (role, message, except) => this.#sayToMany(message, { role, except }),
      toAll: (message, except) => this.#sayToMany(message, { except }),
      book: (inst) => this.#book(inst, bookOf),
      disconnect: (userId, code, reason, except) => {
        for (const connection of [...this.roster.of(userId)])
          if (connection.id !== except) this.close(connection, code, reason);
      },
      ...rest,
    };
  }

  #seat(connection: Connection<Text>, userId: number): void {
    this.#mail.enter(connection);
    this.roster.seat(connection, userId);
  }

  #sayToUser(userId: number, message: Message, except?: number): void {
    let text: Text | undefined;
    for (const connection of this.roster.of(userId))
      if (connection.id !== except)
        this.#sayTo(connection, (text ??= this.#encoding.encode(message)), urgencyOf[message.type]);
  }

  #sayToMany(message: Message, to: Audience): void {
    if (this.roster.joined.size > 0)
      this.#writeForMany(this.#encoding.encode(message), to, urgencyOf[message.type]);
  }

  #book(inst: number, bookOf: BookOf): void {
    for (const depth of this.roster.depths.keys()) {
      const book = bookOf(inst, depth);
      if (book !== null && this.#shownBooks.isNew(inst, depth, book))
        this.#writeForMany(this.#encoding.encode(book), { depth }, urgencyOf.md_inc);
      // Looks through the log all the same: a trade waits to leave with the book, though it is the same as before.
      else this.#isFeedForMany = true;
    }
  }

  #writeForMany(text: Text, to: Audience, urgency: Urgency = "now"): void {
    this.#mail.toMany(text, to);
    if (urgency === "now") this.#isMailForMany = true;
    if (urgency === "slice") this.#isFeedForMany = true;
  }

  #sayTo(connection: Connection<Text>, text: Text, urgency: Urgency = "now"): void {
    if (connection.box.own.length >= mostWaiting) return this.#cut(connection);
    this.#mail.to(connection, text);
    if (urgency === "now") this.#withAnswers.add(connection);
    if (urgency === "slice") this.#withFeed.add(connection);
  }

  /** Sends a portion, and cuts a slow reader. @returns the cost in frames */
  #deliver(connection: Connection<Text>, now: number): number {
    const cost = this.#send(connection);
    // Finds nothing unread behind the guard, which reads itself, and cuts slow readers.
    if (isTooSlow(connection, connection.line.unreadBytes, now))
      this.close(connection, closeCode.slowConsumer, slowReaderText);
    return cost;
  }

  /** Sends a portion. @returns the cost in frames */
  #send(connection: Connection<Text>): number {
    const { line, batch } = connection;
    for (const waiting of this.#queues) waiting.delete(connection);
    const most = batch ? portion : portionOfFrames;
    const texts = this.#mail.take(connection, most, portionChars);
    if (texts.length === 0) return 0;
    if (this.#mail.waiting(connection) > 0) this.#withMail.add(connection);
    line.send(texts, batch);
    const chars = texts.reduce((sum, text) => sum + this.#encoding.lengthOf(text), 0);
    return this.#fanOut.sent(batch ? 1 : texts.length, chars);
  }
}

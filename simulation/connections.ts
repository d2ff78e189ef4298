/**
 * The sockets of the simulated room and their queues, as worker/room/sockets.ts keeps them: what is queued waits until it
 * is sealed into a commit. Public trades wait for whatever is sent next.
 */

import type { Outbox } from "#game/outbox.ts";
import type { Message, Role } from "#protocol";
import type { Audit } from "./audit.ts";
import type { Link, Mail } from "./network.ts";

export interface Connection {
  /** Unique while the object lives: eviction numbers anew. */
  id: number;
  readonly link: Link;
  /** Null until joined. */
  userId: number | null;
  role: Role | null;
  depth: number;
  /** The last public trade that is queued or sent; Infinity while none is to be told. */
  lastTrade: number;
  queue: Mail[];
  hasMail: boolean;
  closeCode: number | null;
}

/** What leaves together when its commit is done. */
export type Parcel = { connection: Connection; mail: Mail[] };

const nobody: readonly Connection[] = [];

export class Connections {
  readonly #byLink = new Map<Link, Connection>();
  #byId = new Map<number, Connection>();
  #joined: Connection[] = [];
  readonly #byUser = new Map<number, Connection[]>();
  #withMail: Connection[] = [];
  #closing: Connection[] = [];
  #lastId = 0;
  readonly #audit: Audit;

  constructor(audit: Audit) {
    this.#audit = audit;
  }

  add(link: Link): void {
    const connection: Connection = {
      ...{ id: ++this.#lastId, link, userId: null, role: null, depth: 10 },
      lastTrade: Infinity,
      ...{ queue: [], hasMail: false, closeCode: null },
    };
    this.#byLink.set(link, connection);
    this.#byId.set(connection.id, connection);
  }

  of(link: Link): Connection | undefined {
    return this.#byLink.get(link);
  }

  joined(connection: Connection, userId: number, role: Role): void {
    Object.assign(connection, { userId, role, lastTrade: this.#audit.trades.length });
    this.#joined.push(connection);
    this.#byUser.set(userId, [...this.#of(userId), connection]);
  }

  count(userId: number): number {
    return this.#of(userId).length;
  }

  #of(userId: number): readonly Connection[] {
    return this.#byUser.get(userId) ?? nobody;
  }

  remove(connection: Connection): void {
    this.#byLink.delete(connection.link);
    this.#byId.delete(connection.id);
    this.#joined = this.#joined.filter((one) => one !== connection);
    const { userId } = connection;
    if (userId === null) return;
    this.#byUser.set(
      userId,
      this.#of(userId).filter((one) => one !== connection),
    );
  }

  send(connection: Connection, message: Message): void {
    this.#queueTrades(connection);
    connection.queue.push(message);
    if (connection.hasMail) return;
    connection.hasMail = true;
    this.#withMail.push(connection);
  }

  /** What has traded since the last time goes before what is to be queued now. */
  #queueTrades(connection: Connection): void {
    const last = this.#audit.trades.length;
    if (connection.lastTrade >= last) return;
    connection.queue.push({ type: "trades", first: connection.lastTrade + 1, last });
    connection.lastTrade = last;
  }

  close(connection: Connection, code: number): void {
    if (connection.closeCode !== null) return;
    connection.closeCode = code;
    this.#closing.push(connection);
  }

  closeAll(code: number): void {
    for (const connection of this.#byLink.values()) this.close(connection, code);
  }

  /** Those that the turn wants closed, which from now on are nobody's; their last mail still goes. */
  takeClosing(): Connection[] {
    const closing = this.#closing;
    if (closing.length === 0) return closing;
    this.#closing = [];
    for (const connection of closing) {
      this.remove(connection);
      this.#queueTrades(connection);
      connection.lastTrade = Infinity;
      if (connection.hasMail) continue;
      connection.hasMail = true;
      this.#withMail.push(connection);
    }
    return closing;
  }

  get hasMail(): boolean {
    return this.#withMail.length > 0;
  }

  /** Takes what is queued for those who have mail. */
  takeMail(): Parcel[] {
    const parcels = this.#withMail.map((connection) => {
      this.#queueTrades(connection);
      const mail = connection.queue;
      connection.queue = [];
      connection.hasMail = false;
      return { connection, mail };
    });
    this.#withMail = [];
    return parcels;
  }

  /** Drops what is queued: it is not known to have happened. */
  discard(): void {
    for (const connection of [...this.#byLink.values(), ...this.#withMail]) {
      connection.queue = [];
      connection.lastTrade = Infinity;
    }
  }

  /** The object was thrown away and its sockets were kept. */
  renumber(): void {
    this.#lastId = 0;
    this.#byId = new Map();
    for (const connection of this.#byLink.values()) {
      connection.id = ++this.#lastId;
      this.#byId.set(connection.id, connection);
    }
  }

  /** The process died: everything is forgotten. @returns whose links died with it */
  clear(): Link[] {
    const links = [...this.#byLink.keys(), ...this.#withMail.map(({ link }) => link)];
    this.#byLink.clear();
    this.#byId.clear();
    this.#byUser.clear();
    [this.#joined, this.#withMail, this.#closing] = [[], [], []];
    this.#lastId = 0;
    return links;
  }

  /**
   * The room's outbox over these connections; the audit sees all that passes, and keeps the public trades for all.
   * @param bookOf the book of an instrument to a depth
   */
  outbox(bookOf: (inst: number, depth: number) => Message, archive: () => void): Outbox {
    const audit = this.#audit;
    return {
      isBehind: () => false,
      toConnection: (id, message) => {
        const connection = this.#byId.get(id);
        if (connection !== undefined) this.send(connection, message);
      },
      toUser: (userId, message, except) => {
        if (message.type === "fill") audit.fill(message);
        for (const one of this.#of(userId)) if (one.id !== except) this.send(one, message);
      },
      toRole: (role, message, except) => {
        if (
          role === "exchange" &&
          (message.type === "settlement" || message.type === "option_expired")
        )
          audit.settled(message);
        for (const one of this.#joined)
          if (one.role === role && one.id !== except) this.send(one, message);
      },
      toAll: (message, except) => {
        if (message.type === "trade") {
          return audit.trade(message);
        }
        if (message.type === "instrument_added")
          audit.instruments.set(message.inst, message.instrument);
        for (const one of this.#joined) if (one.id !== except) this.send(one, message);
      },
      book: (inst) => {
        const byDepth = new Map<number, Message>();
        for (const one of this.#joined) {
          const message = byDepth.get(one.depth) ?? bookOf(inst, one.depth);
          byDepth.set(one.depth, message);
          this.send(one, message);
        }
      },
      disconnect: (userId, code, _reason, except) => {
        for (const one of this.#of(userId)) if (one.id !== except) this.close(one, code);
      },
      exportFiles() {},
      archive,
    };
  }
}

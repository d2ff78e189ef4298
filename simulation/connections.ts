/**
 * The sockets of the simulated room and their queues, as worker/room/sockets.ts keeps them: what is queued waits until it
 * is sealed into a commit. Public trades wait for whatever is sent next.
 */

import type { Outbox } from "#game/outbox.ts";
import type { Message, Role } from "#protocol";
import type { Audit } from "./audit.ts";
import type { Link } from "./network.ts";

export interface Connection {
  /** Unique while the object lives: eviction numbers anew. */
  id: number;
  readonly link: Link;
  /** Null until joined. */
  userId: number | null;
  role: Role | null;
  depth: number;
  queue: Message[];
  hasMail: boolean;
  closeCode: number | null;
}

/** What leaves together when its commit is done. */
export type Parcel = { connection: Connection; messages: Message[] };

export class Connections {
  readonly #byLink = new Map<Link, Connection>();
  #byId = new Map<number, Connection>();
  #joined: Connection[] = [];
  #withMail: Connection[] = [];
  #closing: Connection[] = [];
  #lastId = 0;

  add(link: Link): void {
    const connection: Connection = {
      ...{ id: ++this.#lastId, link, userId: null, role: null, depth: 10 },
      ...{ queue: [], hasMail: false, closeCode: null },
    };
    this.#byLink.set(link, connection);
    this.#byId.set(connection.id, connection);
  }

  of(link: Link): Connection | undefined {
    return this.#byLink.get(link);
  }

  joined(connection: Connection, userId: number, role: Role): void {
    Object.assign(connection, { userId, role });
    this.#joined.push(connection);
  }

  count(userId: number): number {
    return this.#joined.filter((one) => one.userId === userId).length;
  }

  remove(connection: Connection): void {
    this.#byLink.delete(connection.link);
    this.#byId.delete(connection.id);
    this.#joined = this.#joined.filter((one) => one !== connection);
  }

  send(connection: Connection, message: Message): void {
    connection.queue.push(message);
    if (connection.hasMail) return;
    connection.hasMail = true;
    this.#withMail.push(connection);
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
      const messages = connection.queue;
      connection.queue = [];
      connection.hasMail = false;
      return { connection, messages };
    });
    this.#withMail = [];
    return parcels;
  }

  /** Drops what is queued: it is not known to have happened. */
  discard(): void {
    for (const connection of this.#byLink.values()) connection.queue = [];
    for (const connection of this.#withMail) connection.queue = [];
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
    [this.#joined, this.#withMail, this.#closing] = [[], [], []];
    this.#lastId = 0;
    return links;
  }

  /**
   * The room's outbox over these connections; the audit sees all that passes.
   * @param bookOf the book of an instrument to a depth
   */
  outbox(
    audit: Audit,
    bookOf: (inst: number, depth: number) => Message,
    archive: () => void,
  ): Outbox {
    return {
      toConnection: (id, message) => {
        const connection = this.#byId.get(id);
        if (connection !== undefined) this.send(connection, message);
      },
      toUser: (userId, message, except) => {
        if (message.type === "fill") audit.fill(message);
        for (const one of this.#joined)
          if (one.userId === userId && one.id !== except) this.send(one, message);
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
          audit.trade(message);
          for (const one of this.#joined) one.queue.push(message);
          return;
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
        for (const one of this.#joined)
          if (one.userId === userId && one.id !== except) this.close(one, code);
      },
      exportFiles() {},
      archive,
    };
  }
}

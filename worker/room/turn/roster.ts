/** The connections of a room, and the users of those that have joined. Knows no messages. */

import type { Connection } from "./connection.ts";

export class Roster<Text> {
  readonly joined = new Set<Connection<Text>>();
  /** The number of joined connections that see books to each depth. */
  readonly depths = new Map<number, number>();
  readonly #byId = new Map<number, Connection<Text>>();
  readonly #byUser = new Map<number, Set<Connection<Text>>>();

  get size(): number {
    return this.#byId.size;
  }

  [Symbol.iterator](): Iterator<Connection<Text>> {
    return this.#byId.values();
  }

  /** Whether it is one of the room's; false once it was removed. */
  has(connection: Connection<Text>): boolean {
    return this.#byId.has(connection.id);
  }

  byId(id: number): Connection<Text> | undefined {
    return this.#byId.get(id);
  }

  of(userId: number): ReadonlySet<Connection<Text>> {
    return this.#byUser.get(userId) ?? none;
  }

  /** Counts the connections of a user. */
  count(userId: number): number {
    return this.of(userId).size;
  }

  add(connection: Connection<Text>): void {
    this.#byId.set(connection.id, connection);
  }

  /** Counts the connection among those of its user, which has joined. */
  seat(connection: Connection<Text>, userId: number): void {
    const { depth } = connection;
    this.joined.add(connection);
    this.depths.set(depth, (this.depths.get(depth) ?? 0) + 1);
    this.#byUser.set(userId, (this.#byUser.get(userId) ?? new Set()).add(connection));
  }

  /** Removes a connection. @returns whether it was there (a superseded one is not any more) */
  remove(connection: Connection<Text>): boolean {
    const { id, userId, depth } = connection;
    if (!this.#byId.delete(id)) return false;
    if (userId !== null) this.#byUser.get(userId)?.delete(connection);
    if (this.joined.delete(connection)) {
      const left = (this.depths.get(depth) ?? 1) - 1;
      if (left > 0) this.depths.set(depth, left);
      else this.depths.delete(depth);
    }
    return true;
  }
}

const none: ReadonlySet<never> = new Set<never>();

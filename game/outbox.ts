/** Port for everything that leaves the room: the shell queues it and sends it when the turn is durable. */

import type { Message, Role } from "#protocol";

export interface Outbox {
  /** True while more waits than can be sent. Messages that nobody asked for then wait, and several become one. */
  isBehind(): boolean;
  toConnection(connection: number, message: Message): void;
  /** To all connections of the user, but not `except`. */
  toUser(userId: number, message: Message, except?: number): void;
  toRole(role: Role, message: Message, except?: number): void;
  toAll(message: Message, except?: number): void;
  /** Sends the book of `inst` to all, to each at its own depth. */
  book(inst: number): void;
  /** Closes all connections of the user, but not `except`. */
  disconnect(userId: number, code: number, reason: string, except?: number): void;
  /** Prepares the download links and answers with `export_complete`. */
  exportFiles(connection: number, cid: string | undefined): void;
  /** Archives the session, which has just closed. */
  archive(): void;
  /** Path of the session's page, with the key of the class. Absent: there is no such page. */
  debriefUrl?(): string;
}

/** Drops everything: for replaying. */
export const silence: Outbox = {
  isBehind: () => false,
  toConnection() {},
  toUser() {},
  toRole() {},
  toAll() {},
  book() {},
  disconnect() {},
  exportFiles() {},
  archive() {},
};

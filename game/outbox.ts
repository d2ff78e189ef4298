/** Everything that leaves the room, as calls on a port: the shell queues them and sends them when the turn is durable. */

import type { Message, Role } from "#protocol";

export interface Outbox {
  /** More waits to leave than can: what nobody asked for is made later, and then once. */
  isBehind(): boolean;
  toConnection(connection: number, message: Message): void;
  /** All connections of the user, but not `except`. */
  toUser(userId: number, message: Message, except?: number): void;
  toRole(role: Role, message: Message, except?: number): void;
  toAll(message: Message, except?: number): void;
  /** Send the book of `inst` to all, to each at its own depth. */
  book(inst: number): void;
  /** Close all connections of the user, but not `except`. */
  disconnect(userId: number, code: number, reason: string, except?: number): void;
  /** Prepare the download links and answer with `export_complete`. */
  exportFiles(connection: number, cid: string | undefined): void;
  /** The session has just closed: archive it. */
  archive(): void;
}

/** Takes nothing: for replaying. */
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

/** One connection of a room, and the platform's line under it. */

import type { Message, Role } from "#protocol";
import type { Reader } from "../../../edge/slow-reader.ts";
import type { LineRules } from "../../line.ts";
import type { Box } from "./mail.ts";

/** The part of a connection that has to outlive the object. */
export interface Identity {
  readonly openedAt: number;
  /** The origin that the client connected to: it is part of the links that the client is given. */
  readonly origin: string;
  /** The client's address: wrong passcodes are counted by it. */
  readonly client: string;
  /** Set if the line came over the switchboard of `/ws`, and may be led to another room; with the room that it made last. */
  readonly switched: { made: string | null } | null;
  /** The user; null until it has joined. */
  userId: number | null;
  role: Role | null;
  batch: boolean;
  depth: number;
}

/** The platform's end of a client's line. `Text` is an encoded message. */
export interface Line<Text> {
  /** Bytes that were sent and have not left yet, as far as the platform tells. */
  readonly unreadBytes: number;
  /** @param isBatch in one frame, if it is more than one message */
  send(texts: readonly Text[], isBatch: boolean): void;
  close(code: number, reason: string): void;
  /** Stores the identity where it outlives the object; null: the line has no connection any more. */
  keep(identity: Identity | null): void;
}

export interface Encoding<Text> {
  encode(message: Message): Text;
  /** The length in characters. */
  lengthOf(text: Text): number;
}

export interface Connection<Text> extends Identity, Reader {
  /** Unique while the object lives. */
  readonly id: number;
  readonly line: Line<Text>;
  readonly rules: LineRules;
  readonly box: Box<Text>;
  /** Whether it is about to be closed because too much waited for it. */
  isCut: boolean;
}

export function identityOf<Text>(connection: Connection<Text>): Identity {
  const { openedAt, origin, client, switched, userId, role, batch, depth } = connection;
  return { openedAt, origin, client, switched, userId, role, batch, depth };
}

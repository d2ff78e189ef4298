/** One connection of a room, and what the platform gives for it. */

import type { Message, Role } from "#protocol";
import type { Reader } from "../../../edge/slow-reader.ts";
import type { LineRules } from "../../line.ts";
import type { Box } from "./mail.ts";

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
  readonly box: Box<Text>;
  /** It is about to be closed, for more waited for it than may. */
  isCut: boolean;
}

export function identityOf<Text>(connection: Connection<Text>): Identity {
  const { openedAt, origin, client, switched, userId, role, batch, depth } = connection;
  return { openedAt, origin, client, switched, userId, role, batch, depth };
}

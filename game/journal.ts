/** What is written down of every input that the room decided on, and the port through which it is written. */

import type { CreateRoomBody, Role } from "#protocol";

/** The room is made. Secrets appear only as hashes. */
export interface CreateInput {
  op: "$create";
  room: string;
  sessionId: string;
  name: string;
  template: NonNullable<CreateRoomBody["template"]>;
  settings: { onDisconnect: "keep" | "cancel" };
  hostTokenHash: string;
  passcodeHash: string | null;
  /** Made by `create_room` on `/ws`: the first to ask becomes the exchange. */
  openHost: boolean;
}

/** A user enters, or the exchange gets one more token. */
export interface JoinInput {
  op: "$join";
  userId: number;
  name: string;
  role: Role;
  tokenHash: string;
}

/** A trader's last connection dropped in a room whose setting is to cancel the orders then. */
export interface DropInput {
  op: "$drop";
}

/** The session's clock ran out. */
export interface ClockInput {
  op: "$clock";
}

export type SystemInput = CreateInput | JoinInput | DropInput | ClockInput;

/** One decided input. Replaying all rows in order into a new room gives the same room. */
export interface JournalRow {
  /** 1, 2, 3, ... without gaps. */
  n: number;
  /** The room's event number of the input itself; its trades have the next ones. */
  seq: number;
  /** Unix milliseconds at which it was decided. */
  ts: number;
  /** 0: the room itself. */
  userId: number;
  op: string;
  /** The request or system input as JSON, in the field order of its schema. */
  body: string;
  /** The first reply to the one who asked, as JSON; empty for system inputs. */
  reply: string;
  /** False for a refusal, which is kept because its `cid` is used. */
  accepted: boolean;
}

/** Where the room writes its rows. `append` must make the row durable before anything of this turn is sent. */
export interface JournalPort {
  append(row: JournalRow): void;
  /** Row `n`, to repeat its reply. */
  read(n: number): JournalRow | null;
}

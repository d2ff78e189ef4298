/** What is written down of every input that the room decided on, and the port through which it is written. */

import type { CreateRoomBody, LensSetting, Message, Request, Role, WriteOp } from "#protocol";

/** The room is made. Secrets appear only as hashes. */
export interface CreateInput {
  op: "$create";
  room: string;
  sessionId: string;
  name: string;
  template: NonNullable<CreateRoomBody["template"]>;
  settings: {
    onDisconnect: "keep" | "cancel";
    /** Absent in journals from before there was a choice: off. */
    lens?: LensSetting;
  };
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
  /** Whose seats end with this, because the name is theirs. Absent: nobody's. */
  frees?: number[];
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

/** A long request that has changed nothing, as the journal keeps it: enough to know it again when it is repeated. */
export interface BriefRequest {
  op: "brief";
  of: WriteOp;
  cid?: string | undefined;
  digest: string;
}

export type JournalledRequest = Request<WriteOp> | BriefRequest;

/** What the room decides and writes down. */
export type JournalInput = SystemInput | JournalledRequest;

/** One decided input. Replaying all entries in order into a new room gives the same room. */
export interface JournalEntry {
  /** 1, 2, 3, ... without gaps. */
  n: number;
  /** The room's event number of the input itself; its trades have the next ones. */
  seq: number;
  /** Unix milliseconds at which it was decided. */
  ts: number;
  /** 0: the room itself. */
  userId: number;
  input: JournalInput;
  /** The first reply to the one who asked; null for system inputs. */
  reply: Message | null;
  /** False for a refusal, which is kept because its `cid` is used. */
  accepted: boolean;
}

/** Where the room writes its entries. Nothing of a turn may be sent before the entries of that turn are durable. */
export interface JournalPort {
  append(entry: JournalEntry): void;
  /** Entry `n`, to repeat its reply. */
  read(n: number): JournalEntry | null;
  /** How much of the space that the room may take is taken: 1 is all of it. */
  readonly fullness: number;
}

/** True for what the room does by itself. */
export function isSystemInput(input: JournalInput): input is SystemInput {
  return input.op.startsWith("$");
}

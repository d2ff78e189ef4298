/** Journal entry of an input that the room decided on, and the port through which it is written. */

import type {
  ClientKind,
  CreateRoomBody,
  LensSetting,
  Message,
  PlaySettings,
  Request,
  Role,
  StartSetting,
  WriteOp,
} from "#protocol";

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
    /** Absent in journals from before there was a choice: 1. */
    markLots?: number;
    /** Absent in journals from before there was a choice: open. */
    start?: StartSetting;
    /** Settings of the game. Absent, or a setting of them: its default. */
    play?: Partial<PlaySettings>;
  };
  hostTokenHash: string;
  passcodeHash: string | null;
  /** Made by `create_room` on `/ws`: the first user to ask becomes the host. */
  openHost: boolean;
}

/** A user joins, or the host gets one more token. */
export interface JoinInput {
  op: "$join";
  userId: number;
  name: string;
  role: Role;
  tokenHash: string;
  /** Users whose seats end because this join takes their name. Absent: none. */
  frees?: number[];
  /** Hashes of the link by which a host came, and of the host's token handed out for it. Absent: no link. */
  linkHash?: string;
  hostTokenHash?: string;
}

/** Somebody takes a seat over by its code, which is used up. The seat's tokens are void but for the new one. */
export interface SeatInput {
  op: "$seat";
  userId: number;
  codeHash: string;
  tokenHash: string;
}

/** Somebody tried a wrong code while there are outstanding ones. */
export interface MissInput {
  op: "$miss";
}

/** A trader's last connection dropped in a room whose setting is to cancel the orders then. */
export interface DropInput {
  op: "$drop";
}

/** The session's end time has come. */
export interface ClockInput {
  op: "$clock";
}

/** The time of a round's step is over. */
export interface StepInput {
  op: "$step";
}

/** Nobody is connected any more: the clock of the round stands. */
export interface RestInput {
  op: "$rest";
  /** Whether the room was not there when the last one left: then the step has at least some seconds left. */
  wasAway: boolean;
}

/** Somebody is connected again. */
export interface BackInput {
  op: "$back";
}

/** A person comes to a seat that a bot has traded. */
export interface ReturnInput {
  op: "$return";
}

/** A user has come by another client than before. */
export interface ClientInput {
  op: "$client";
  client: ClientKind;
}

/** A user has entered orders faster than people can. */
export interface FastInput {
  op: "$fast";
}

type PeopleInput =
  JoinInput | SeatInput | MissInput | DropInput | ReturnInput | ClientInput | FastInput;
export type SystemInput =
  CreateInput | PeopleInput | ClockInput | StepInput | RestInput | BackInput;

/** Short form of a long request that has changed nothing: enough to recognise its repeats. */
export interface BriefRequest {
  op: "brief";
  of: WriteOp;
  cid?: string | undefined;
  digest: string;
}

export type JournalledRequest = Request<WriteOp> | BriefRequest;

/** Input that the room decides on and writes to the journal. */
export type JournalInput = SystemInput | JournalledRequest;

/** One decided input. Replaying all entries in order into a new room gives the same room. */
export interface JournalEntry {
  /** 1, 2, 3, ... without gaps. */
  n: number;
  /** Event number of the input itself; its trades have the next ones. */
  seq: number;
  /** Unix milliseconds at which it was decided. */
  ts: number;
  /** User who asked; 0: the room itself. */
  userId: number;
  input: JournalInput;
  /** First reply to the user; null for system inputs. */
  reply: Message | null;
  /** False for a refusal, which is kept because its `cid` is used. */
  accepted: boolean;
}

/** The place to which the room writes its entries. Nothing of a turn may be sent before the entries of that turn are durable. */
export interface JournalPort {
  append(entry: JournalEntry): void;
  /** Entry `n`, to repeat its reply. */
  read(n: number): JournalEntry | null;
  /** Share of the room's space that is taken: 1 is all of it. */
  readonly fullness: number;
}

/** True for an input of the room itself. */
export function isSystemInput(input: JournalInput): input is SystemInput {
  return input.op.startsWith("$");
}

/** Requests that change nothing but orders, trades and what follows from these: most of a journal. */
export const tradingOps: ReadonlySet<string> = new Set<WriteOp>([
  ...(["order_new", "quote", "replace", "cancel", "cancel_inst", "cancel_all"] as const),
]);

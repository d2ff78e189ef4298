/**
 * The one way from `/ws`, the address of the original API, into a room: which object a line leads to, and what is said
 * to it again when that changes. A pure state machine without sockets, generic in the frame: the guard in front of a
 * server of one's own runs it, and where there is no guard the Worker's relay does.
 *
 * Until it is admitted a line has one message outstanding at most. The lobby and the rooms answer each with one
 * message, or by closing with a code of their own that says where the same message is to be said instead. Once a room
 * admits the line, its frames are the room's own, untouched.
 */

import { closeCode } from "../protocol/errors.ts";

export const lobbyPath = "/ws";

/** Tells an object that a switchboard is speaking, with the note that the line carries. Nobody else may send it. */
export const switchboardHeader = "x-switchboard";

/** Closes with it say where the line goes: its reason is `<path> <note>`. It never reaches a client. */
export const switchCode = 4900;

/** The note that a line over the switchboard carries to an object. */
export interface Note {
  /** When the client connected, Unix ms: its time to join does not begin anew in every room. */
  openedAt: number;
  /** The hash of the host's token of the room that the line made last: it may run that room. */
  made: string | null;
}

/** The note of a line that has only just come. */
export const firstNote = "-";

export function writeNote({ openedAt, made }: Note): string {
  return `${openedAt}.${made ?? "-"}`;
}

/** @returns null for a line that has only just come */
export function readNote(text: string): Note | null {
  const [, openedAt, made] = /^(\d{1,16})\.(-|[0-9a-f]{64})$/.exec(text) ?? [];
  if (openedAt === undefined || made === undefined) return null;
  return { openedAt: Number(openedAt), made: made === "-" ? null : made };
}

/** A client may try rooms one after the other, but not without end. */
const mostChanges = 10;

const reasonPattern = /^(\/ws(?:\/[A-Z0-9]{6})?) (\S+)$/;

/** 123 bytes at most, as a close frame's reason must be. */
export function switchReason(path: string, note: Note): string {
  return `${path} ${writeNote(note)}`;
}

/** So many characters tell whether a frame admits. */
export const admissionLength = 24;

/** Whether what an object sends begins with an admission, alone or as the first of an array. */
export function isAdmission(start: string): boolean {
  return start.startsWith('{"type":"join_ack"') || start.startsWith('[{"type":"join_ack"');
}

export interface Ending {
  code: number;
  reason: string;
}

/** The next step of a line whose object has closed. */
export type Next = { open: string; note: string } | { close: Ending };

export class Switchboard<Frame> {
  /** Said, and not answered yet. */
  #outstanding: Frame | null = null;
  #isOpen = false;
  #isThrough = false;
  #changes = 0;

  /** A room has admitted the line: everything passes as it is. */
  get isThrough(): boolean {
    return this.#isThrough;
  }

  /** Whether the client's next message may be said. */
  get takes(): boolean {
    return this.#isOpen && this.#outstanding === null;
  }

  /** The object is there. @returns what is to be said to it */
  opened(): Frame | null {
    this.#isOpen = true;
    return this.#outstanding;
  }

  /** A message of the client's is said. */
  said(frame: Frame): void {
    this.#outstanding = frame;
  }

  /** The object has answered. */
  answered(isAdmitted: boolean): void {
    this.#outstanding = null;
    this.#isThrough ||= isAdmitted;
  }

  /** The object has closed the line. */
  closed(code: number, reason: string): Next {
    const [, open, note] = reasonPattern.exec(reason) ?? [];
    const isChange = code === switchCode && !this.#isThrough && this.#outstanding !== null;
    if (!isChange || open === undefined || note === undefined || readNote(note) === null)
      return { close: endingOf(code, reason) };
    if (++this.#changes > mostChanges)
      return { close: { code: closeCode.policyViolation, reason: "Too many rooms were tried." } };
    this.#isOpen = false;
    return { open, note };
  }
}

/** The end of a line whose object does not answer. */
export const unreachable: Ending = {
  code: closeCode.serviceRestart,
  reason: "The server could not reach the room: reconnect.",
};

/**
 * How a client is told of an object's close: a line that broke is one that comes back.
 * @param isAnswer the client has said goodbye itself: an object that says no more than that has answered
 */
export function endingOf(code: number, reason: string, isAnswer = false): Ending {
  const saysNothing = isAnswer && (code === 1005 || code === 1006);
  if (code === switchCode || saysNothing) return { code: closeCode.normal, reason: "" };
  if (code === 1005 || code === 1006) return unreachable;
  return { code, reason };
}

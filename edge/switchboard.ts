/**
 * Leads a line from `/ws`, the address of the original API, into a room: decides to which object the line goes, and
 * repeats the client's message there. A pure state machine without sockets, generic in the frame: run by the guard in
 * front of a server of one's own, and by the Worker's relay where there is no guard.
 *
 * Until it is admitted a line has one message outstanding at most. Lobby and rooms answer each with one message, or
 * close with a private code and the place where the same message belongs. Once a room admits the line, its frames are
 * the room's own, untouched.
 */

import { closeCode } from "../protocol/errors.ts";

export const lobbyPath = "/ws";

/** Header that tells an object of the switchboard and carries the line's note; not accepted from clients. */
export const switchboardHeader = "x-switchboard";

/** Close code with which an object sends the line elsewhere: the reason is `<path> <note>`. Never reaches a client. */
export const switchCode = 4900;

/** Note that a line over the switchboard carries to an object. */
export interface Note {
  /** When the client connected, Unix ms: its time to join does not start anew in every room. */
  openedAt: number;
  /** Hash of the host's token of the room that the line made last: the line may run that room. */
  made: string | null;
}

/** Note of a new line. */
export const firstNote = "-";

export function writeNote({ openedAt, made }: Note): string {
  return `${openedAt}.${made ?? "-"}`;
}

/** @returns null for a new line */
export function readNote(text: string): Note | null {
  const [, openedAt, made] = /^(\d{1,16})\.(-|[0-9a-f]{64})$/.exec(text) ?? [];
  if (openedAt === undefined || made === undefined) return null;
  return { openedAt: Number(openedAt), made: made === "-" ? null : made };
}

/** Most rooms that a line may try, one after the other. */
const mostChanges = 10;

const reasonPattern = /^(\/ws(?:\/[A-Z0-9]{6})?) (\S+)$/;

/** 123 bytes at most, as a close frame's reason must be. */
export function switchReason(path: string, note: Note): string {
  return `${path} ${writeNote(note)}`;
}

/** Number of characters that tell whether a frame admits. */
export const admissionLength = 24;

/** True if an object's data begins with an admission, alone or as the first of an array. */
export function isAdmission(start: string): boolean {
  return start.startsWith('{"type":"join_ack"') || start.startsWith('[{"type":"join_ack"');
}

export interface Ending {
  code: number;
  reason: string;
}

/** Next step of a line whose object has closed. */
export type Next = { open: string; note: string } | { close: Ending };

export class Switchboard<Frame> {
  /** Message sent and not answered yet. */
  #outstanding: Frame | null = null;
  #isOpen = false;
  #isThrough = false;
  #changes = 0;

  /** A room has admitted the line: everything passes unchanged. */
  get isThrough(): boolean {
    return this.#isThrough;
  }

  /** True if the client's next message may be sent. */
  get takes(): boolean {
    return this.#isOpen && this.#outstanding === null;
  }

  /** The object is connected. @returns the message to send to it */
  opened(): Frame | null {
    this.#isOpen = true;
    return this.#outstanding;
  }

  /** Notes a message sent for the client. */
  said(frame: Frame): void {
    this.#outstanding = frame;
  }

  /** Hears an answer of the object. */
  answered(isAdmitted: boolean): void {
    this.#outstanding = null;
    this.#isThrough ||= isAdmitted;
  }

  /** Hears that the object has closed the line. */
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

/** End of a line whose object does not answer. */
export const unreachable: Ending = {
  code: closeCode.serviceRestart,
  reason: "The server could not reach the room: reconnect.",
};

/**
 * Close for the client after an object's close; a broken line becomes one that invites the client back.
 * @param isAnswer the client has sent its close first, and the object has only answered it
 */
export function endingOf(code: number, reason: string, isAnswer = false): Ending {
  const saysNothing = isAnswer && (code === 1005 || code === 1006);
  if (code === switchCode || saysNothing) return { code: closeCode.normal, reason: "" };
  if (code === 1005 || code === 1006) return unreachable;
  return { code, reason };
}

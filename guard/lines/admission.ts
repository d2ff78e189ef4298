/**
 * The way of a line over the switchboard: it may lead to many objects, one after the other, and until one admits the
 * client, messages go there one at a time, each whole. A line to a room's own address is through from the beginning.
 */

import type { Socket } from "node:net";
import { isAdmission, type Next, type Switchboard } from "../../edge/switchboard.ts";

/** Leads the line to another object. Calls back with the object's end of it, or null if that fails. */
export type Open = (path: string, note: string, opened: (upstream: Socket | null) => void) => void;

export class Admission {
  readonly #board: Switchboard<Buffer> | null;
  #open: Open | null;
  /** The pieces of the client's present message. */
  #message: Buffer[] = [];

  /** @param board the switchboard of a line that may lead to many objects, with `open` */
  constructor(board: Switchboard<Buffer> | null, open: Open | null) {
    this.#board = board;
    this.#open = open;
  }

  /** Whether no object has admitted the client yet. */
  get isAwaited(): boolean {
    return this.#board !== null && !this.#board.isThrough;
  }

  /** Whether the client's next message may be sent. */
  get takes(): boolean {
    return !this.isAwaited || this.#board?.takes === true;
  }

  /** Keeps a piece of the client's message. */
  keep(bytes: Buffer): void {
    // Copies, so that a small message does not hold the chunk that it came in.
    this.#message.push(Buffer.from(bytes));
  }

  /** Ends the client's message. @returns the whole message, to be sent */
  said(): Buffer {
    const message = Buffer.concat(this.#message);
    this.#message = [];
    this.#board?.said(message);
    return message;
  }

  /** Notes that an object is connected. @returns the message to send to it, or null */
  opened(): Buffer | null {
    return this.#board?.opened() ?? null;
  }

  /** Notes an answer of the object. @param start the beginning of the message */
  answered(start: string): void {
    this.#board?.answered(isAdmission(start));
    if (!this.isAwaited) this.#open = null;
  }

  /** Notes that the object has closed. @returns the next step; null: the line leads to no other object */
  closed(code: number, reason: string): Next | null {
    return this.#board?.closed(code, reason) ?? null;
  }

  /** Leads the line to the next object. */
  lead(next: Extract<Next, { open: string }>, opened: (upstream: Socket | null) => void): void {
    this.#open?.(next.open, next.note, opened);
  }
}

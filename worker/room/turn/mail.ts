/**
 * Messages that wait to be sent: one log of everything that goes to many, a place in it for each receiver, and beside it
 * the messages for one receiver alone. An order can cause ten thousand messages to hundreds; each costs one entry,
 * however many read it. Knows no socket.
 */

import type { Role } from "#protocol";

/** The readers of an entry of the log, among those that were there when it was written; without a field: all of them. */
export interface Audience {
  /** The connection that does not get it. */
  except?: number | undefined;
  role?: Role;
  /** The depth to which its readers see books. */
  depth?: number;
}

/** The owner of a box. */
export interface Receiver<Text> {
  readonly id: number;
  role: Role | null;
  depth: number;
  readonly box: Box<Text>;
}

/** The place of one receiver in the log, and the messages for it alone, each to be read after the entries before `at`. */
export interface Box<Text> {
  /** The next entry to read; Infinity: it reads nothing of the log, until it enters. */
  readAt: number;
  own: { at: number; text: Text }[];
}

export function emptyBox<Text>(): Box<Text> {
  return { readAt: Infinity, own: [] };
}

/** Entries by which the log grows before those are dropped that everybody has read. */
const tidyEntries = 512;

export class Mail<Text> {
  readonly #lengthOf: (text: Text) => number;
  #log: { text: Text; to: Audience }[] = [];
  /** Entries that were dropped, because everybody had read them. */
  #gone = 0;
  #tidyAt = tidyEntries;

  /** @param lengthOf gives the length of a message, characters */
  constructor(lengthOf: (text: Text) => number) {
    this.#lengthOf = lengthOf;
  }

  /** The end of the log: entries so far. */
  get end(): number {
    return this.#gone + this.#log.length;
  }

  /** Entries that somebody has not read. */
  get length(): number {
    return this.#log.length;
  }

  /** Lets a receiver read the log from now on. */
  enter({ box }: Receiver<Text>): void {
    box.readAt = this.end;
  }

  toMany(text: Text, to: Audience): void {
    this.#log.push({ text, to });
  }

  to({ box }: Receiver<Text>, text: Text): void {
    box.own.push({ at: this.end, text });
  }

  /** Counts the messages that wait for the receiver; of those in the log some may be for others. */
  waiting({ box }: Receiver<Text>): number {
    return Math.max(0, this.end - box.readAt) + box.own.length;
  }

  /** Drops all messages for it but the last ones of the log and the last ones for it alone. */
  keepLast({ box }: Receiver<Text>, count: number): void {
    box.readAt = Math.max(box.readAt, this.end - count);
    box.own.splice(0, Math.max(0, box.own.length - count));
  }

  /** Takes its next messages: at most `most`, and no more once they have `mostChars` characters. */
  take(receiver: Receiver<Text>, most: number, mostChars: number): Text[] {
    const { box } = receiver;
    const { own } = box;
    const taken: Text[] = [];
    let chars = 0;
    let ownTaken = 0;
    const add = (text: Text) => {
      taken.push(text);
      chars += this.#lengthOf(text);
    };
    while (taken.length < most && chars < mostChars) {
      const next = own[ownTaken];
      if (next !== undefined && next.at <= box.readAt) {
        ownTaken++;
        add(next.text);
        continue;
      }
      const entry = this.#log[box.readAt - this.#gone];
      if (entry === undefined) break;
      box.readAt++;
      if (isFor(entry.to, receiver)) add(entry.text);
    }
    own.splice(0, ownTaken);
    return taken;
  }

  /** Drops the entries that all have read; to be called after `take`. */
  tidy(receivers: Iterable<Receiver<Text>>): void {
    if (this.#log.length < this.#tidyAt) return;
    let read = this.end;
    for (const { box } of receivers) read = Math.min(read, box.readAt);
    this.#log.splice(0, read - this.#gone);
    this.#gone = read;
    this.#tidyAt = this.#log.length + tidyEntries;
  }

  /** Drops everything. */
  clear(receivers: Iterable<Receiver<Text>>): void {
    this.#gone = this.end;
    this.#log = [];
    this.#tidyAt = tidyEntries;
    for (const { box } of receivers) {
      if (box.readAt < this.end) box.readAt = this.end;
      box.own = [];
    }
  }
}

function isFor({ except, role, depth }: Audience, receiver: Receiver<unknown>): boolean {
  if (except !== undefined && except === receiver.id) return false;
  if (role !== undefined && role !== receiver.role) return false;
  return depth === undefined || depth === receiver.depth;
}

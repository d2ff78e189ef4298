/**
 * Messages that wait to be sent: one log of everything that goes to many, a place in it for each receiver, and beside it
 * the messages for one receiver alone. An order can be told to hundreds ten thousand times; it costs one entry a
 * message, whoever reads. Knows no socket.
 */

import type { Role } from "#protocol";

/** The readers of an entry of the log, of those that were there when it was written; nothing said: all of them. */
export interface Audience {
  /** Not this connection. */
  except?: number | undefined;
  role?: Role;
  /** Those that see books to this depth. */
  depth?: number;
}

/** The owner of a box. */
export interface Receiver<Text> {
  readonly id: number;
  role: Role | null;
  depth: number;
  readonly box: Box<Text>;
}

/** How far one receiver has read, and what is for it alone, each behind the entries of the log before `at`. */
export interface Box<Text> {
  /** Infinity: it hears nothing of the log, until it enters. */
  readAt: number;
  own: { at: number; text: Text }[];
}

export function emptyBox<Text>(): Box<Text> {
  return { readAt: Infinity, own: [] };
}

/** The log is looked through for what everybody has read when it has grown by so many entries. */
const tidyEntries = 512;

export class Mail<Text> {
  readonly #lengthOf: (text: Text) => number;
  #log: { text: Text; to: Audience }[] = [];
  /** Entries that everybody has read, and that are gone. */
  #gone = 0;
  #tidyAt = tidyEntries;

  /** @param lengthOf a message, characters */
  constructor(lengthOf: (text: Text) => number) {
    this.#lengthOf = lengthOf;
  }

  /** Where the log ends: entries so far. */
  get end(): number {
    return this.#gone + this.#log.length;
  }

  /** Entries that somebody has not read. */
  get length(): number {
    return this.#log.length;
  }

  /** From now on the receiver hears of what goes to many. */
  enter({ box }: Receiver<Text>): void {
    box.readAt = this.end;
  }

  toMany(text: Text, to: Audience): void {
    this.#log.push({ text, to });
  }

  to({ box }: Receiver<Text>, text: Text): void {
    box.own.push({ at: this.end, text });
  }

  /** Messages that wait for the receiver, at most. */
  waiting({ box }: Receiver<Text>): number {
    return Math.max(0, this.end - box.readAt) + box.own.length;
  }

  /** Drops all that waits for it but the last messages of each kind. */
  keepLast({ box }: Receiver<Text>, count: number): void {
    box.readAt = Math.max(box.readAt, this.end - count);
    box.own.splice(0, Math.max(0, box.own.length - count));
  }

  /** Takes what it reads next: at most so many messages, and no more once they have so many characters. */
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

  /** Lets go of what all have read. To be called when some have. */
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

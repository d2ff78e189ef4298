/**
 * Who reads the session's tables, and who waits to: each reader has a view of its own, so that a slow one keeps nobody.
 * Says who may come, whose view gives way, and who has gone without a word. Knows no journal.
 */

import type { ReadView } from "./read-views.ts";
import type { RecordTables } from "./tables.ts";

/** Who reads, and who waits to: a class of a hundred that asks at once. The host is not counted. */
const readersMost = 100;
/** Who waits and is not heard of for so long has gone, and who reads: a file that nobody reads is cut before. */
const waitLapseMs = 10_000;
const readLapseMs = 30_000;
/** Views of different entries, for each keeps rows of its own. The host's may be more. */
const viewsMost = 8;
/** For so long a reader is left in peace, though others wait for its place. */
const assuredMs = 60_000;

/** Somebody who reads, or waits to. */
export interface Reader {
  readonly isHost: boolean;
  /** The last entry that was written when it came: its file holds all up to there. */
  readonly target: number;
  /** Null: it waits. */
  view: ReadView | null;
  sinceMs: number;
  seenMs: number;
}

export class Readers {
  readonly #tables: RecordTables;
  /** By the id that a reader gives itself, in the order in which they came. */
  readonly #all = new Map<string, Reader>();

  constructor(tables: RecordTables) {
    this.#tables = tables;
  }

  has(id: string): boolean {
    return this.#all.has(id);
  }

  get(id: string): Reader | undefined {
    return this.#all.get(id);
  }

  /** A reader comes. @returns whether there is a place for it */
  add(id: string, isHost: boolean, target: number, now: number): boolean {
    if (!isHost && !this.#hasPlace(now)) return false;
    this.#all.set(id, { isHost, target, view: null, sinceMs: now, seenMs: now });
    return true;
  }

  /** A reader goes. */
  remove(id: string): void {
    const view = this.#all.get(id)?.view ?? null;
    this.#all.delete(id);
    if (view !== null) this.#tables.views.close(view);
  }

  /** Ends the readers who are not heard of any more. @returns how many are left */
  prune(now: number): number {
    for (const [id, { view, seenMs }] of this.#all)
      if (now - seenMs > (view === null ? waitLapseMs : readLapseMs)) this.remove(id);
    return this.#all.size;
  }

  /** The view of a reader who is still there. */
  viewOf(id: string, now: number): ReadView | null {
    this.prune(now);
    const reader = this.#all.get(id);
    if (reader === undefined) return null;
    reader.seenMs = now;
    return reader.view !== null && this.#tables.views.has(reader.view) ? reader.view : null;
  }

  /** Somebody waits. */
  get isAwaited(): boolean {
    return [...this.#all.values()].some(({ view }) => view === null);
  }

  /** The last entry that somebody waits for: all who wait can read then. */
  get targetOfAll(): number {
    let most = 0;
    for (const { view, target } of this.#all.values())
      if (view === null) most = Math.max(most, target);
    return most;
  }

  /** Whether there may be one more view: the host's always, another's if there are few or an old one gives way. */
  mayMoveOn({ isHost }: Reader, now: number): boolean {
    return isHost || this.#tables.views.size < viewsMost || this.#giveWay(now);
  }

  #hasPlace(now: number): boolean {
    const players = [...this.#all.values()].filter(({ isHost }) => !isHost).length;
    return players < readersMost || this.#giveWay(now);
  }

  /** Ends the view that has been read for the longest time, if that is long enough and the host does not read it. */
  #giveWay(now: number): boolean {
    const hosts = new Set<ReadView | null>();
    for (const { isHost, view } of this.#all.values()) if (isHost) hosts.add(view);
    let oldest: Reader | null = null;
    for (const reader of this.#all.values())
      if (reader.view !== null && !hosts.has(reader.view) && now - reader.sinceMs > assuredMs)
        if (oldest === null || reader.sinceMs < oldest.sinceMs) oldest = reader;
    const { view = null } = oldest ?? {};
    if (view === null) return false;
    for (const [id, reader] of this.#all) if (reader.view === view) this.remove(id);
    return true;
  }
}

/**
 * Readers of the session's tables, and those who wait to read: each has a view, so that a slow one holds up nobody.
 * Decides who may come, whose view gives way, and who has gone without a word. Knows no journal.
 */

import type { ReadView } from "./read-views.ts";
import type { RecordTables } from "./tables.ts";

/** Readers, reading or waiting: a class of a hundred that asks at once. The host is not counted. */
const readersMost = 100;
/** Time without a word after which a waiting reader has gone, and a reading one: a file that nobody reads is cut before. */
const waitLapseMs = 10_000;
const readLapseMs = 30_000;
/** Views of different entries at a time, for each keeps rows. The host's views may be beyond. */
const viewsMost = 8;
/** Time for which a reader keeps its place, though others wait for it. */
const assuredMs = 60_000;

/** A reader, reading or waiting. */
export interface Reader {
  readonly isHost: boolean;
  /** The last entry that was written when the reader came: its file holds all up to there. */
  readonly target: number;
  /** The view that it reads; null: it waits. */
  view: ReadView | null;
  sinceMs: number;
  seenMs: number;
}

export class Readers {
  readonly #tables: RecordTables;
  /** Readers by the id that each gives itself, in the order in which they came. */
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

  /** Adds a reader. @returns whether there is a place for it */
  add(id: string, isHost: boolean, target: number, now: number): boolean {
    if (!isHost && !this.#hasPlace(now)) return false;
    this.#all.set(id, { isHost, target, view: null, sinceMs: now, seenMs: now });
    return true;
  }

  /** Removes a reader, and closes its view. */
  remove(id: string): void {
    const view = this.#all.get(id)?.view ?? null;
    this.#all.delete(id);
    if (view !== null) this.#tables.views.close(view);
  }

  removeAll(): void {
    for (const id of [...this.#all.keys()]) this.remove(id);
  }

  /** Removes readers who are not heard of any more. @returns how many are left */
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

  /** Whether somebody waits. */
  get isAwaited(): boolean {
    return [...this.#all.values()].some(({ view }) => view === null);
  }

  /** The last entry that a waiting reader needs: with it all can read. */
  get targetOfAll(): number {
    let most = 0;
    for (const { view, target } of this.#all.values())
      if (view === null) most = Math.max(most, target);
    return most;
  }

  /** Whether the reader may have a new view: the host always, others if there are few or an old one gives way. */
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

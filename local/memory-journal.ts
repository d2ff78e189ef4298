/** The journal of a room in memory. What is kept of it beyond that is up to whoever hears of its commits. */

import { decodeBatch, encodeBatch } from "#game/journal/codec.ts";
import type { JournalEntry } from "#game/journal/entry.ts";
import type { Stored } from "../worker/room/turn/live-room.ts";
import type { Disk } from "../worker/room/turn/turn.ts";

/** Entries of a full journal: some hours of a lively room, and some dozen megabytes. */
const entriesMost = 100_000;

export class MemoryJournal implements Stored, Disk {
  readonly #entries: JournalEntry[];
  #written: number;
  readonly #kept: (batch: Uint8Array) => void;

  /**
   * @param batches of an earlier journal that goes on, in order. Throws if one cannot be read.
   * @param kept is called with each batch that is written
   */
  constructor(batches: readonly Uint8Array[], kept: (batch: Uint8Array) => void) {
    this.#entries = batches.flatMap((batch) => decodeBatch(batch));
    this.#written = this.#entries.length;
    this.#kept = kept;
  }

  get exists(): boolean {
    return this.#entries.length > 0;
  }
  create(): void {}
  open(): [] {
    return [];
  }

  get fullness(): number {
    return this.#entries.length / entriesMost;
  }
  get length(): number {
    return this.#entries.length;
  }
  get pending(): number {
    return this.#entries.length - this.#written;
  }

  append(entry: JournalEntry): void {
    // Copies it, as bytes would: what is handed on later must not change what was written.
    this.#entries.push(structuredClone(entry));
  }

  commit(): void {
    const batch = this.#entries.slice(this.#written);
    this.#written = this.#entries.length;
    this.#kept(encodeBatch(batch));
  }

  discard(): void {
    this.#entries.length = this.#written;
  }

  /** Memory does not fail, and is as durable as the room. */
  sync(durable: () => void): void {
    durable();
  }

  /** An entry as its bytes have it: a repeated reply is the same here as from a disk, to the order of its fields. */
  read(n: number): JournalEntry | null {
    const entry = this.#entries[n - 1];
    return entry === undefined ? null : (decodeBatch(encodeBatch([entry]))[0] ?? null);
  }

  entries(n: number): JournalEntry[] {
    return this.#entries.slice(n - 1);
  }

  snapshot(): null {
    return null;
  }
  check(): null {
    return null;
  }
}

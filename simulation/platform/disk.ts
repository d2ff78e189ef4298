/**
 * Storage of a simulated object: its journal, snapshot and notes. All changes of one event are one write, whole or not
 * at all; it becomes durable a while later, and until then a crash loses it. One write is under way at a time.
 */

import { decodeBatch, encodeBatch } from "#game/journal/codec.ts";
import type { JournalEntry } from "#game/journal/entry.ts";
import type { StateCheck } from "#game/journal/waking.ts";
import type { Message } from "#protocol";
import type { Stored } from "../../worker/room/turn/live-room.ts";
import type { Disk } from "../../worker/room/turn/turn.ts";
import type { AuditPoint } from "../audit.ts";
import { violated } from "../violation.ts";

/** A write that failed: nothing of it is kept. */
export class DiskFault extends Error {
  override readonly name = "DiskFault";
}

/** Batches kept decoded: repetitions and answers mostly ask for a recent one. */
const decodedMost = 64;

/** The entries of one commit. */
interface Batch {
  first: number;
  count: number;
  bytes: Uint8Array;
  /** Entries in the bytes, while they are likely to be read; null: not decoded. */
  decoded: JournalEntry[] | null;
}

/** Everything stored at some moment. */
interface Image {
  /** Number of the write. */
  version: number;
  batches: number;
  written: number;
  snapshot: { n: number; bytes: Uint8Array } | null;
  check: StateCheck | null;
  notes: ReadonlyMap<string, string>;
  audit: AuditPoint | null;
}

export interface DiskSabotage {
  /** Changes an entry before it is written. */
  entry?: (entry: JournalEntry) => JournalEntry;
  /** Reads of the journal by entry number find nothing. */
  hidesEntries?: boolean;
}

interface DiskAudit {
  readonly sealed: AuditPoint;
  seal(): void;
  abandonOpen(): void;
}

export class SimulatedDisk implements Stored, Disk {
  #pending: JournalEntry[] = [];
  readonly #batches: Batch[] = [];
  #image: Image = {
    ...{ version: 0, batches: 0, written: 0, snapshot: null, check: null },
    ...{ notes: new Map(), audit: null },
  };
  #durable = this.#image;
  /** Write under way; null: none. */
  #underWay: Image | null = null;
  #waiting: { version: number; durable: () => void; failed: (fault: unknown) => void }[] = [];
  /** Entries are written and not durable yet. */
  #isCommitting = false;
  /** A simulated disk has room for everything. */
  readonly fullness = 0;
  #lastSeq = 0;
  /** Index of the oldest batch kept decoded. */
  #oldestDecoded = 0;
  snapshots = 0;
  readonly #audit: DiskAudit;
  readonly #sabotage: DiskSabotage;
  /** Hears of every entry that the room appends. */
  onAppend: (entry: JournalEntry) => void = () => {};
  /** Next fault: in the middle of a turn, when a commit is written, or after that. */
  failsNext: "append" | "commit" | "sync" | null = null;

  constructor(audit: DiskAudit, sabotage: DiskSabotage) {
    this.#audit = audit;
    this.#sabotage = sabotage;
  }

  // The journal

  get exists(): boolean {
    return this.length > 0;
  }
  create(): void {}
  open(): [] {
    return [];
  }

  append(entry: JournalEntry): void {
    this.#failIf("append");
    if (entry.n !== this.length + 1 || entry.seq <= this.#lastSeq)
      violated("journal entries do not follow one another", { last: this.length, entry });
    this.#lastSeq = entry.seq;
    this.#pending.push(this.#sabotage.entry?.(entry) ?? entry);
    this.onAppend(entry);
  }

  get pending(): number {
    return this.#pending.length;
  }
  /** Number of entries, written or not. */
  get length(): number {
    return this.#image.written + this.#pending.length;
  }
  /** Number of durable entries. */
  get durable(): number {
    return this.#durable.written;
  }

  commit(): void {
    this.#failIf("commit");
    if (this.#isCommitting) violated("a commit began before the last one was durable");
    this.#isCommitting = true;
    const { batches, written } = this.#image;
    const [first, count] = [written + 1, this.#pending.length];
    this.#batches.length = batches;
    this.#batches.push({ first, count, bytes: encodeBatch(this.#pending), decoded: null });
    this.#pending = [];
    this.#audit.seal();
    this.#write({ batches: batches + 1, written: written + count, audit: this.#audit.sealed });
  }

  discard(): void {
    this.#pending = [];
    this.#lastSeq = this.#entry(this.#image.written)?.seq ?? 0;
    this.#audit.abandonOpen();
  }

  read(n: number): JournalEntry | null {
    return this.#sabotage.hidesEntries === true ? null : this.#entry(n);
  }

  *entries(n: number): Generator<JournalEntry> {
    for (let at = this.#indexOf(n); at < this.#image.batches; at++)
      for (const entry of this.#decode(this.#batches[at] as Batch)) if (entry.n >= n) yield entry;
    yield* this.#pending;
  }

  /** First reply, kept in entry `n`. */
  replyOf(n: number): Message | null {
    return this.#entry(n)?.reply ?? null;
  }

  // Snapshot and notes

  snapshot(): Uint8Array | null {
    return this.#image.snapshot?.bytes ?? null;
  }
  setSnapshot(bytes: Uint8Array): void {
    this.snapshots++;
    this.#write({ snapshot: { n: this.#image.written, bytes } });
  }
  noteSize(): void {}

  check(): StateCheck | null {
    return this.#image.check;
  }
  setCheck(check: StateCheck): void {
    this.#write({ check });
  }

  meta(key: string): string | null {
    return this.#image.notes.get(key) ?? null;
  }
  setMeta(key: string, value: string): void {
    this.#write({ notes: new Map([...this.#image.notes, [key, value]]) });
  }
  deleteMeta(key: string): void {
    this.#write({ notes: new Map([...this.#image.notes].filter(([name]) => name !== key)) });
  }

  // Time

  sync(durable: () => void, failed: (fault: unknown) => void): void {
    this.#waiting.push({ version: this.#image.version, durable, failed });
  }

  /** Number of the last write; messages sent after it wait until it is durable. */
  get version(): number {
    return this.#image.version;
  }
  get durableVersion(): number {
    return this.#durable.version;
  }
  get isClean(): boolean {
    return this.#image === this.#durable;
  }
  get isWriting(): boolean {
    return this.#underWay !== null;
  }

  /** Begins a write of all changes. @returns false if there are none, or a write is under way */
  begin(): boolean {
    if (this.#underWay !== null || this.isClean) return false;
    this.#underWay = this.#image;
    return true;
  }

  /** Makes the write under way durable. @returns the callbacks that waited for it */
  finish(): { point: AuditPoint | null; tell: (() => void)[] } {
    const done = this.#underWay ?? this.#image;
    this.#underWay = null;
    if (done.written > this.#durable.written) this.#isCommitting = false;
    this.#durable = done;
    this.#dropDecoded();
    const reached = this.#waiting.filter(({ version }) => version <= done.version);
    this.#waiting = this.#waiting.filter(({ version }) => version > done.version);
    const isFailing = this.failsNext === "sync" && reached.length > 0;
    if (isFailing) this.failsNext = null;
    const tell = reached.map(({ durable, failed }) =>
      isFailing ? () => failed(new DiskFault()) : durable,
    );
    return { point: done.audit, tell };
  }

  /** Crashes: the write under way is kept or lost whole. @returns the audit's point of the last durable commit */
  lose(keepsUnderWay: boolean): AuditPoint | null {
    if (keepsUnderWay && this.#underWay !== null) this.#durable = this.#underWay;
    this.#image = this.#durable;
    this.#underWay = null;
    this.#isCommitting = false;
    this.#waiting = [];
    this.#pending = [];
    this.#batches.length = this.#image.batches;
    this.#dropDecoded();
    this.#lastSeq = this.#entry(this.#image.written)?.seq ?? 0;
    return this.#image.audit;
  }

  // Inside

  #write(change: Partial<Image>): void {
    const { version } = this.#image;
    const isOpen = version > (this.#underWay ?? this.#durable).version;
    this.#image = { ...this.#image, ...change, version: isOpen ? version : version + 1 };
  }

  #failIf(when: "append" | "commit"): void {
    if (this.failsNext !== when) return;
    this.failsNext = null;
    throw new DiskFault();
  }

  #entry(n: number): JournalEntry | null {
    const { written } = this.#image;
    if (n > written) return this.#pending[n - written - 1] ?? null;
    const batch = this.#batches[this.#indexOf(n)];
    return batch === undefined ? null : (this.#decode(batch)[n - batch.first] ?? null);
  }

  /** Index of the batch with entry `n`, or of the last one before it. */
  #indexOf(n: number): number {
    let [from, to] = [0, this.#image.batches - 1];
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if ((this.#batches[middle]?.first ?? 0) <= n) from = middle;
      else to = middle - 1;
    }
    return from;
  }

  /** Entries of a batch, kept for the next reader: bytes never change. */
  #decode(batch: Batch): JournalEntry[] {
    return (batch.decoded ??= decodeBatch(batch.bytes));
  }

  /** Drops decoded batches, but for the newest and those that a wake would replay. */
  #dropDecoded(): void {
    const { length } = this.#batches;
    const snapshotN = this.#image.snapshot?.n ?? 0;
    for (; this.#oldestDecoded < length - decodedMost; this.#oldestDecoded++) {
      const batch = this.#batches[this.#oldestDecoded] as Batch;
      if (batch.first > snapshotN) return;
      batch.decoded = null;
    }
  }
}

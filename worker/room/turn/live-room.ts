/**
 * The room while it is in memory: made, rebuilt from its journal, left alone if it cannot be trusted, and thrown away when
 * a turn has failed. Its companions enter and leave memory with it.
 */

import type { CreateInput, JournalPort } from "#game/journal/entry.ts";
import type { Outbox } from "#game/outbox.ts";
import { Room } from "#game/room.ts";
import { bookView } from "#game/views/messages.ts";
import { wake, type Engines, type StoredRoom, type Woken } from "#game/journal/waking.ts";
import type { Message } from "#protocol";

/** A part of the object that enters and leaves memory with the room. */
export interface Companion {
  /** When it has something to do, Unix ms; null: never, if nothing changes. */
  readonly dueMs: number | null;
  /** Called when the room is in memory, for the first time or again. @param replayed entries after its snapshot */
  enter(room: Room, replayed: number, now: number): void;
  /** Called when entries were written: notes that are stored now are stored together with them. */
  written(now: number): void;
  /** Called when the room has gone, or its turn did not happen: `enter` finds again all that is due. */
  leave(): void;
}

/** The journal, as far as it is needed to make and rebuild a room. */
export interface Stored extends StoredRoom, JournalPort {
  readonly exists: boolean;
  /** About how many entries there are. */
  readonly length: number;
  /** Makes the journal of a new room. */
  create(): void;
  /** Brings an older journal to this build's format, in steps. */
  open(): Iterable<void>;
  commit(): void;
}

export interface LiveRoomPorts {
  stored: Stored;
  engines: Engines;
  clock: { now(): number; reach(lastMs: number): void };
  /** Makes an outbox for a room. */
  outbox(): Outbox;
  /** Counts the connections of a user. */
  connectionsOf(userId: number): number;
  /** Time for which the room waits for users without a connection when it wakes. */
  graceMs: number;
  companions: readonly Companion[];
  /** Entries up to which a room wakes in one turn; with more it wakes by `wakeSlowly`. */
  wokenAtOnce: number;
  wakeSlowly(out: Outbox): Promise<Woken>;
  /** Called when the journal of a new room was made, to store more with it. */
  created(): void;
  /** Called when the room was rebuilt. */
  woken(woken: Woken): void;
  /** Called when the room could not be rebuilt as it was. */
  untrusted(fault: unknown): void;
  /** Called when the room is in memory, and something may fall due. */
  entered(): void;
}

export class LiveRoom {
  readonly #ports: LiveRoomPorts;
  #room: Room | null = null;
  #isUntrusted = false;
  /** Ends when the room is rebuilt, in many turns; null: it is not being rebuilt. */
  #waking: Promise<void> | null = null;

  constructor(ports: LiveRoomPorts) {
    this.#ports = ports;
  }

  /** The room, if it is in memory. */
  get room(): Room | null {
    return this.#room;
  }

  /** Whether the room could not be rebuilt as it was: nothing is done in it any more. */
  get isUntrusted(): boolean {
    this.open();
    return this.#isUntrusted;
  }

  /** Makes the room; false if there is one already. */
  create(input: CreateInput): boolean {
    const { stored, engines, outbox, clock, created } = this.#ports;
    if (stored.exists) return false;
    stored.create();
    created();
    const room = new Room(engines.create(), stored, outbox());
    room.create(input, clock.now());
    stored.commit();
    this.#enter(room, 0);
    return true;
  }

  /** The room, rebuilt if this object has just woken; null if there is none, or none that can be trusted. */
  open(): Room | null {
    const { stored, wokenAtOnce } = this.#ports;
    if (this.#room === null && this.#isAsleep && stored.length <= wokenAtOnce) this.#wake();
    return this.#room;
  }

  /** Waits for a room that cannot be rebuilt in one turn. Every event of the platform comes through here first. */
  async awake(): Promise<void> {
    const { stored, wokenAtOnce, wakeSlowly, outbox } = this.#ports;
    if (this.#isAsleep && stored.length > wokenAtOnce)
      this.#waking = wakeSlowly(outbox())
        .then((woken) => this.#woken(woken))
        .catch((fault: unknown) => this.#distrust(fault))
        .finally(() => {
          this.#waking = null;
        });
    await this.#waking;
  }

  /** Drops the room from memory: it is deleted, or its memory may be ahead of the journal. */
  leave(): void {
    this.#room = null;
    for (const companion of this.#ports.companions) companion.leave();
  }

  /** Tells the companions that entries were written. */
  written(now: number): void {
    for (const companion of this.#ports.companions) companion.written(now);
  }

  /** When the session ends, or a companion has something to do, Unix ms; Infinity: never, if nothing changes. */
  get dueMs(): number {
    let earliest = this.#room?.clockDueMs ?? Infinity;
    for (const { dueMs } of this.#ports.companions)
      if (dueMs !== null && dueMs < earliest) earliest = dueMs;
    return earliest;
  }

  /** Makes the public book of an instrument; null if there is no room. */
  book(inst: number, depth: number): Message<"md_inc"> | null {
    const room = this.open();
    return room === null
      ? null
      : bookView(room.context, "md_inc", inst, depth, this.#ports.clock.now());
  }

  get #isAsleep(): boolean {
    const isOpen = this.#room !== null || this.#isUntrusted || this.#waking !== null;
    return !isOpen && this.#ports.stored.exists;
  }

  #wake(): void {
    const { stored, engines, outbox } = this.#ports;
    try {
      for (const _step of stored.open());
      this.#woken(wake(stored, engines, outbox()));
    } catch (fault) {
      this.#distrust(fault);
    }
  }

  #woken(woken: Woken): void {
    const { stored, clock, connectionsOf, graceMs } = this.#ports;
    const { room, replayed } = woken;
    clock.reach(stored.read(room.state.journalled)?.ts ?? 0);
    this.#ports.woken(woken);
    room.awake(connectionsOf, graceMs, clock.now());
    this.#enter(room, replayed);
  }

  #distrust(fault: unknown): void {
    this.#isUntrusted = true;
    this.#ports.untrusted(fault);
  }

  #enter(room: Room, replayed: number): void {
    const now = this.#ports.clock.now();
    this.#room = room;
    for (const companion of this.#ports.companions) companion.enter(room, replayed, now);
    this.#ports.entered();
  }
}

/**
 * Brings a room back, from its last snapshot and the journal behind it, or else from the whole journal, and proves it:
 * entries follow one another, have the outcome that was acknowledged, and lead to the state hash that was noted. A room
 * that fails is not opened, for it would trade wrong.
 */

import type { EnginePort } from "../engine-port.ts";
import type { JournalEntry, JournalPort } from "./entry.ts";
import type { Outbox } from "../outbox.ts";
import { Room } from "../room.ts";
import { JournalMismatch } from "./replaying.ts";
import { readSnapshot } from "./snapshot.ts";

/** State hash noted after entry `n`. */
export interface StateCheck {
  n: number;
  hash: string;
}

/** A room as it is stored. */
export interface StoredRoom extends JournalPort {
  /** All entries from `n` on, in order. */
  entries(n: number): Iterable<JournalEntry>;
  /** The last snapshot, or null. */
  snapshot(): Uint8Array | null;
  /** The last state hash that was noted, or null. */
  check(): StateCheck | null;
}

export interface Engines {
  create(): EnginePort;
  /** Throws if the snapshot cannot be restored. */
  restore(snapshot: Uint8Array): EnginePort;
}

export interface Woken {
  room: Room;
  /** Number of entries replayed. */
  replayed: number;
  /** Fault of a snapshot that could not be used; else null. */
  snapshotFault: unknown;
}

/** Entries replayed in one step: one or two milliseconds of work. */
const stepEntries = 128;

/** Throws a `JournalMismatch`, or the fault of decoding the journal, if the room cannot be trusted. */
export function wake(stored: StoredRoom, engines: Engines, out: Outbox): Woken {
  const steps = wakeInSteps(stored, engines, out);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** `wake` in steps, between which others may have their turns, but this room none. @yields the room so far */
export function* wakeInSteps(
  stored: StoredRoom,
  engines: Engines,
  out: Outbox,
): Generator<Room, Woken> {
  const bytes = stored.snapshot();
  let snapshotFault: unknown = null;
  if (bytes !== null) {
    try {
      const snapshot = readSnapshot(bytes);
      if (snapshot !== null) {
        const engine = engines.restore(snapshot.engine);
        const room = new Room(engine, stored, out, snapshot.state);
        return { ...(yield* replayed(room, stored)), snapshotFault };
      }
    } catch (fault) {
      snapshotFault = fault;
    }
  }
  const room = new Room(engines.create(), stored, out);
  return { ...(yield* replayed(room, stored)), snapshotFault };
}

function* replayed(
  room: Room,
  stored: StoredRoom,
): Generator<Room, { room: Room; replayed: number }> {
  const check = stored.check();
  const from = room.state.journalled + 1;
  prove(room, check);
  for (const entry of stored.entries(from)) {
    room.replay(entry);
    prove(room, check);
    if ((entry.n - from) % stepEntries === stepEntries - 1) yield room;
  }
  const { journalled } = room.state;
  if (check !== null && check.n > journalled)
    throw new JournalMismatch(journalled + 1, `is missing: there were ${check.n}`);
  return { room, replayed: journalled + 1 - from };
}

function prove(room: Room, check: StateCheck | null): void {
  if (check === null || check.n !== room.state.journalled) return;
  const hash = room.context.engine.stateHash();
  if (hash !== check.hash)
    throw new JournalMismatch(check.n, `leads to the state hash ${hash}, and not to ${check.hash}`);
}

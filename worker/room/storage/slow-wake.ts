/**
 * Wakes a room whose journal is long, one step in each turn, so that the isolate's other rooms go on meanwhile. Clients of
 * the room wait. The platform lets an object keep others out for thirty seconds at most: so the object itself makes them
 * wait, and keeps snapshots on the way, to go on from there after a kill.
 */

import type { Outbox } from "#game/outbox.ts";
import { takeSnapshot } from "#game/journal/snapshot.ts";
import { wakeInSteps, type Engines, type Woken } from "#game/journal/waking.ts";
import type { SqlJournal } from "./journal.ts";

/** Entries up to which a room wakes in one turn: a tenth of a second at most. */
export const wokenAtOnce = 10_000;
const keptEntries = 50_000;
const pauseMs = 2;

/** Wakes a room, and throws as `wake` does. @param kept entries after which a snapshot is kept on the way */
export async function wakeSlowly(
  journal: SqlJournal,
  engines: Engines,
  out: Outbox,
  kept = keptEntries,
): Promise<Woken> {
  for (const _step of journal.open()) await pause();
  const steps = wakeInSteps(journal, engines, out);
  let keptN: number | null = null;
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    const { state, context } = value;
    keptN ??= state.journalled;
    if (state.journalled - keptN >= kept) {
      journal.setSnapshot(takeSnapshot(state, context.engine));
      keptN = state.journalled;
    }
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}

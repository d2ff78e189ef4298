/**
 * Wakes a room whose journal is long, a step a turn, so that the isolate's other rooms go on meanwhile. Whoever comes to
 * the room waits. The platform gives no object more than thirty seconds during which it lets nobody in: so it is the
 * room's object that makes them wait, and what is done is kept on the way, for whoever goes on after a kill.
 */

import type { Outbox } from "#game/outbox.ts";
import { takeSnapshot } from "#game/journal/snapshot.ts";
import { wakeInSteps, type Engines, type Woken } from "#game/journal/waking.ts";
import type { SqlJournal } from "./journal.ts";

/** Entries in a journal up to which the room wakes at once: a tenth of a second at most. */
export const wokenAtOnce = 10_000;
const keptEntries = 50_000;
const pauseMs = 2;

/** Throws as `wake` does. @param kept entries after which a snapshot is kept on the way */
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

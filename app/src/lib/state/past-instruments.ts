/**
 * Names of instruments that the exchange lists no more: a round is over, and its trades and fills stay in lists. The
 * exchange sends them without symbols, so a page keeps what it has seen over a reload, in the tab's storage.
 */

import type { Instrument } from "#protocol";
import type { PastInstrument, RoomData } from "./room-data.svelte.ts";
import { loadFromTab, saveInTab } from "./tab-storage.ts";

/** Number of instruments whose names are kept, the newest ones: those of dozens of rounds. */
const mostKept = 1_000;

/** Symbols are the same for all users of a session, so that they have no owner. */
const everybody = 0;

const ownerIn = ({ session }: RoomData) =>
  session === null ? null : { sessionId: session.session_id, userId: everybody };

const pastOf = ({ id, symbol, tick_size }: Instrument): PastInstrument => ({
  ...{ id, symbol, tick_size },
});

/** Takes the instruments of a join: those that were known and are listed no more are past. */
export function relist(data: RoomData, listed: readonly Instrument[]): void {
  const owner = ownerIn(data);
  const kept = owner === null ? null : loadFromTab<PastInstrument[]>("instruments", owner);
  const before = [...(kept ?? []), ...data.listed.map(pastOf)];
  const now = new Set(listed.map(({ id }) => id));
  for (const one of before) if (!now.has(one.id)) data.retired.set(one.id, one);
  data.instruments = listed;
  keepInstruments(data);
}

/** Keeps the names of all instruments, listed or past, for a page that is loaded anew. */
export function keepInstruments(data: RoomData): void {
  const owner = ownerIn(data);
  if (owner === null) return;
  const all = [...data.retired.values(), ...data.listed.map(pastOf)];
  saveInTab("instruments", owner, all.slice(-mostKept));
}

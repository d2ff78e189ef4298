/**
 * The seats of this browser: its user in each room. A tab may have a seat of its own (opened with "join as somebody
 * else"), which comes before the browser's. A projector's seat is kept apart, so that neither takes the other's place.
 */

import type { Role } from "#protocol";
import { browserStore, tabStore, type KeyedStore } from "#lib/storage.ts";

export interface Seat {
  code: string;
  roomName: string;
  name: string;
  role: Role;
  resumeToken: string | null;
  hostToken: string | null;
  /** The passcode that the host gave the room; the server has no more than its hash. */
  passcode?: string;
  /** Time of its last use, Unix ms. */
  at: number;
  /** The server no longer has the room: it need not be asked again. */
  gone?: boolean;
}

/** The storage in which a page finds and keeps its seat in a room. */
export interface SeatStore {
  find(code: string): Seat | null;
  save(seat: Seat): void;
  remove(code: string): void;
}

const KEY = "mmg.seats";
const SCREENS_KEY = "mmg.screens";
const MOST = 12;
/** Number of rooms behind which even a room of the host's own is dropped: nothing else opens its console again. */
const MOST_HOSTED = 500;
const isHosts = (seat: Seat) => seat.hostToken !== null && seat.gone !== true;

function read(store: KeyedStore, key = KEY): Record<string, Seat> {
  try {
    return JSON.parse(store.get(key) ?? "{}") as Record<string, Seat>;
  } catch {
    return {};
  }
}

function write(store: KeyedStore, seats: Record<string, Seat>, key = KEY): void {
  const newest = Object.values(seats).sort((a, b) => b.at - a.at);
  const kept = newest.filter((seat, nth) => nth < (isHosts(seat) ? MOST_HOSTED : MOST));
  store.set(key, JSON.stringify(Object.fromEntries(kept.map((seat) => [seat.code, seat]))));
}

/** The seat to resume in this tab. */
function seatIn(code: string): Seat | null {
  return read(tabStore)[code] ?? read(browserStore)[code] ?? null;
}

/** The seats of this browser, the last used one first. */
export function recentSeats(): Seat[] {
  return Object.values(read(browserStore)).sort((a, b) => b.at - a.at);
}

/** Notes that the server no longer has the room. */
export function noteGone(code: string): void {
  const seats = read(browserStore);
  const seat = seats[code];
  if (seat) write(browserStore, { ...seats, [code]: { ...seat, gone: true } });
}

/** Removes a room from this browser's list. */
export function removeRecent(code: string): void {
  const { [code]: _removed, ...rest } = read(browserStore);
  write(browserStore, rest);
}

/** @param ownTab keeps the seat in this tab only; a tab that has a seat of its own does so anyway */
function saveSeat(seat: Seat, ownTab = false): void {
  const tab = read(tabStore);
  const store = ownTab || tab[seat.code] ? tabStore : browserStore;
  write(store, { ...read(store), [seat.code]: seat });
}

/** Removes the seat that this tab would resume. */
function removeSeat(code: string): void {
  const tab = read(tabStore);
  const store = tab[code] ? tabStore : browserStore;
  const { [code]: _gone, ...rest } = read(store);
  write(store, rest);
}

/** The seat of a host or player, in the tab if it has one of its own, else in the browser. */
export const playerSeat: SeatStore = {
  find: seatIn,
  save: (seat) => saveSeat(seat),
  remove: removeSeat,
};

/** The seat of a user who joins as somebody else, in this tab only. */
export const freshSeat: SeatStore = {
  find: () => null,
  save: (seat) => saveSeat(seat, true),
  remove: removeSeat,
};

/** The seat of a projector: lasts as long as its tab. */
export const screenSeat: SeatStore = {
  find: (code) => read(tabStore, SCREENS_KEY)[code] ?? null,
  save: (seat) =>
    write(tabStore, { ...read(tabStore, SCREENS_KEY), [seat.code]: seat }, SCREENS_KEY),
  remove(code) {
    const { [code]: _gone, ...rest } = read(tabStore, SCREENS_KEY);
    write(tabStore, rest, SCREENS_KEY);
  },
};

/** The seat by which this browser can watch a room: the player's, else the projector's. */
export const watchingSeat = (room: string) => playerSeat.find(room) ?? screenSeat.find(room);

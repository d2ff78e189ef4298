/**
 * The seats of this browser: its user in each room. A tab may have a seat of its own (opened with "join as somebody
 * else"), which comes before the browser's. A projector's seat is kept apart, so that neither takes the other's place.
 */

import type { Role } from "#protocol";

export interface Seat {
  code: string;
  roomName: string;
  name: string;
  role: Role;
  resumeToken: string | null;
  hostToken: string | null;
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

function read(store: Storage, key = KEY): Record<string, Seat> {
  try {
    return JSON.parse(store.getItem(key) ?? "{}") as Record<string, Seat>;
  } catch {
    return {};
  }
}

function write(store: Storage, seats: Record<string, Seat>, key = KEY): void {
  const kept = Object.values(seats)
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST);
  try {
    store.setItem(key, JSON.stringify(Object.fromEntries(kept.map((seat) => [seat.code, seat]))));
  } catch {
    // The seat lasts as long as the page without storage.
  }
}

/** The seat to resume in this tab. */
function seatIn(code: string): Seat | null {
  return read(sessionStorage)[code] ?? read(localStorage)[code] ?? null;
}

/** The seats of this browser, the last used one first. */
export function recentSeats(): Seat[] {
  return Object.values(read(localStorage)).sort((a, b) => b.at - a.at);
}

/** Notes that the server no longer has the room. */
export function noteGone(code: string): void {
  const seats = read(localStorage);
  const seat = seats[code];
  if (seat) write(localStorage, { ...seats, [code]: { ...seat, gone: true } });
}

/** Removes a room from this browser's list. */
export function removeRecent(code: string): void {
  const { [code]: _removed, ...rest } = read(localStorage);
  write(localStorage, rest);
}

/** @param ownTab keeps the seat in this tab only; a tab that has a seat of its own does so anyway */
function saveSeat(seat: Seat, ownTab = false): void {
  const tab = read(sessionStorage);
  const store = ownTab || tab[seat.code] ? sessionStorage : localStorage;
  write(store, { ...read(store), [seat.code]: seat });
}

/** Removes the seat that this tab would resume. */
function removeSeat(code: string): void {
  const tab = read(sessionStorage);
  const store = tab[code] ? sessionStorage : localStorage;
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
  find: (code) => read(sessionStorage, SCREENS_KEY)[code] ?? null,
  save: (seat) =>
    write(sessionStorage, { ...read(sessionStorage, SCREENS_KEY), [seat.code]: seat }, SCREENS_KEY),
  remove(code) {
    const { [code]: _gone, ...rest } = read(sessionStorage, SCREENS_KEY);
    write(sessionStorage, rest, SCREENS_KEY);
  },
};

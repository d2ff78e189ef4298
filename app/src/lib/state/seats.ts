/**
 * The seats this browser holds: who it is in which room. A tab may hold one of its own (opened with "join as
 * somebody else"), which wins over the browser's. A projector screen's seat is kept apart from both: it must take
 * no player's place, and no player its.
 */

import type { Role } from "#protocol";

export interface Seat {
  code: string;
  roomName: string;
  name: string;
  role: Role;
  resumeToken: string | null;
  hostToken: string | null;
  /** Last used, Unix ms. */
  at: number;
  /** The server no longer has the room: it need not be asked again. */
  gone?: boolean;
}

/** A place where a page looks for its seat in a room, and keeps it. */
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
    // No storage: the seat lasts as long as the page.
  }
}

/** The seat to resume in this tab. */
function seatIn(code: string): Seat | null {
  return read(sessionStorage)[code] ?? read(localStorage)[code] ?? null;
}

/** Of this browser, newest first. */
export function recentSeats(): Seat[] {
  return Object.values(read(localStorage)).sort((a, b) => b.at - a.at);
}

/** Notes that the server no longer has the room. */
export function noteGone(code: string): void {
  const seats = read(localStorage);
  const seat = seats[code];
  if (seat) write(localStorage, { ...seats, [code]: { ...seat, gone: true } });
}

/** Takes a room off this browser's list. */
export function removeRecent(code: string): void {
  const { [code]: _removed, ...rest } = read(localStorage);
  write(localStorage, rest);
}

/** @param ownTab keeps it to this tab; a tab that has its own seat keeps it anyway. */
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

/** A player's or a host's. */
export const playerSeat: SeatStore = {
  find: seatIn,
  save: (seat) => saveSeat(seat),
  remove: removeSeat,
};

/** Of somebody who sits down anew, in this tab only. */
export const freshSeat: SeatStore = {
  find: () => null,
  save: (seat) => saveSeat(seat, true),
  remove: removeSeat,
};

/** A projector screen's: lasts as long as its tab. */
export const screenSeat: SeatStore = {
  find: (code) => read(sessionStorage, SCREENS_KEY)[code] ?? null,
  save: (seat) =>
    write(sessionStorage, { ...read(sessionStorage, SCREENS_KEY), [seat.code]: seat }, SCREENS_KEY),
  remove(code) {
    const { [code]: _gone, ...rest } = read(sessionStorage, SCREENS_KEY);
    write(sessionStorage, rest, SCREENS_KEY);
  },
};

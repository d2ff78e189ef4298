/**
 * The seats this browser holds: who it is in which room. A tab may hold one of its own (opened with "join as
 * somebody else"), which wins over the browser's.
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
}

const KEY = "mmg.seats";
const MOST = 12;

function read(store: Storage): Record<string, Seat> {
  try {
    return JSON.parse(store.getItem(KEY) ?? "{}") as Record<string, Seat>;
  } catch {
    return {};
  }
}

function write(store: Storage, seats: Record<string, Seat>): void {
  const kept = Object.values(seats)
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST);
  try {
    store.setItem(KEY, JSON.stringify(Object.fromEntries(kept.map((seat) => [seat.code, seat]))));
  } catch {
    // No storage: the seat lasts as long as the page.
  }
}

/** The seat to resume in this tab. */
export function seatIn(code: string): Seat | null {
  return read(sessionStorage)[code] ?? read(localStorage)[code] ?? null;
}

/** Of this browser, newest first. */
export function recentSeats(): Seat[] {
  return Object.values(read(localStorage)).sort((a, b) => b.at - a.at);
}

/** @param ownTab keeps it to this tab; a tab that has its own seat keeps it anyway. */
export function saveSeat(seat: Seat, ownTab = false): void {
  const tab = read(sessionStorage);
  const store = ownTab || tab[seat.code] ? sessionStorage : localStorage;
  write(store, { ...read(store), [seat.code]: seat });
}

/** Forgets the seat that this tab would resume. */
export function forgetSeat(code: string): void {
  const tab = read(sessionStorage);
  const store = tab[code] ? sessionStorage : localStorage;
  const { [code]: _gone, ...rest } = read(store);
  write(store, rest);
}

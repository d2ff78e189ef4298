/**
 * Limits the work beside trading that all rooms of the isolate do at a time: rebuilding sessions for their files and for
 * the archive, and reading them. Kept for the isolate, because all its rooms share one thread.
 */

import { Seats } from "./seats.ts";

const hourMs = 3_600_000;
const lapseMs = 10_000;

/** Entries up to which a session's tables are brought up to date without waiting for long sessions. */
const shortEntries = 5_000;

/** Sessions whose tables are being brought up to date, each with a second engine in memory. */
const short = new Seats<object>({ seats: 2, lapseMs, mostMs: hourMs });
const long = new Seats<object>({ seats: 2, lapseMs, mostMs: hourMs });

/** @param entries that the tables of the session lack */
export function catchUpSeats(entries: number): Seats<object> {
  return entries <= shortEntries ? short : long;
}

/** Pages being read, with the pause before each: by players and the archive, and apart from them by hosts. */
const pages = new Seats<object>({ seats: 2, lapseMs, mostMs: hourMs });
const hostsPages = new Seats<object>({ seats: 1, lapseMs, mostMs: hourMs });

export function pageSeatsOf(isHost: boolean): Seats<object> {
  return isHost ? hostsPages : pages;
}

/**
 * What all rooms of the isolate may do of the work that is not trading at a time: rebuilding sessions for their files and
 * for the archive, and reading them. Known to the isolate and to no room, for they share one thread.
 */

import { Seats } from "./seats.ts";

const hourMs = 3_600_000;
const lapseMs = 10_000;

/** Entries up to which a session is caught up without waiting for the long ones. */
const shortEntries = 5_000;

/** Sessions that follow their journals, each with a second engine in memory. */
const short = new Seats<object>({ seats: 2, lapseMs, mostMs: hourMs });
const long = new Seats<object>({ seats: 2, lapseMs, mostMs: hourMs });

/** @param entries how many are to be caught up with */
export function catchUpSeats(entries: number): Seats<object> {
  return entries <= shortEntries ? short : long;
}

/** Pages being read, with the pause before each: by players and the archive, and by hosts, whom those do not keep. */
const pages = new Seats<object>({ seats: 2, lapseMs, mostMs: hourMs });
const hostsPages = new Seats<object>({ seats: 1, lapseMs, mostMs: hourMs });

export function pageSeatsOf(isHost: boolean): Seats<object> {
  return isHost ? hostsPages : pages;
}

/**
 * Limits the work beside trading that all rooms of the isolate do at a time: rebuilding sessions for their files and for
 * the archive, and reading them. Kept for the isolate, because all its rooms share one thread.
 */

import { serverClock } from "../clock.ts";
import { Seats } from "./seats.ts";

const hourMs = 3_600_000;
const lapseMs = 10_000;
/**
 * Time after which a page that is not read yet holds up nobody: a page takes some milliseconds, and a request that its
 * client breaks off ends in the midst, without giving its place on.
 */
const pageLapseMs = 500;

/** Entries up to which a session's tables are brought up to date without waiting for long sessions. */
const shortEntries = 5_000;

/** Sessions whose tables are being brought up to date, each with a second engine in memory. */
const short = new Seats<object>({ seats: 2, lapseMs, mostMs: hourMs });
const long = new Seats<object>({ seats: 2, lapseMs, mostMs: hourMs });

/** @param entries that the tables of the session lack */
export function catchUpSeats(entries: number): Seats<object> {
  return entries <= shortEntries ? short : long;
}

/** Gives the seat on: whoever had it keeps no second engine any more. */
export function giveCatchUpSeat(key: object): void {
  for (const seats of [short, long]) seats.give(key);
}

/**
 * Pages being read, with the pause before each: by players and the archive, and apart from them by hosts; and out of D1,
 * which on a server of one's own shares the thread as well.
 */
const pages = new Seats<object>({ seats: 2, lapseMs: pageLapseMs, mostMs: hourMs });
const hostsPages = new Seats<object>({ seats: 1, lapseMs: pageLapseMs, mostMs: hourMs });

const sessionPages = new Seats<object>({ seats: 1, lapseMs: pageLapseMs, mostMs: hourMs });

const pollMs = 5;

/** A place where pages are read: pauses before each let the other rooms have their turns. */
export interface Pace {
  seats: Seats<object>;
  /**
   * Pause before a page. A chain of answers within the process is no pause, however many turns it has: while one is ready,
   * the runtime looks for nothing that has come from outside.
   */
  pauseMs: number;
}

const ofPlayers: Pace = { seats: pages, pauseMs: 8 };
const ofHosts: Pace = { seats: hostsPages, pauseMs: 8 };

/** Pages of a room's own tables, each a millisecond's work, and two where it becomes a file. */
export function paceOfRoom(isHost: boolean): Pace {
  return isHost ? ofHosts : ofPlayers;
}

/** Pages of sessions that are over, for all who read them: a whole class comes at once, for the log of one session. */
export const paceOfSessions: Pace = { seats: sessionPages, pauseMs: 6 };

/** Reads a page when its turn has come. */
export async function paced<T>({ seats, pauseMs }: Pace, read: () => T | Promise<T>): Promise<T> {
  const key = {};
  try {
    while (!seats.take(key, serverClock.now())) await wait(pollMs);
    await wait(pauseMs);
    return await read();
  } finally {
    seats.give(key);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

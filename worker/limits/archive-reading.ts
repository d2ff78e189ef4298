/** The pace at which this server reads and clears its archive. */

import { apart, type Reading } from "../archive/reading.ts";
import type { Env } from "../env.ts";
import { paced, paceOfSessions } from "./heavy-work.ts";

/** Pace where D1 and all rooms are one thread: a page is some milliseconds of its time. */
const besides: Reading = { rows: 400, pieces: 4, page: (work) => paced(paceOfSessions, work) };

export function readingOf({ SELF_HOSTED }: Pick<Env, "SELF_HOSTED">): Reading {
  return SELF_HOSTED === undefined ? apart : besides;
}

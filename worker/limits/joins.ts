/**
 * Limits the people that one address brings into one room: four hundred at once, enough for a class of two hundred and
 * its reloads, and then one every two seconds. Comebacks by token are not counted. Kept for the isolate:
 * docs/adr/0009-limits-in-the-isolate.md.
 */

import { Quotas } from "./quotas.ts";

const joins = new Quotas({ burst: 400, perSec: 0.5 });

/** Counts a newcomer. @returns 0, or the milliseconds for which no newcomer is let in */
export function takeJoin(room: string, address: string, now: number): number {
  return joins.take(`${room} ${address}`, now);
}

/**
 * How many people one address brings into one room: enough for a class of two hundred and its reloads at once, and then
 * one every two seconds. Who comes back by token is not counted. Kept for the isolate: docs/adr/0009-limits-in-the-isolate.md.
 */

import { Quotas } from "./quotas.ts";

const atOnce = 400;
const perMs = 1 / 2_000;

const joins = new Quotas(atOnce, perMs);

/** Counts one who comes in anew. @returns 0, or for how many milliseconds nobody may */
export function takeJoin(room: string, address: string, now: number): number {
  return joins.take(`${room} ${address}`, now);
}

/** All mistakes, and how one is planted. A new one goes into the list of its place in the engine. */

import { cancels } from "./cancels.mjs";
import { engine } from "./engine.mjs";
import { host } from "./host.mjs";
import { ladder } from "./ladder.mjs";
import { matching } from "./matching.mjs";
import { memory } from "./memory.mjs";
import { money } from "./money.mjs";
import { orders } from "./orders.mjs";
import { queues } from "./queues.mjs";
import { quotes } from "./quotes.mjs";
import { risk } from "./risk.mjs";
import { settlement } from "./settlement.mjs";
import { snapshot } from "./snapshot.mjs";

/** @typedef {import("./mutation.d.ts").Mutation} Mutation */

/** @type {Mutation[]} */
export const mutations = [
  ...matching,
  ...queues,
  ...ladder,
  ...risk,
  ...orders,
  ...quotes,
  ...cancels,
  ...host,
  ...money,
  ...settlement,
  ...snapshot,
  ...memory,
  ...engine,
];

/**
 * Plants a mistake.
 * @param {string} source the text of the mutation's file
 * @param {Mutation} mutation
 * @returns the text with the mistake in it
 * @throws if its place is not there exactly once
 */
export function plant(source, { name, file, before, after }) {
  const places = source.split(before).length - 1;
  if (places !== 1) throw new Error(`${name}: found ${places} times in ${file}, not once.`);
  return source.replace(before, () => after);
}

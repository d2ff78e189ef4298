/** Fields that several requests have, and the rules for numbers and texts that come from outside. */

import * as v from "valibot";
import { sideSchema } from "./choices.ts";
import { wholesome } from "./text/text.ts";

export const number = (meaning: string) => v.pipe(v.number(), v.finite(), v.description(meaning));
export const text = (max: number, meaning: string) =>
  v.pipe(v.string(), v.maxLength(max), wholesome(), v.description(meaning));
export const flag = (meaning: string) => v.pipe(v.boolean(), v.description(meaning));
export const id = (meaning: string) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.description(meaning));

const cidText = v.pipe(v.string(), v.regex(/^\P{C}{1,64}$/u, "1 to 64 printable characters"));
/** @param meaning for the docs */
export const cidOf = (meaning: string) => v.optional(v.pipe(cidText, v.description(meaning)));
export const cid = cidOf(
  "The client's own id of the request: comes back in every reply, makes a repeat harmless.",
);

export const inst = id("Instrument id.");
export const price = number("Price in display units, on the tick grid.");
export const qty = number("Quantity: a positive whole number, a multiple of the lot size.");
export const userId = id("User id; absent: everybody.");
export const side = v.pipe(sideSchema, v.description("`buy` or `sell`."));

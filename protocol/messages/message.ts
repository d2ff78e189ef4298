/** Parts of messages: their form, and the fields that many of them have. */

import * as v from "valibot";

export const real = v.number();
export const int = v.pipe(v.number(), v.safeInteger());
export const maybe = v.nullable(v.number());
export const stamp = {
  ts: v.pipe(real, v.description("Unix milliseconds.")),
  seq: v.pipe(int, v.description("The room's event number.")),
};
/** Fields of what may be the answer to a request. */
export const reply = {
  cid: v.optional(v.string()),
  duplicate: v.optional(v.pipe(v.boolean(), v.description("The stored first reply to this cid."))),
};

/** @param text says in the docs who gets it, and when, beside the answer to a request */
export const message = <const T extends string, E extends v.ObjectEntries>(
  type: T,
  text: string,
  fields: E,
) => v.pipe(v.object({ type: v.literal(type), ...fields }), v.description(text));

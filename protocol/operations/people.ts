/** Operations on people's names and seats, for the host, and for a trader who names nobody else. */

import * as v from "valibot";
import { id } from "../fields.ts";
import type { Operations } from "./operation.ts";

const ofPeople = {
  who: ["exchange", "trader"],
  changes: true,
  isPublic: false,
  rate: "seldom",
} as const;

/** Texts of names are bounded here; `normalizeName` has the rule for their characters. */
const nameText = v.pipe(v.string(), v.maxLength(256), v.description("1-24 characters."));

export const peopleOperations = {
  rename: {
    ...ofPeople,
    whenFull: "refused",
    reply: ["user_renamed"],
    text: "Changes a name: the exchange anybody's at any time, a trader the own one before the first trade, which `user_id` need not say. A name is refused as on joining. Everybody gets `user_renamed`.",
    fields: { user_id: v.optional(id("Whose name; absent: your own.")), name: nameText },
  },
} satisfies Operations;

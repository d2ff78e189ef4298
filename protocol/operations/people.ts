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
  seat_code: {
    ...ofPeople,
    whenFull: "reserve",
    reply: ["seat_code"],
    text: "Hands out a code, and a link with it, that opens a seat from another device: the exchange for any trader or spectator, a trader for the own seat, which `user_id` need not say. It works once, within ten minutes; a new one takes the place of the seat's last. A `join` with it is as good as one with the resume token, which is made anew: the old token is void, and connections that the seat has are closed (4001). Twenty wrong codes in a room void all that are outstanding.",
    fields: { user_id: v.optional(id("Whose seat; absent: your own.")) },
  },
  host_link: {
    ...ofPeople,
    who: ["exchange"],
    whenFull: "reserve",
    reply: ["host_link"],
    text: "Hands out a link with which one more device or person becomes the exchange. It works once, within ten minutes: its secret, behind `#host=`, is the `host_token` of a `join` as `exchange`, whose `join_ack` brings a `host_token` to come back with.",
    fields: {},
  },
} satisfies Operations;

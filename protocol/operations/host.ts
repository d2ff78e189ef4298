/** The host's operations. */

import * as v from "valibot";
import { instrumentTypeSchema, lensSchema, nextSessionStateSchema } from "../choices.ts";
import { flag, id, inst, number, price, text, userId } from "../fields.ts";
import { limits } from "../limits.ts";
import { playSettingsFields } from "../play-settings.ts";
import { wholesome } from "../text/text.ts";
import type { Operations } from "./operation.ts";

const host = { who: ["exchange"], changes: true, rate: "others" } as const;
const ofMarket = { ...host, isPublic: true } as const;
const ofPeople = { ...host, isPublic: false } as const;

export const hostOperations = {
  add_instrument: {
    ...ofMarket,
    whenFull: "refused",
    reply: ["instrument_added"],
    text: "Lists a scalar, or an option on one. Everybody gets `instrument_added`.",
    fields: {
      symbol: text(limits.symbolLength, "Unique in the room."),
      description: v.optional(
        text(limits.descriptionLength, "What is traded, for people to read."),
      ),
      type: instrumentTypeSchema,
      tick_size: v.optional(number("Default 0.01.")),
      lot_size: v.optional(number("Default 1.")),
      tick_value: v.optional(
        number("Money that one unit of price is worth, a contract. Default 1."),
      ),
      reference_id: v.optional(id("Options: the underlying scalar.")),
      strike: v.optional(number("Options: the strike, in the underlying's price.")),
      min_price: v.optional(price),
      max_price: v.optional(price),
      halted: v.optional(flag("Starts halted.")),
      opening_price: v.optional(
        number("Where ladders start: on the grid and within the bounds. It is no quote."),
      ),
    },
  },
  edit_instrument: {
    ...ofMarket,
    whenFull: "refused",
    reply: ["instrument_edited"],
    text: "Changes what an instrument is called, while nothing has been traded in it, or hides it: its orders are cancelled, and it takes none until it is shown again. Everybody gets `instrument_edited`.",
    fields: {
      inst,
      symbol: v.optional(text(limits.symbolLength, "Unique in the room.")),
      description: v.optional(text(limits.descriptionLength, "Empty: none.")),
      hidden: v.optional(flag("true hides it, false shows it again.")),
    },
  },
  halt: {
    ...ofMarket,
    whenFull: "reserve",
    reply: ["halt"],
    text: "Halts or resumes trading, in one instrument or in all that are not settled. Everybody gets one `halt` an instrument.",
    fields: { inst: v.optional(inst), on: flag("true halts, false resumes.") },
  },
  settle: {
    ...ofMarket,
    whenFull: "always",
    reply: ["settlement"],
    text: "Gives an instrument its final value and pays every position. A scalar takes its unsettled options along: everybody gets an `option_expired` for each of them, ahead of the `settlement`.",
    fields: { inst, value: number("Final value; for an option its underlying's.") },
  },
  resettle: {
    ...ofMarket,
    whenFull: "always",
    reply: ["settlement"],
    text: "Corrects the final value of a settled instrument while the session is not closed: every payout becomes the one at the new value. Options that were settled with a scalar follow. Everybody gets the messages of `settle` again, with `corrected`.",
    fields: { inst, value: number("New final value; for an option its underlying's.") },
  },
  expire_option: {
    ...ofMarket,
    whenFull: "always",
    reply: ["option_expired"],
    text: "Settles one option at a value of its underlying, which itself goes on.",
    fields: { inst, spot_price: number("The underlying's final value.") },
  },
  pull_quotes: {
    ...ofMarket,
    whenFull: "reserve",
    reply: ["quotes_pulled"],
    text: "Cancels every order in an instrument. Trading goes on.",
    fields: { inst },
  },
  update_tick_size: {
    ...ofMarket,
    whenFull: "refused",
    reply: ["quotes_pulled", "tick_size_updated"],
    text: "Changes the tick size. Every order in the instrument is cancelled first: everybody gets `quotes_pulled`, then `tick_size_updated`, which carries the `cid`.",
    fields: { instrument_id: inst, tick_size: number("New tick size.") },
  },
  set_limits: {
    ...ofPeople,
    whenFull: "refused",
    reply: ["limits"],
    text: "Changes the limits that it names, of one trader or of all, those who join later included. The traders concerned and the exchange get `limits`.",
    fields: {
      user_id: v.optional(userId),
      max_position: v.optional(number("Contracts an instrument, long or short.")),
      max_order_qty: v.optional(number("Contracts an order.")),
      max_open_orders: v.optional(number("Resting orders.")),
      max_loss: v.optional(number("Money; 0 takes the limit away.")),
      orders_per_sec: v.optional(number("Rate and burst of new orders, replaces and quotes.")),
    },
  },
  kill_switch: {
    ...ofPeople,
    whenFull: "reserve",
    reply: ["kill_switch"],
    text: "Cancels all orders of one trader, or of all, and refuses new ones while it is on. Everybody gets `kill_switch`.",
    fields: { user_id: v.optional(userId), on: v.boolean() },
  },
  kick: {
    ...ofPeople,
    whenFull: "reserve",
    reply: ["user_left"],
    text: "Removes a trader or a spectator: orders are cancelled, tokens are void, the connection is closed (4003). Positions stay. Everybody gets `user_left`.",
    fields: { user_id: id("Who leaves.") },
  },
  news: {
    // News for named users only are left out of everybody else's files (worker/archive/filter.ts).
    ...ofMarket,
    whenFull: "refused",
    reply: ["news"],
    text: "Says something to everybody, or to the users named in `to` and the exchange; also once the session is closed, such as where the game goes on. The archive has what was said before.",
    fields: {
      text: v.pipe(
        v.string(),
        v.trim(),
        v.minLength(1),
        v.maxLength(limits.newsLength),
        wholesome(true),
      ),
      to: v.optional(v.pipe(v.array(id("A user.")), v.maxLength(300))),
    },
  },
  session: {
    ...ofMarket,
    whenFull: "always",
    reply: ["session"],
    text: "Opens, pauses or closes the session. In a lobby `open` begins it, and there is nothing to pause; a session never goes back into the lobby. `closed` is final: orders are cancelled, nothing but reading and the exchange's `news` is taken any more, and the session is archived.",
    fields: {
      state: nextSessionStateSchema,
      ends_at: v.optional(number("Unix milliseconds: an open session pauses by itself then.")),
    },
  },
  set_lens: {
    ...ofMarket,
    whenFull: "refused",
    reply: ["lens"],
    text: "Says who may have the pages mark quotes that lock in a gain. Everybody gets `lens`. It concerns the pages only: the books that it looks at are everybody's at any time.",
    fields: { lens: lensSchema },
  },
  settings: {
    ...ofMarket,
    whenFull: "refused",
    reply: ["settings"],
    text: "Changes settings of the game: those that it names. Everybody gets `settings`, with all of them. A round is scored by the settings at its settlement.",
    fields: playSettingsFields,
  },
} satisfies Operations;

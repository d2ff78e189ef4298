/** Operations on the bots of a room: programs that the room itself runs. */

import * as v from "valibot";
import { botKindSchema } from "../choices.ts";
import { id } from "../fields.ts";
import { limits } from "../limits.ts";
import type { Operations } from "./operation.ts";

const ofHost = { who: ["exchange"], changes: true, rate: "others", isPublic: true } as const;

export const botOperations = {
  bot_add: {
    ...ofHost,
    whenFull: "refused",
    reply: ["bots_added"],
    text: "Seats bots, which the room runs: they see what traders see, act a few times a second at most, under a trader's limits, and rest while no person is connected. Everybody gets a `user_joined` each.",
    fields: {
      kind: botKindSchema,
      name: v.optional(
        v.pipe(
          v.string(),
          v.maxLength(256),
          v.description(
            "1-24 characters; several bots get a number behind it. Default: one of its kind.",
          ),
        ),
      ),
      count: v.optional(
        v.pipe(
          v.number(),
          v.integer(),
          v.minValue(1),
          v.maxValue(limits.botsAtOnce),
          v.description("How many; default 1."),
        ),
      ),
    },
  },
  bot_remove: {
    ...ofHost,
    whenFull: "reserve",
    reply: ["user_left"],
    text: "Removes a bot: its orders are cancelled, its positions stay. Everybody gets `user_left`.",
    fields: { user_id: id("The bot.") },
  },
  bot_take: {
    ...ofHost,
    whenFull: "refused",
    reply: ["seat"],
    text: "Has a bot trade the seat of a trader who is not connected, under that trader's limits, until the trader is back or the host releases the seat. Everybody gets `seat`.",
    fields: {
      user_id: id("Whose seat."),
      kind: v.optional(v.pipe(botKindSchema, v.description("Default `maker`."))),
    },
  },
  bot_release: {
    ...ofHost,
    whenFull: "reserve",
    reply: ["seat"],
    text: "Ends a bot's trading of somebody's seat; its open orders are cancelled. Everybody gets `seat`.",
    fields: { user_id: id("Whose seat.") },
  },
} satisfies Operations;

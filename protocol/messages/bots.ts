/** Messages about the bots of a room. */

import * as v from "valibot";
import { botKindSchema, clientKindSchema } from "../choices.ts";
import { int, message, reply, stamp } from "./message.ts";

const kind = v.pipe(v.nullable(botKindSchema), v.description("null: its person does."));

export const botMessages = {
  bots_added: message("bots_added", "To the exchange that asked; everybody gets `user_joined`.", {
    user_ids: v.pipe(v.array(int), v.description("The new bots.")),
    ...stamp,
    ...reply,
  }),
  user_marked: message(
    "user_marked",
    "To everybody: a trader came by another client, or has entered ten orders a second in three of the last ten seconds.",
    {
      user_id: int,
      client: clientKindSchema,
      fast: v.pipe(v.boolean(), v.description("Faster than a hand can; for the whole session.")),
      ...stamp,
      ...reply,
    },
  ),
  seat: message(
    "seat",
    "To everybody: a bot trades somebody's seat, or its person is back or the host has released it.",
    { user_id: int, bot: kind, ...stamp, ...reply },
  ),
  bots_said: message(
    "bots_said",
    "To everybody, after `round_result`, and when a session without a round is closed: each bot says in a sentence what it did and why.",
    {
      round: v.pipe(v.nullable(int), v.description("null: of the whole session.")),
      bots: v.pipe(
        v.array(v.object({ user_id: int, kind: botKindSchema, text: v.string() })),
        v.description("Each with its sentence."),
      ),
    },
  ),
};

/** Answers to who comes in. */

import * as v from "valibot";
import { lensSchema, roleSchema } from "../choices.ts";
import { closingFields } from "../debrief.ts";
import { instrumentSchema, limitsSchema, sessionSchema, userSchema } from "../objects.ts";
import { playSettingsSchema } from "../play-settings.ts";
import { tradeMessage } from "./market.ts";
import { int, message, real, reply } from "./message.ts";
import { newsMessage } from "./room.ts";
import { fillMessage } from "./trading.ts";

export const entryMessages = {
  room_created: message("room_created", "`host_token` is shown this once.", {
    room_code: v.string(),
    host_token: v.string(),
    join_url: v.string(),
    ...reply,
  }),
  join_ack: message("join_ack", "`users` holds everybody who has not been kicked.", {
    user_id: int,
    name: v.string(),
    role: roleSchema,
    resume_token: v.string(),
    host_token: v.optional(
      v.pipe(
        v.string(),
        v.description(
          "To who came by a `host_link` only: the token to come back with as exchange.",
        ),
      ),
    ),
    room_code: v.string(),
    instruments: v.array(instrumentSchema),
    users: v.array(userSchema),
    session: sessionSchema,
    lens: lensSchema,
    settings: playSettingsSchema,
    limits: limitsSchema,
    trades: v.pipe(v.array(tradeMessage), v.description("The last public trades, oldest first.")),
    fills: v.pipe(v.array(fillMessage), v.description("Your own last fills, oldest first.")),
    news: v.pipe(
      v.array(newsMessage),
      v.description("The news that you have been sent, oldest first."),
    ),
    server_time: real,
    seq: int,
    resumed: v.boolean(),
    protocol: int,
    ...closingFields,
    ...reply,
  }),
};

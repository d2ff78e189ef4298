/** Messages about the room and its people, and answers to what is none of the room's business. */

import * as v from "valibot";
import { botKindSchema, lensSchema, roleSchema } from "../choices.ts";
import { closingFields } from "../debrief.ts";
import { errorText, type ErrorCode } from "../errors.ts";
import { limitsSchema, sessionSchema } from "../objects.ts";
import { playSettingsSchema } from "../play-settings.ts";
import { int, message, real, reply, stamp } from "./message.ts";

const expiry = v.pipe(real, v.description("Unix milliseconds from which on it opens nothing."));

export const newsMessage = message("news", "To those whom it is for, and the exchange.", {
  text: v.string(),
  to: v.nullable(v.array(int)),
  ...stamp,
  ...reply,
});

export const roomMessages = {
  limits: message("limits", "To the traders concerned and the exchange.", {
    user_id: v.nullable(int),
    limits: limitsSchema,
    ...stamp,
    ...reply,
  }),
  kill_switch: message("kill_switch", "To everybody.", {
    user_id: v.nullable(int),
    on: v.boolean(),
    ...stamp,
    ...reply,
  }),
  news: newsMessage,
  session: message("session", "To everybody, also when the session's clock runs out.", {
    ...sessionSchema.entries,
    ...closingFields,
    ...stamp,
    ...reply,
  }),
  lens: message("lens", "To everybody.", {
    lens: lensSchema,
    ...stamp,
    ...reply,
  }),
  settings: message("settings", "To everybody: the settings of the game.", {
    ...playSettingsSchema.entries,
    ...stamp,
    ...reply,
  }),
  user_joined: message("user_joined", "To everybody: a user came, or came back.", {
    user_id: int,
    name: v.string(),
    role: roleSchema,
    bot: v.optional(v.pipe(botKindSchema, v.description("Of a bot: its kind."))),
  }),
  user_renamed: message("user_renamed", "To everybody: a user has another name.", {
    user_id: int,
    name: v.string(),
    role: roleSchema,
    ...stamp,
    ...reply,
  }),
  seat_code: message("seat_code", "To who asked for it only.", {
    user_id: int,
    code: v.pipe(v.string(), v.description("Six digits.")),
    url: v.pipe(v.string(), v.description("The room's page, with the code behind `#seat=`.")),
    expires_at: expiry,
    ...stamp,
    ...reply,
  }),
  host_link: message("host_link", "To who asked for it only.", {
    url: v.pipe(v.string(), v.description("The room's page, with the secret behind `#host=`.")),
    expires_at: expiry,
    ...stamp,
    ...reply,
  }),
  user_left: message(
    "user_left",
    "To everybody: a user's last connection ended, or the host removed the user.",
    {
      user_id: int,
      name: v.string(),
      role: roleSchema,
      reason: v.picklist(["disconnected", "kicked"]),
      ...reply,
    },
  ),
  export_complete: message("export_complete", "A link for each file.", {
    room_code: v.string(),
    session_id: v.string(),
    files: v.array(v.object({ name: v.string(), url: v.string() })),
    debrief_url: closingFields.debrief_url,
    ...reply,
  }),
  replay_led: message(
    "replay_led",
    "To everybody: the host shows a moment of the session's replay, or leads no more.",
    {
      on: v.boolean(),
      at: v.pipe(int, v.description("Lines of the log up to the moment.")),
      speed: v.pipe(real, v.description("How many times as fast as it was.")),
      playing: v.pipe(v.boolean(), v.description("Whether it goes on by itself.")),
      ...reply,
    },
  ),
  error: message("error", "Reply to a request that was refused: nothing was changed by it.", {
    code: v.picklist(Object.keys(errorText) as [ErrorCode, ...ErrorCode[]]),
    message: v.string(),
    op: v.nullable(v.string()),
    ...reply,
  }),
  pong: message("pong", "The server's time.", {
    timestamp: v.optional(v.union([v.number(), v.string()])),
    server_time: real,
    ...reply,
  }),
};

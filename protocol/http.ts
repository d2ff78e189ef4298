/** Bodies of the HTTP endpoints. */

import * as v from "valibot";
import { lensSchema, sessionStateSchema } from "./choices.ts";
import { playSettingsSchema } from "./play-settings.ts";
import { chosenFormatSchema, roomSettingsSchema } from "./rooms.ts";

const count = v.pipe(v.number(), v.integer());

/** Answer of `POST /api/rooms`. */
export const roomCreatedSchema = v.object({
  room: v.string(),
  host_token: v.string(),
  join_url: v.string(),
  ws_url: v.string(),
});
export type RoomCreated = v.InferOutput<typeof roomCreatedSchema>;

/** Answer of `GET /api/addresses`. */
export const addressesSchema = v.object({
  origins: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(300))),
    v.description("Origins under which other computers reach the server, the best first."),
  ),
});
export type Addresses = v.InferOutput<typeof addressesSchema>;

/** Answer of `GET /api/rooms/{room}`. */
export const roomSummarySchema = v.object({
  room: v.string(),
  name: v.string(),
  state: sessionStateSchema,
  passcode_required: v.boolean(),
  traders: v.number(),
  spectators: v.number(),
  max_traders: v.number(),
  instruments: v.number(),
  trades: v.number(),
  created_at: v.number(),
  session_id: v.string(),
});
export type RoomSummary = v.InferOutput<typeof roomSummarySchema>;

/** One game in the answer of `GET /api/formats`. */
export const formatDescriptionSchema = v.object({
  id: v.pipe(v.string(), v.description("The `format` of `round_start`.")),
  title: v.string(),
  summary: v.pipe(v.string(), v.description("One sentence.")),
  minutes: v.pipe(v.number(), v.description("How long a round takes, with its review.")),
  seats: v.object({ min: v.number(), max: v.number() }),
  teaches: v.array(v.string()),
  params: v.pipe(
    v.record(v.string(), v.unknown()),
    v.description("JSON Schema of `params`, with bounds and defaults."),
  ),
  explain: v.pipe(v.string(), v.description("The game for players, with its defaults.")),
  notes: v.pipe(
    v.string(),
    v.description("For the teacher: what to ask before, what to show after."),
  ),
});
export type FormatDescription = v.InferOutput<typeof formatDescriptionSchema>;

/** Body of `POST /api/rooms/{room}/setup`. */
export const setupBodySchema = v.object({
  format: v.pipe(chosenFormatSchema, v.description("The game and its parameters.")),
});

/** Answer of `POST /api/rooms/{room}/setup`. */
export const setupSchema = v.object({
  setup: v.pipe(v.string(), v.description("Its name, for `round_start`.")),
  format: chosenFormatSchema,
});
export type Setup = v.InferOutput<typeof setupSchema>;

/** Answer of `GET /api/rooms/{room}/setup`. */
export const lastSetupSchema = v.object({
  setup: v.pipe(v.nullable(v.string()), v.description("null: the room has none.")),
  format: v.nullable(chosenFormatSchema),
});
export type LastSetup = v.InferOutput<typeof lastSetupSchema>;

/** Answer of `GET /api/rooms/{room}/stats`. */
export const roomStatsSchema = v.object({
  seq: v.pipe(v.number(), v.description("The room's event number.")),
  journalled: v.pipe(v.number(), v.description("Rows of the journal.")),
  trades: v.number(),
  open_orders: v.number(),
  traders: v.number(),
  spectators: v.number(),
  connected: v.pipe(v.number(), v.description("Users with an open connection.")),
  sockets: v.number(),
  strangers: v.pipe(v.number(), v.description("Sockets that have not joined yet.")),
  unread_bytes_most: v.pipe(
    v.number(),
    v.description("What the slowest reader has left unread, bytes."),
  ),
  stored_bytes: v.pipe(v.number(), v.description("Size of the room's database, bytes.")),
  users: v.pipe(
    v.array(
      v.object({
        user_id: v.number(),
        connections: v.pipe(v.number(), v.description("Open connections that have joined.")),
        requests: v.pipe(
          v.number(),
          v.description("Frames of the last 10 s, malformed ones included, without pings."),
        ),
        rejects: v.pipe(v.number(), v.description("Refusals of the last 10 s.")),
      }),
    ),
    v.description("Everybody who has not been kicked, the host included."),
  ),
  settings: v.pipe(
    v.object({
      on_disconnect: roomSettingsSchema.entries.on_disconnect.wrapped,
      lens: lensSchema,
      mark_lots: count,
      ...playSettingsSchema.entries,
    }),
    v.description(
      "Chosen when the room was created; all but `on_disconnect` and `mark_lots` can be changed since.",
    ),
  ),
});
export type RoomStats = v.InferOutput<typeof roomStatsSchema>;

const byLabel = (what: string) => v.pipe(v.record(v.string(), count), v.description(what));

/** Answer of `GET /api/stats`. */
export const statsSchema = v.object({
  started_at: v.pipe(v.nullable(v.number()), v.description("Unix ms of the first request.")),
  uptime_s: count,
  rooms: v.pipe(count, v.description("Rooms with open sockets.")),
  sockets: v.pipe(count, v.description("Open sockets.")),
  trades: count,
  messages: v.pipe(count, v.description("Messages to a client.")),
  frames: v.pipe(count, v.description("Frames that carried them.")),
  books: v.pipe(count, v.description("Changed books, each sent to a whole room.")),
  rebuilds: v.pipe(count, v.description("Rooms rebuilt from their journals.")),
  requests: byLabel("Requests understood, by operation."),
  rejects: byLabel("Refusals sent, by error code."),
  closes: byLabel("Sockets closed by the server, by close code; 4008: slow consumers."),
  limited: byLabel("What was refused by a limit of the server, by limit."),
  http: byLabel("Answers over HTTP, by status."),
  commits: v.object({
    count,
    sum_ms: v.number(),
    buckets: v.pipe(
      v.array(count),
      v.description("Up to 1, 2, 5, 10, 20, 50, 100, 250, 1000 ms, and more."),
    ),
  }),
});

/** Every refusal over HTTP. */
export const httpErrorSchema = v.object({
  error: v.object({ code: v.string(), message: v.string() }),
});
export type HttpError = v.InferOutput<typeof httpErrorSchema>;

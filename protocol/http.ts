/** Bodies of the HTTP endpoints. */

import * as v from "valibot";
import { sessionStateSchema } from "./client.ts";

/** Answer of `POST /api/rooms`. */
export const roomCreatedSchema = v.object({
  room: v.string(),
  host_token: v.string(),
  join_url: v.string(),
  ws_url: v.string(),
});
export type RoomCreated = v.InferOutput<typeof roomCreatedSchema>;

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

/** Every refusal over HTTP. */
export const httpErrorSchema = v.object({
  error: v.object({ code: v.string(), message: v.string() }),
});
export type HttpError = v.InferOutput<typeof httpErrorSchema>;

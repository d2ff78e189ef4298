/** Changes a room's data by messages about its session: its state, its close and its settings. */

import type { Message } from "#protocol";
import type { Batch } from "../batch.ts";
import type { RoomData } from "../room-data.svelte.ts";
import type { Reducers } from "./reducer.ts";

function session(data: RoomData, message: Message<"session">, batch: Batch): void {
  const { state, ends_at, session_id, room_name } = message;
  const before = data.session;
  data.session = { state, ends_at, session_id, room_name };
  takeClosing(data, message);
  if (before?.state === state) return;
  const endedAt = before?.ends_at ?? Infinity;
  const timeUp = state === "paused" && endedAt <= message.ts;
  batch.events.push({ type: "session", state, timeUp });
}

export function takeClosing(
  data: RoomData,
  { debrief_url: url, log_hash: hash }: Pick<Message<"session">, "debrief_url" | "log_hash">,
): void {
  data.debriefUrl = url ?? data.debriefUrl;
  data.logHash = hash ?? data.logHash;
}

function lens(data: RoomData, message: Message<"lens">, batch: Batch): void {
  if (data.lens === message.lens) return;
  data.lens = message.lens;
  batch.events.push({ type: "lens", lens: message.lens });
}

function settings(data: RoomData, message: Message<"settings">, batch: Batch): void {
  const { scoring, min_trades, bots, names } = message;
  if (data.settings.scoring !== scoring) batch.events.push({ type: "scoring", scoring });
  data.settings = { scoring, min_trades, bots, names };
}

export const sessionReducers: Reducers = {
  session,
  lens,
  settings,
};

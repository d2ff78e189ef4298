/** The HTTP endpoints of rooms, with their answers checked. A refusal is a value with a sentence; nothing is thrown. */

import * as v from "valibot";
import {
  httpErrorSchema,
  roomCreatedSchema,
  roomStatsSchema,
  roomSummarySchema,
  type CreateRoomBody,
  type RoomCreated,
  type RoomStats,
  type RoomSummary,
} from "#protocol";
import { netWords } from "./words.ts";

export type HttpAnswer<T> = { ok: true; value: T } | { ok: false; status: number; message: string };

async function call<T>(
  schema: v.GenericSchema<unknown, T>,
  path: string,
  init?: RequestInit,
): Promise<HttpAnswer<T>> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    return { ok: false, status: 0, message: netWords.unreachable };
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const read = v.safeParse(schema, body);
    if (read.success) return { ok: true, value: read.output };
  }
  const refusal = v.safeParse(httpErrorSchema, body);
  const message = refusal.success
    ? refusal.output.error.message
    : netWords.strange(response.status);
  return { ok: false, status: response.ok ? 502 : response.status, message };
}

export function createRoom(body: CreateRoomBody): Promise<HttpAnswer<RoomCreated>> {
  return call(roomCreatedSchema, "/api/rooms", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** A room's public facts; status 404 if there is no such room. */
export function roomSummary(code: string): Promise<HttpAnswer<RoomSummary>> {
  return call(roomSummarySchema, `/api/rooms/${code}`);
}

/** @param bearer the host's token, of the room or of the seat */
export function roomStats(code: string, bearer: string): Promise<HttpAnswer<RoomStats>> {
  const headers = { authorization: `Bearer ${bearer}` };
  return call(roomStatsSchema, `/api/rooms/${code}/stats`, { headers });
}

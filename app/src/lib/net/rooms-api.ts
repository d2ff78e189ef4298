/** The HTTP endpoints of rooms, with their answers checked. A refusal is a value with a sentence; nothing is thrown. */

import * as v from "valibot";
import {
  addressesSchema,
  formatDescriptionSchema,
  httpErrorSchema,
  lastSetupSchema,
  roomCreatedSchema,
  roomStatsSchema,
  roomSummarySchema,
  setupSchema,
  type Addresses,
  type ChosenFormat,
  type CreateRoomBody,
  type FormatDescription,
  type LastSetup,
  type RoomCreated,
  type RoomStats,
  type RoomSummary,
  type Setup,
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

/** Addresses under which others reach the server; it tells them to its own computer only. */
export function reachableOrigins(): Promise<HttpAnswer<Addresses>> {
  return call(addressesSchema, "/api/addresses");
}

/** The games that rooms can play. */
export function listFormats(): Promise<HttpAnswer<FormatDescription[]>> {
  return call(v.array(formatDescriptionSchema), "/api/formats");
}

/** The game with which the host's console opens. @param bearer the host's token, of the room or of the seat */
export function lastSetup(code: string, bearer: string): Promise<HttpAnswer<LastSetup>> {
  const headers = { authorization: `Bearer ${bearer}` };
  return call(lastSetupSchema, `/api/rooms/${code}/setup`, { headers });
}

/** Posts a game with its parameters, however long they are. @returns its name for `round_start` */
export function postSetup(
  code: string,
  bearer: string,
  format: ChosenFormat,
): Promise<HttpAnswer<Setup>> {
  return call(setupSchema, `/api/rooms/${code}/setup`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    body: JSON.stringify({ format }),
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

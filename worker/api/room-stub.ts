/** The Worker's side of a room object. */

import type { CreateInput } from "#game/journal/entry.ts";
import {
  limits,
  normalizePasscode,
  normalizeRoomCode,
  sessionIdOf,
  untrustedText,
  type CreateRoomBody,
  type PlaySettings,
} from "#protocol";
import { serverClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { limitsOf } from "../limits/server-limits.ts";
import { counted } from "../metrics.ts";
import { passcodeHash, randomRoomCode, randomToken, sha256Hex } from "../room/secrets.ts";
import { httpError, noSuchRoom, tooMany } from "./errors.ts";

/** The settings of the game among those of a new room. */
function playOf({
  scoring,
  min_trades,
  bots,
  names,
}: NonNullable<CreateRoomBody["settings"]>): Partial<PlaySettings> {
  return {
    ...(scoring && { scoring }),
    ...(min_trades !== undefined && { min_trades }),
    ...(bots && { bots }),
    ...(names && { names }),
  };
}

export interface NewRoom {
  room: string;
  hostToken: string;
}

export function roomStub(env: Env, room: string): DurableObjectStub {
  return env.ROOM.get(env.ROOM.idFromName(room));
}

/** Asks the room's object, by path. */
export function askRoom(
  env: Env,
  room: string,
  path: string,
  init?: RequestInit,
): Promise<Response> {
  return roomStub(env, room).fetch(`https://room${path}`, init);
}

/**
 * Routes to ask where an object knows no newer one: during a deploy it may be of an earlier build than the Worker, and
 * answers 404 then, as if there were no room. A room that has a summary counts as one with a vacancy.
 */
const earlierRoutes: Readonly<Record<string, string>> = { "/vacancy": "/summary" };

/**
 * Asks a room by a code from outside. Makes no object for a code that belongs to no room, where that can be known.
 * @param address the client's, by which wrong codes are counted
 * @returns the room's answer; 404: there is no such room; 429: too many wrong codes came from this address
 */
export async function reachRoom(
  env: Env,
  address: string,
  spelled: string,
  path: string,
  init?: RequestInit,
): Promise<Response> {
  const room = normalizeRoomCode(spelled);
  if (room === null) return noSuchRoom();
  const { codes } = limitsOf(env);
  const waitMs = codes.attempt(address, room, serverClock.now());
  if (waitMs > 0) {
    counted.limited.add("lookups");
    return tooMany(waitMs);
  }
  if (!(await mayExist(env, room))) return noSuchRoom();
  let answer = await askRoom(env, room, path, init);
  const earlier = earlierRoutes[path];
  if (answer.status === 404 && earlier !== undefined) answer = await askRoom(env, room, earlier);
  if (answer.status === 404) return noSuchRoom();
  if (answer.status === 429) return tooMany(limits.joinDeadlineMs);
  if (answer.status === 503) return httpError(503, "INTERNAL", untrustedText);
  codes.found(address, room);
  return answer;
}

/**
 * Looks for the room's file: workerd makes one for every object that is asked anything, and keeps it. Cloudflare stores
 * nothing for an object that writes nothing: there the object itself is asked.
 */
async function mayExist({ ROOM, ROOM_FILES }: Env, room: string): Promise<boolean> {
  if (ROOM_FILES === undefined) return true;
  const file = `https://files/${ROOM.idFromName(room).toString()}.sqlite`;
  return (await ROOM_FILES.fetch(file, { method: "HEAD" })).ok;
}

/**
 * Makes a room's object under a fresh code.
 * @param address the client's, which finds the room from now on however often it mistakes codes
 * @param openHost the first to ask becomes the exchange (rooms made by `create_room` on `/ws`)
 */
export async function createRoomObject(
  env: Env,
  address: string,
  body: CreateRoomBody,
  openHost: boolean,
): Promise<NewRoom> {
  const hostToken = randomToken();
  for (let attempt = 0; attempt < 20; attempt++) {
    const room = randomRoomCode();
    const input: CreateInput = {
      op: "$create",
      room,
      sessionId: sessionIdOf(room, crypto.randomUUID()),
      name: body.name?.trim() || "Market making game",
      template: body.template ?? "empty",
      settings: {
        onDisconnect: body.settings?.on_disconnect ?? "keep",
        markLots: body.settings?.mark_lots ?? limits.markLotsDefault,
        lens: body.settings?.lens ?? "off",
        start: body.settings?.start ?? "open",
        play: playOf(body.settings ?? {}),
      },
      hostTokenHash: await sha256Hex(hostToken),
      passcodeHash: body.passcode
        ? await passcodeHash(room, normalizePasscode(body.passcode))
        : null,
      openHost,
    };
    const made = await askRoom(env, room, "/create", {
      method: "POST",
      body: JSON.stringify(input),
    });
    if (made.status === 201) {
      limitsOf(env).codes.made(address, room);
      return { room, hostToken };
    }
    if (made.status !== 409) throw new Error(`room object answered ${made.status} to create`);
  }
  throw new Error("no free room code found");
}

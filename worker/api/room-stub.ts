/** The Worker's side of a room object. */

import type { CreateInput } from "#game/journal.ts";
import type { CreateRoomBody } from "#protocol";
import type { Env } from "../env.ts";
import { passcodeHash, randomRoomCode, randomToken, sha256Hex } from "../room/secrets.ts";

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
 * Makes a room under a fresh code.
 * @param openHost the first to ask becomes the exchange (rooms made by `create_room` on `/ws`)
 */
export async function createRoom(
  env: Env,
  body: CreateRoomBody,
  openHost: boolean,
): Promise<NewRoom> {
  const hostToken = randomToken();
  for (let attempt = 0; attempt < 20; attempt++) {
    const room = randomRoomCode();
    const input: CreateInput = {
      op: "$create",
      room,
      sessionId: crypto.randomUUID(),
      name: body.name?.trim() || "Market making game",
      template: body.template ?? "empty",
      settings: { onDisconnect: body.settings?.on_disconnect ?? "keep" },
      hostTokenHash: await sha256Hex(hostToken),
      passcodeHash: body.passcode ? await passcodeHash(room, body.passcode) : null,
      openHost,
    };
    const made = await askRoom(env, room, "/create", {
      method: "POST",
      body: JSON.stringify(input),
    });
    if (made.status === 201) return { room, hostToken };
    if (made.status !== 409) throw new Error(`room object answered ${made.status} to create`);
  }
  throw new Error("no free room code found");
}

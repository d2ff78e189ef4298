/** Rooms for bots that reconnect by themselves, on a server that is stopped under them. */

import { expect } from "vitest";
import type { LineBot } from "./line-bot.ts";
import { WireRoom } from "./wire-room.ts";

/** Makes a room with two scalars and limits that no bot reaches. */
export async function openBotRoom(base: string): Promise<WireRoom> {
  const room = await WireRoom.make(base);
  (await room.hostWith("X", "Y")).close();
  return room;
}

/** Waits until every bot has all its answers. */
export async function settled(all: LineBot[]): Promise<void> {
  await expect.poll(() => all.filter((bot) => !bot.isSettled).map(({ name }) => name)).toEqual([]);
}

/** A room for traders' programs that come back by themselves, on a server that is stopped under them. */

import { expect } from "vitest";
import type { LineBot } from "./line-bot.ts";
import { WireClient } from "./wire-client.ts";

export interface BotRoom {
  /** The server's, `http://host:port`. */
  base: string;
  room: string;
  hostToken: string;
}

/** Where a client connects to. */
export const addressOf = ({ base, room }: BotRoom): string =>
  `${base.replace("http", "ws")}/ws/${room}`;

export async function openHost(room: BotRoom): Promise<WireClient> {
  const host = await WireClient.open(addressOf(room));
  await host.join("Exchange", "exchange", { host_token: room.hostToken });
  return host;
}

/** Two scalars, and limits that no bot comes near. */
export async function openBotRoom(base: string): Promise<BotRoom> {
  const answer = await fetch(`${base}/api/rooms`, { method: "POST", body: "{}" });
  const made = (await answer.json()) as { room: string; host_token: string };
  const room = { base, room: made.room, hostToken: made.host_token };
  const host = await openHost(room);
  for (const symbol of ["X", "Y"])
    await host.ask("add_instrument", { symbol, type: "SCALAR", tick_size: 1 });
  const most = { max_open_orders: 10_000, max_position: 1_000_000 };
  await host.ask("set_limits", { orders_per_sec: 1_000, ...most });
  host.close();
  return room;
}

/** Waits until every bot has all its answers. */
export async function settled(all: LineBot[]): Promise<void> {
  await expect
    .poll(() => {
      for (const bot of all) bot.look();
      return all.filter((bot) => !bot.isSettled).map(({ name }) => name);
    })
    .toEqual([]);
}

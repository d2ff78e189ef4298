/** A busy room for pictures and load on the screens: seeded bots quote and trade around a wandering price. */

import { crowd, listings, names } from "#lib/testing/crowd.ts";
import { WireClient } from "./wire-client.ts";

export interface LivelyRoom {
  room: string;
  hostToken: string;
  link: string;
  host: WireClient;
  traders: WireClient[];
  /** Plays one round: every trader quotes or trades once. */
  step: () => void;
  /** Plays so many rounds, at a pace that can be watched. */
  play: (rounds: number) => Promise<void>;
  close: () => void;
}

export async function livelyRoom(url: string, people: number): Promise<LivelyRoom> {
  const answer = await fetch(`${url}/api/rooms`, {
    method: "POST",
    body: JSON.stringify({ name: "Friday game", settings: { lens: "always" } }),
  });
  const {
    room,
    host_token: hostToken,
    join_url: link,
  } = (await answer.json()) as Record<string, string> & {
    room: string;
    host_token: string;
    join_url: string;
  };
  const address = `${url.replace("http", "ws")}/ws/${room}`;
  const host = await WireClient.open(address);
  await host.join("Exchange", "exchange", { host_token: hostToken });
  for (const listing of listings) await host.ask("add_instrument", listing);
  const traders: WireClient[] = [];
  for (const name of names.slice(0, people)) {
    const trader = await WireClient.open(address);
    await trader.join(name);
    trader.keep = false;
    traders.push(trader);
  }
  const movesOf = crowd();
  const step = () => {
    for (const [index, move] of movesOf(traders.length).entries()) traders[index]?.send(move);
  };
  const play = async (rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      step();
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  };
  const close = () => {
    for (const client of [host, ...traders]) client.close();
  };
  return { room, hostToken, link, host, traders, step, play, close };
}

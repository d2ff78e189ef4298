/** A busy room for pictures and load on the screens: seeded bots quote and trade around a wandering price. */

import { RoomClient, type ClientOptions } from "#client/room-client.ts";
import { crowd, listings, names, type Move } from "#lib/testing/crowd.ts";
import { WireRoom } from "./wire-room.ts";

export interface LivelyRoom {
  room: string;
  hostToken: string;
  link: string;
  host: RoomClient;
  /** Plays one round: every trader quotes or trades once. */
  step: () => void;
  /** Plays so many rounds, at a pace that can be watched. */
  play: (rounds: number) => Promise<void>;
  close: () => void;
}

export async function livelyRoom(url: string, people: number): Promise<LivelyRoom> {
  const body = { name: "Friday game", settings: { lens: "always" } } as const;
  const { room, hostToken, link } = await WireRoom.make(url, body);
  const enter = async (who: Partial<ClientOptions>) => {
    const client = new RoomClient({ url, room, ...who });
    const joined = await client.join();
    if (!joined.ok) throw new Error(joined.message);
    return client;
  };
  const host = await enter({ name: "Exchange", role: "exchange", hostToken });
  for (const listing of listings) await host.ask("add_instrument", listing);
  const traders: RoomClient[] = [];
  for (const name of names.slice(0, people)) traders.push(await enter({ name }));
  const movesOf = crowd();
  const step = () => {
    for (const [index, move] of movesOf(traders.length).entries()) act(traders[index], move);
  };
  const play = async (rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      step();
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  };
  const close = () => {
    for (const client of [host, ...traders]) client.leave();
  };
  return { room, hostToken, link, host, step, play, close };
}

function act(trader: RoomClient | undefined, { op, ...fields }: Move): void {
  void trader?.ask(op, fields);
}

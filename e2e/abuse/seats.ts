/** Attacks on the seats of a room: by coming and going, by sitting on all of them, by fights for one. */

import { expect } from "vitest";
import { WireClient } from "../support/wire-client.ts";
import { pause, say, type Arena, type Attack, type AttackerSeat } from "./arena.ts";
import type { GoodRoom } from "./good-room.ts";
import type { AttackKind } from "./kind.ts";

/** Users who come and go in the long proof, even past its time: more than a room has ids for. */
const people = 1_100;
const peopleInShort = 150;

function comeAndGo(role: "trader" | "spectator"): Attack {
  return {
    name: `${people} who come and go as ${role}`,
    least: peopleInShort,
    run: async (arena) => {
      arena.begin();
      let n = 0;
      const one = async () => {
        while (n < (arena.seconds < 10 ? peopleInShort : people) || !arena.isOver) {
          const who = { name: `${role} ${++n}`, role };
          const seat = await come(arena, who, n);
          seat?.socket.terminate();
          if (seat !== null) arena.acts++;
          else await pause(20);
        }
      };
      await Promise.all(Array.from({ length: 8 }, one));
    },
  };
}

async function come(
  arena: Arena,
  who: { name: string; role: "trader" | "spectator" },
  n: number,
): Promise<AttackerSeat | null> {
  return arena.seat(`/ws/${arena.good}`, who, `127.0.0.${2 + (n % 100)}`).catch(() => null);
}

function sitEverywhere(role: "trader" | "spectator"): Attack {
  return {
    name: `every seat of a ${role}`,
    least: 10,
    run: (arena) =>
      arena.loop(
        async (n) => {
          if ((await come(arena, { name: `${role} ${n}`, role }, n)) === null)
            throw new Error("full");
        },
        { atOnce: 8 },
      ),
  };
}

/** Expects that host, projector and a new trader get in, and that the summary counts the people present. */
async function everybodyGetsIn({ room }: GoodRoom): Promise<void> {
  const clients = [await room.host(), await room.open()];
  await clients[1]!.join("Projector", "spectator", { host_token: room.hostToken });
  await expect
    .poll(
      async () => {
        const trader = await WireClient.open(room.address);
        const { type } = await trader.ask("join", { name: "Latecomer", role: "trader" });
        clients.push(trader);
        return type;
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe("join_ack");
  await expect
    .poll(async () => {
      const answer = await fetch(`${room.base}/api/rooms/${room.room}`);
      return (await answer.json()) as object;
    })
    .toMatchObject({ traders: 4, spectators: 1 });
  for (const client of clients) client.close();
  await expect.poll(() => clients.every(({ closed }) => closed !== null)).toBe(true);
}

export const seats: AttackKind = {
  after: everybodyGetsIn,
  attacks: [
    comeAndGo("spectator"),
    comeAndGo("trader"),
    sitEverywhere("spectator"),
    sitEverywhere("trader"),
    {
      name: "two who fight for one seat",
      least: 5,
      run: async (arena) => {
        const { token } = await arena.seat(`/ws/${arena.good}`, { name: "torn" });
        await arena.loop(
          () => arena.seat(`/ws/${arena.good}`, { name: "", resume_token: token }, "127.0.0.3"),
          { atOnce: 4 },
        );
      },
    },
    {
      name: "people kicked who come back",
      least: 3,
      run: async (arena) => {
        const own = await arena.ownRoom(1);
        await arena.loop(async (n) => {
          const { userId, socket } = await arena.seat(own.room.path, { name: `back ${n}` });
          say(own.host.socket, { op: "kick", user_id: userId });
          await new Promise((resolve) => socket.once("close", resolve));
        });
      },
    },
    {
      name: "names of others, and what looks like them",
      least: 5,
      run: (arena) => {
        const names = [
          "ann",
          "Ann",
          "аnn",
          "ＡＮＮ",
          "a\u200bnn",
          "Exchange",
          "Ехchange",
          "ben\u0301",
        ];
        return arena.loop(
          async (n) => {
            const socket = await arena.socket(undefined, `127.0.0.${2 + (n % 20)}`);
            for (const name of names) say(socket, { op: "join", name, role: "trader" });
            await new Promise((resolve) => socket.once("message", resolve));
            socket.terminate();
          },
          { atOnce: 4 },
        );
      },
    },
  ],
};

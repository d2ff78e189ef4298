/** Attacks on sending: a few requests, all allowed, after each of which a room sends hundreds of messages. */

import { answerOf, pause, say, type Arena, type Attack, type OwnRoom } from "./arena.ts";
import type { AttackKind } from "./kind.ts";

const address = (n: number) => `127.0.0.${2 + (n % 4)}`;

/** Opens so many more sockets of the host, with books at depth 50. */
async function watch(arena: Arena, { room }: OwnRoom, count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await arena.seat(
      room.path,
      { name: `eye ${n}`, role: "exchange", host_token: room.hostToken, depth: 50, ...room.named },
      address(n),
    );
}

async function list(own: OwnRoom, more: number): Promise<void> {
  for (let n = 0; n < more; n++) {
    say(own.host.socket, { op: "add_instrument", symbol: `I${n}`, type: "SCALAR", tick_size: 1 });
    await answerOf(own.host.socket, "instrument_added");
  }
}

const resting = (n: number) => ({
  ...{ op: "order_new", inst: 1, side: "sell", qty: 1, price: 500 + (n % 3) },
});
const sweep = (qty: number) => ({ op: "order_new", inst: 1, side: "buy", qty, type: "market" });

/** One order takes thousands, and every watcher gets a message for each trade. */
const sweeps: Attack = {
  name: "one order against thousands before two hundred who watch",
  run: async (arena) => {
    const own = await arena.ownRoom(20);
    say(own.host.socket, { op: "set_limits", max_order_qty: 1_000_000 });
    await watch(arena, own, 200);
    await arena.fill(own, 4_000, resting);
    arena.begin();
    say(own.sockets[0]!, sweep(4_000));
    while (!arena.isOver) {
      await arena.fill(own, 400, resting);
      say(own.sockets[0]!, sweep(400));
      arena.acts++;
    }
  },
};

export const output: AttackKind = {
  settings: { ROOMS_PER_HOUR: "100000" },
  attacks: [
    sweeps,
    {
      name: "books of sixty instruments to sixty sockets",
      run: async (arena) => {
        const own = await arena.ownRoom(20);
        await list(own, 59);
        await watch(arena, own, 60);
        await arena.flood(own.sockets, (n) => ({
          ...{ op: "quote", inst: 1 + (n % 60), bid: 100 + (n % 50), bid_qty: 1 + (n % 9) },
          ...{ ask: 160 + (n % 50), ask_qty: 1 + (n % 9) },
        }));
      },
    },
    {
      name: "news to two hundred sockets",
      run: async (arena) => {
        const own = await arena.ownRoom(1);
        await watch(arena, own, 200);
        await arena.flood([own.host.socket], (n) => ({
          ...{ op: "news", text: `${n} ${"n".repeat(480)}` },
        }));
      },
    },
    {
      name: "everybody's positions to a hundred sockets of the host",
      run: async (arena) => {
        const own = await arena.ownRoom(30);
        await list(own, 29);
        await watch(arena, own, 100);
        await arena.flood(own.sockets, (n) => ({
          ...{ op: "order_new", inst: 1 + (Math.floor(n / 2) % 30), qty: 1, price: 100 },
          side: n % 2 === 0 ? "buy" : "sell",
        }));
      },
    },
    {
      name: "answers that nobody reads, of two addresses",
      run: (arena) => {
        const requests = "GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(4);
        return arena.loop(
          async (n) => {
            arena.line(requests, address(n % 2)).pause();
            await pause(10);
          },
          { atOnce: 20 },
        );
      },
    },
    {
      name: "orders in twenty rooms of one address",
      run: async (arena) => {
        const rooms: OwnRoom[] = [];
        for (let n = 0; n < 20; n++) rooms.push(await arena.ownRoom(1));
        await arena.flood(
          rooms.flatMap(({ sockets }) => sockets),
          (n) => ({ ...resting(n), tif: "IOC" }),
        );
      },
    },
  ],
};

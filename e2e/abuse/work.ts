/** Attacks on the server's time and disk by one user or one room: requests that cost much in one frame. */

import { pause, say, type Attack, type Arena, type OwnRoom } from "./arena.ts";
import type { AttackKind } from "./kind.ts";

/** An attack of some traders in a room of their own, which is filled before. */
function byTraders(
  name: string,
  frame: (n: number) => object,
  { traders = 1, orders = 0 }: { traders?: number; orders?: number } = {},
): Attack {
  return {
    name,
    run: async (arena) => {
      const own = await arena.ownRoom(traders);
      if (orders > 0) await arena.fill(own, orders, deepBook);
      await arena.flood(own.sockets, frame);
    },
  };
}

/** An attack by the host of another room. */
function byHost(name: string, frame: (n: number) => object, prepare?: Prepare): Attack {
  return {
    name,
    run: async (arena) => {
      const own = await arena.ownRoom(4);
      await prepare?.(arena, own);
      await arena.flood([own.host.socket], frame);
    },
  };
}
type Prepare = (arena: Arena, own: OwnRoom) => Promise<void>;

const deepBook = (n: number) => ({
  ...{ op: "order_new", inst: 1, qty: 1, price: n % 2 === 0 ? 1 + (n % 400) : 500 + (n % 400) },
  side: n % 2 === 0 ? "buy" : "sell",
});
const ids = (count: number, from: number) => Array.from({ length: count }, (_, n) => from + n);
const longCid = (n: number) => `${n}-`.padEnd(64, "c");
const broken = `{"op":"order_new","inst":1,${" ".repeat(16_200)}`;

export const work: AttackKind = {
  settings: { ROOMS_PER_HOUR: "100000" },
  attacks: [
    byTraders("cancel_inst with one id 8,000 times", () => ({
      ...{ op: "cancel_inst", inst: 1, order_ids: Array.from({ length: 8_000 }, () => 1) },
    })),
    byTraders("cancel_inst with 3,000 ids", (n) => ({
      ...{ op: "cancel_inst", inst: 1, order_ids: ids(3_000, n % 100) },
    })),
    byTraders("cancel_inst with 500 gone ids and a fresh cid", (n) => ({
      ...{ op: "cancel_inst", inst: 1, order_ids: ids(500, 1_000 + n), cid: longCid(n) },
    })),
    byTraders("refused orders with cids of 64 characters", (n) => ({
      ...{ op: "order_new", inst: 1, side: "buy", qty: 0, price: 1, cid: longCid(n) },
    })),
    byTraders(
      "replaces at full rate",
      (n) => ({ op: "replace", order_id: 1 + (n % 1_000), price: 1 + (n % 300) }),
      { traders: 4, orders: 1_000 },
    ),
    byTraders(
      "quotes at full rate",
      (n) => ({
        ...{ op: "quote", inst: 1, bid: 100 + (n % 50), bid_qty: 1 + (n % 9) },
        ...{ ask: 160 + (n % 50), ask_qty: 1 + (n % 9) },
      }),
      { traders: 4 },
    ),
    byTraders(
      "market orders through a deep book",
      (n) =>
        n % 50 === 0
          ? { op: "order_new", inst: 1, side: "buy", qty: 1_000, type: "market" }
          : { op: "order_new", inst: 1, side: "sell", qty: 10, price: 500 + (n % 400) },
      { traders: 4, orders: 1_000 },
    ),
    byTraders("get_orders at full rate", () => ({ op: "get_orders" }), {
      traders: 4,
      orders: 2_000,
    }),
    byTraders(
      "get_positions and get_pnl at full rate",
      (n) => ({ op: n % 2 === 0 ? "get_positions" : "get_pnl" }),
      { traders: 4 },
    ),
    byTraders("snapshots of depth 50", () => ({ op: "get_snapshot", inst: 1 }), {
      ...{ traders: 8, orders: 2_000 },
    }),
    byTraders(
      "orders of twenty traders at a thousand a second each",
      (n) => ({ ...deepBook(n), price: 100 + (n % 7) }),
      { traders: 20 },
    ),
    byTraders(
      "fill-or-kill orders against a long book",
      () => ({ op: "order_new", inst: 1, side: "buy", qty: 1_000_000, price: 1e6, tif: "FOK" }),
      { traders: 8, orders: 4_000 },
    ),
    {
      name: "broken frames of 16 KiB, nineteen a line",
      least: 19,
      run: (arena) =>
        arena.loop(
          async () => {
            const socket = await arena.socket();
            for (let n = 0; n < 19; n++) say(socket, broken);
            await pause(50);
            socket.terminate();
          },
          { atOnce: 20 },
        ),
    },
    byHost("news by another host at full rate", (n) => ({
      ...{ op: "news", text: `${n} ${"n".repeat(480)}` },
    })),
    byHost(
      "limits, kill switches, halts by another host",
      (n) =>
        [
          { op: "set_limits", max_loss: n % 1_000 },
          { op: "kill_switch", on: n % 2 === 0 },
          { op: "halt", on: n % 3 === 0 },
          { op: "pull_quotes", inst: 1 },
        ][n % 4]!,
    ),
    byHost(
      "tick sizes of a deep book by another host",
      (n) => ({ op: "update_tick_size", instrument_id: 1, tick_size: [1, 0.5, 0.25][n % 3] }),
      (arena, own) => arena.fill(own, 1_000, deepBook),
    ),
    byHost("sessions that pause and open", (n) => ({
      ...{ op: "session", state: n % 2 === 0 ? "paused" : "open" },
    })),
  ],
};

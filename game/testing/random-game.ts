/** A seeded game: everybody sends requests of every kind, valid and invalid. */

import type { Request } from "#protocol";
import { TestRoom, type TestUser } from "./room.ts";
import { seeded } from "./table.ts";

export interface RandomGame {
  room: TestRoom;
  host: TestUser;
  traders: TestUser[];
}

/**
 * Plays `count` requests in a new room and settles the first instrument. The session stays open.
 * @param crashEvery the room is thrown away and rebuilt from its journal after so many requests
 */
export function playRandomGame(seed: number, count: number, crashEvery = Infinity): RandomGame {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  const room = new TestRoom({ onDisconnect: seed % 2 === 0 ? "cancel" : "keep" });
  const host = room.join("Exchange", "exchange");
  const traders = ["ann", "ben", "cat", "dan", "eve"].map((name) => room.join(name));
  host.ask("set_limits", { orders_per_sec: 1_000 });

  const inst = () =>
    random() < 0.7 ? 1 + below(4) : 1 + below(room.room.state.instruments.length + 1);
  const price = () => {
    const off = random() < 0.05 ? 0.001 : 0;
    return Number(((below(30) - 5) * pick([0.5, 1]) + off).toFixed(3));
  };
  const qty = () => (random() < 0.03 ? pick([0, -1, 1.5, 1e9]) : 2 * (1 + below(20)));
  const side = () => pick(["buy", "sell"] as const);
  const lastId = () => traders.at(0)!.all("order_ack").at(-1)?.order_id ?? 1;
  const orderId = () => Math.max(1, lastId() - below(60) + 5);

  const tradersOps: (() => Request)[] = [
    () => ({ op: "order_new", inst: inst(), side: side(), qty: qty(), price: price() }),
    () => ({ op: "order_new", inst: inst(), side: side(), qty: qty(), price: price() }),
    () => ({
      ...{ op: "order_new", inst: inst(), side: side(), qty: qty(), price: price() },
      ...{ tif: pick(["IOC", "FOK"] as const) },
    }),
    () => ({
      ...{ op: "order_new", inst: inst(), side: side(), qty: qty(), price: price() },
      post_only: true,
    }),
    () => ({ op: "order_new", inst: inst(), side: side(), qty: qty(), type: "market" }),
    () => ({
      ...{ op: "quote", inst: inst(), bid: price(), bid_qty: 2 * below(10) },
      ...{ ask: price() + 3, ask_qty: 2 * below(10), post_only: random() < 0.3 },
    }),
    () => ({ op: "replace", order_id: orderId(), price: price() }),
    () => ({ op: "replace", order_id: orderId(), qty: qty() }),
    () => ({ op: "cancel", order_id: orderId() }),
    () => (random() < 0.2 ? { op: "cancel_all", side: side() } : { op: "get_orders" }),
    () => (random() < 0.2 ? { op: "cancel_inst", inst: inst() } : { op: "get_pnl" }),
  ];
  const hostOps: (() => Request)[] = [
    () => ({
      ...{ op: "add_instrument", symbol: `S${below(30)}`, type: "SCALAR" },
      ...{ tick_size: pick([0.25, 0.5, 1]), tick_value: pick([1, 2.5]), lot_size: pick([1, 2]) },
    }),
    () => ({
      ...{ op: "add_instrument", symbol: `O${below(60)}`, type: pick(["CALL", "PUT"] as const) },
      ...{ reference_id: inst(), strike: price(), tick_size: 0.25 },
    }),
    () => ({
      ...{ op: "edit_instrument", inst: inst(), description: `E${below(9)}` },
      hidden: random() < 0.3,
    }),
    () => ({ op: "halt", inst: inst(), on: random() < 0.3 }),
    () => ({ op: "halt", on: false }),
    () => ({ op: "pull_quotes", inst: inst() }),
    () => ({ op: "update_tick_size", instrument_id: inst(), tick_size: pick([0.125, 0.25, 0.5]) }),
    () => ({
      ...{ op: "set_limits", user_id: pick(traders).userId, max_position: 200 + below(2_000) },
      ...{ max_open_orders: 5 + below(50) },
    }),
    () => ({ op: "set_limits", max_loss: pick([0, 0, 5_000]), max_order_qty: 20 + below(100) }),
    () => ({ op: "kill_switch", user_id: pick(traders).userId, on: random() < 0.2 }),
    () => ({ op: "kill_switch", on: random() < 0.05 }),
    () => ({ op: "news", text: "Rain tomorrow." }),
    () =>
      random() < 0.1
        ? { op: "session", state: "paused" }
        : {
            op: "session",
            state: "open",
            ...(random() < 0.2 ? { ends_at: room.now + 1 + below(2_000) } : {}),
          },
    () => ({ op: "session", state: "open" }),
    () =>
      random() < 0.1 ? { op: "settle", inst: inst(), value: price() } : { op: "get_positions" },
    () =>
      random() < 0.3 ? { op: "resettle", inst: inst(), value: price() } : { op: "get_positions" },
    () =>
      random() < 0.2
        ? { op: "expire_option", inst: inst(), spot_price: price() }
        : { op: "halt", on: false },
    () =>
      random() < 0.1
        ? { op: "kick", user_id: pick(traders).userId }
        : room.now % 3 === 0
          ? { op: "rename", user_id: traders[room.now % 5]!.userId, name: `t${room.now % 12}` }
          : room.now % 3 === 1
            ? { op: "set_lens", lens: room.room.state.lens === "off" ? "always" : "off" }
            : { op: "settings", min_trades: room.now % 7 },
  ];

  for (const type of ["SCALAR", "SCALAR", "CALL", "PUT"] as const) {
    const option = type === "SCALAR" ? {} : { reference_id: 1, strike: 5 };
    send(host, {
      op: "add_instrument",
      symbol: `${type} ${below(1e6)}`,
      type,
      tick_size: 0.25,
      ...option,
    });
  }
  for (let step = 0; step < count; step++) {
    if (step % crashEvery === crashEvery - 1) crash(room);
    room.tick(below(60));
    const user = random() < 0.08 ? host : pick(traders);
    const request = pick<() => Request>(user === host ? hostOps : tradersOps)();
    const cid = random() < 0.5 ? { cid: `c${below(3 * count)}` } : {};
    send(user, { ...request, ...cid });
    if (random() < 0.005) room.room.presence(pick(traders).userId, 0, room.now);
    const gone = traders.findIndex(({ userId }) => room.room.state.users.get(userId)!.kicked);
    if (gone >= 0) traders[gone] = room.join(`new ${step}`);
  }
  send(host, { op: "session", state: "open" });
  send(host, { op: "settle", inst: 1, value: 5.5 });
  room.tick(5_000);
  return { room, host, traders };

  function send(user: TestUser, { op, ...fields }: Request): void {
    user.ask(op, fields as Omit<Request, "op">);
  }
}

/** The room is rebuilt; everybody is connected as before. */
function crash(room: TestRoom): void {
  const before = room.room.state.users;
  room.restart();
  for (const [id, user] of room.room.state.users) user.connections = before.get(id)!.connections;
}

/** A room with people and instruments in it, and helpers that read the messages of tests. */

import type { Message, Op, Request } from "#protocol";
import { TestRoom, type TestUser } from "./room.ts";

export interface Table {
  room: TestRoom;
  host: TestUser;
  alice: TestUser;
  bob: TestUser;
  carol: TestUser;
}

/** A host, three traders and a scalar X of id 1 with a tick of 0.01. */
export function table(
  instrument: Partial<Omit<Request<"add_instrument">, "op">> = {},
  create: ConstructorParameters<typeof TestRoom>[0] = {},
): Table {
  const room = new TestRoom(create);
  const host = room.join("Exchange", "exchange");
  const [alice, bob, carol] = [room.join("alice"), room.join("bob"), room.join("carol")];
  host.ask("add_instrument", { symbol: "X", type: "SCALAR", ...instrument });
  return { room, host, alice, bob, carol };
}

type More = Partial<Omit<Request<"order_new">, "op">>;

export const buy = (user: TestUser, qty: number, price?: number, more: More = {}): Message =>
  user.reply("order_new", { inst: 1, side: "buy", qty, price, ...more });
export const sell = (user: TestUser, qty: number, price?: number, more: More = {}): Message =>
  user.reply("order_new", { inst: 1, side: "sell", qty, price, ...more });

/** The id of the order that was acknowledged. */
export function idOf(message: Message): number {
  if (message.type !== "order_ack") throw new Error(`no order_ack: ${JSON.stringify(message)}`);
  return message.order_id;
}

/** Code of a refusal, or the type of another message. */
export function codeOf(message: Message): string {
  return message.type === "error" ? message.code : `no error but ${message.type}`;
}

/** The public book of `inst`. */
export function bookOf(user: TestUser, inst = 1) {
  const message = user.reply("get_snapshot", { inst });
  if (message.type !== "snapshot") throw new Error(`no snapshot: ${JSON.stringify(message)}`);
  return { bids: message.bids, asks: message.asks };
}

export function pnlOf(user: TestUser) {
  const message = user.reply("get_pnl", {});
  if (message.type !== "pnl") throw new Error(`no pnl: ${JSON.stringify(message)}`);
  return message;
}

export function positionOf(user: TestUser, inst = 1) {
  const message = user.reply("get_positions", {});
  if (message.type !== "positions") throw new Error(`no positions: ${JSON.stringify(message)}`);
  return message.positions.find((position) => position.inst === inst);
}

export function ordersOf(user: TestUser) {
  const message = user.reply("get_orders", {});
  if (message.type !== "orders") throw new Error(`no orders: ${JSON.stringify(message)}`);
  return message.orders;
}

/** Price, quantity and side of the fills in `messages`. */
export const fillsIn = (messages: Message[]) =>
  messages
    .filter((message) => message.type === "fill")
    .map(({ price, qty, side, liquidity }) => ({ price, qty, side, liquidity }));

/** A seeded source of random numbers in [0, 1) (mulberry32), the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Lists a call C on X, and a scalar S that settles at once: what sound requests of the host need. */
export function listMore({ host }: Pick<Table, "host">): void {
  host.ask("add_instrument", { symbol: "C", type: "CALL", reference_id: 1, strike: 1 });
  host.ask("add_instrument", { symbol: "S", type: "SCALAR" });
  host.ask("settle", { inst: 3, value: 2 });
}

/** One valid request of each operation that a joined user may send, in a room of `table` with `listMore`. */
export const soundRequests: { [O in Op]?: Omit<Request<O>, "op"> } = {
  add_instrument: { symbol: "Y", type: "SCALAR" },
  edit_instrument: { inst: 2, description: "A call." },
  order_new: { inst: 1, side: "buy", qty: 1, price: 1 },
  replace: { order_id: 1, price: 2 },
  cancel: { order_id: 1 },
  cancel_inst: { inst: 1 },
  cancel_all: {},
  quote: { inst: 1, bid: 1, bid_qty: 1 },
  halt: { inst: 1, on: false },
  settle: { inst: 1, value: 1 },
  resettle: { inst: 3, value: 1 },
  expire_option: { inst: 2, spot_price: 1 },
  pull_quotes: { inst: 1 },
  update_tick_size: { instrument_id: 1, tick_size: 0.02 },
  set_limits: { max_position: 100 },
  kill_switch: { on: false },
  kick: { user_id: 3 },
  news: { text: "Rain." },
  session: { state: "open" },
  rename: { name: "Zoe" },
  seat_code: {},
  host_link: {},
  round_start: { format: "dice" },
  round_step: { action: "next" },
  round_answer: { value: 2 },
  bot_add: { kind: "maker" },
  bot_remove: { user_id: 6 },
  bot_take: { user_id: 2 },
  bot_release: { user_id: 2 },
  set_lens: { lens: "always" },
  settings: { scoring: "rank", min_trades: 3 },
  get_snapshot: { inst: 1 },
  get_history: { inst: 1 },
  get_positions: {},
  get_pnl: {},
  get_orders: {},
  export_data: {},
  lead_replay: { on: true, at: 7, speed: 5, playing: true },
};

/** Brings a room of five users to where an operation on a round or on bots can be asked for. */
export function prepareFor({ host, room }: Pick<Table, "host" | "room">, op: Op): void {
  if (op === "bot_remove") host.ask("bot_add", { kind: "maker" });
  if (op === "bot_take" || op === "bot_release") room.room.presence(2, 0, room.now);
  if (op === "bot_release") host.ask("bot_take", { user_id: 2 });
  if (op !== "round_step" && op !== "round_answer") return;
  host.ask("round_start", { format: "numbers", auto: false });
  host.ask("round_step", { action: "next" });
}

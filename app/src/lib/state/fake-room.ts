/** For tests: a room whose data is set by hand and whose commands are recorded, each answered as told. */

import type { Instrument, Message, OpenOrder, Position, Level, Side } from "#protocol";
import type { Command, Connection, MarketView, Notice, RoomView } from "./room-view.ts";

export const scalar: Instrument = {
  id: 1,
  inst: 1,
  symbol: "SUM",
  description: null,
  type: "SCALAR",
  reference_id: null,
  strike: null,
  tick_size: 0.5,
  lot_size: 1,
  tick_value: 1,
  min_price: -1000,
  max_price: 1000,
  halted: false,
  settled: false,
  settlement: null,
};

export class FakeRoom implements RoomView {
  connection: Connection = { state: "online" };
  latencyMs = null;
  roomCode = "ACDEFG";
  me: RoomView["me"] = { userId: 1, name: "Ana", role: "trader" };
  session: RoomView["session"] = { state: "open", ends_at: null, session_id: "s", room_name: "" };
  lens: RoomView["lens"] = "off";
  limits = {
    max_position: 100,
    max_order_qty: 50,
    max_open_orders: 10,
    max_loss: null,
    orders_per_sec: 50,
  };
  users = [];
  instruments: Instrument[] = [scalar];
  orders: OpenOrder[] = [];
  doneOrders = [];
  pending: RoomView["pending"] = [];
  fills = [];
  tape = [];
  positions: Position[] = [];
  pnl = { pnl: 0, realized: 0, unrealized: 0 };
  everybody = [];
  leaderboard = [];
  news = [];
  killed = false;
  notices: Notice[] = [];
  files = null;
  bids: Level[] = [];
  asks: Level[] = [];
  queue: MarketView["queue"] = new Map();
  readonly sent: Command[] = [];
  /** What the exchange answers. */
  answer: (command: Command) => Partial<Message> = () => ({});

  instrument = (inst: number) => this.instruments.find((i) => i.id === inst);
  ordersIn = (inst: number) => this.orders.filter((o) => o.inst === inst);
  position = (inst: number) => this.positions.find((p) => p.inst === inst);

  market(inst: number): MarketView {
    const { bids, asks } = this;
    const none = { last: null, lastQty: null, lastSide: null, lastMove: 0, high: null, low: null };
    return { inst, bids, asks, volumeAt: new Map(), queue: this.queue, ...none } as MarketView;
  }

  send(command: Command): Promise<Message> {
    this.sent.push(command);
    return Promise.resolve(this.answer(command) as Message);
  }

  notify(notice: Pick<Notice, "kind" | "text"> & Partial<Notice>): void {
    const id = this.notices.length + 1;
    this.notices.push({ code: null, inst: null, price: null, ts: 0, ...notice, id });
  }

  whose = null;
  keepOrders(): void {}
  sendAgain(): void {}
  forget(): void {}
  holdNotices(): void {}

  dismiss(id: number): void {
    this.notices = this.notices.filter((n) => n.id !== id);
  }

  hold(qty: number): void {
    const none = { realized_pnl: 0, unrealized_pnl: 0, mark: null };
    this.positions = [{ inst: 1, symbol: "SUM", qty, vwap: 10, ...none }];
  }

  rest(order_id: number, side: Side, price: number, leaves = 10, quote = false): OpenOrder {
    const order: OpenOrder = {
      order_id,
      inst: 1,
      side,
      price,
      qty: leaves,
      filled: 0,
      leaves,
      status: "open",
      type: "limit",
      tif: "GFD",
      post_only: false,
      quote,
      cid: null,
      ts: 0,
      seq: 0,
    };
    this.orders.push(order);
    return order;
  }
}

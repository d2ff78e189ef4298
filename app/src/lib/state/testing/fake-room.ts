/** A room client for tests: tests feed it the exchange's messages, and it records all commands. */

import {
  defaultPlaySettings,
  type Instrument,
  type Level,
  type Message,
  type OpenOrder,
  type Side,
} from "#protocol";
import { overWebSocket } from "#lib/net/transport.ts";
import { instrument } from "#lib/trading/testing/instruments.ts";
import { RoomClient, type Command } from "../room-client.svelte.ts";

export const scalar: Instrument = instrument(1, {
  ...{ symbol: "SUM", min_price: -1000, max_price: 1000 },
});

const at = { ts: 0, seq: 0 };
const user = { user_id: 1, name: "Ana", role: "trader" } as const;

/** A room client for Ana, a trader, in an open session with one scalar, SUM. */
export class FakeRoom extends RoomClient {
  readonly sent: Command[] = [];
  /** The exchange's reply to a command. */
  answer: (command: Command) => Partial<Message> = () => ({});

  constructor() {
    super("ACDEFG", overWebSocket("ws://nowhere"));
    this.connection = { state: "online" };
    this.hear({
      ...{ type: "join_ack", ...user, resume_token: "t", server_time: Date.now(), lens: "off" },
      settings: defaultPlaySettings,
      session: { state: "open", ends_at: null, session_id: "s", room_name: "" },
      limits: {
        ...{ max_position: 100, max_order_qty: 50, max_open_orders: 10 },
        ...{ max_loss: null, orders_per_sec: 50 },
      },
      users: [{ ...user, connected: true, killed: false, bot: null }],
      instruments: [scalar],
      ...{ trades: [], fills: [], news: [] },
    } as Partial<Message>);
  }

  /** Applies messages as if the exchange had sent them. */
  hear(...messages: Partial<Message>[]): void {
    this.apply(messages.map((message) => ({ ...at, ...message })) as Message[]);
  }

  override send(command: Command): Promise<Message> {
    this.sent.push(command);
    return Promise.resolve(this.answer(command) as Message);
  }

  /** Shows a book, or a side of it, in one instrument or in all. */
  book(
    shown: { bids?: Level[]; asks?: Level[]; last?: number },
    insts = this.instruments.map(({ id }) => id),
  ): void {
    for (const inst of insts) {
      const { bids, asks, last } = this.market(inst);
      const book = { type: "md_inc", inst, bids, asks, last, ...shown };
      this.hear(book as Partial<Message>);
    }
  }

  /** Holds a position in the scalar. */
  hold(qty: number): void {
    const none = { realized_pnl: 0, unrealized_pnl: 0, mark: null };
    this.hear({
      type: "positions",
      positions: [{ inst: 1, symbol: "SUM", qty, vwap: 10, ...none }],
    });
  }

  /** Puts an own order into the book. */
  rest(
    order_id: number,
    side: Side,
    price: number,
    leaves = 10,
    over: Partial<OpenOrder> = {},
  ): OpenOrder {
    const order: OpenOrder = {
      ...{ order_id, inst: 1, side, price, qty: leaves, filled: 0, leaves, status: "open" },
      ...{ type: "limit", tif: "GFD", post_only: false, quote: false, cid: null, ...at, ...over },
    };
    this.list(...this.orders.filter((other) => other.order_id !== order_id), order);
    return order;
  }

  /** Sends the exchange's list of own open orders. */
  list(...orders: OpenOrder[]): void {
    this.hear({ type: "orders", orders });
  }
}

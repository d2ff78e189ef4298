/** People of tests who play a level each in their way, as data for a calibration: a good one, a bad one, and nobody. */

import type { Message, Request, Side } from "#protocol";

/** Sight of a person, from the messages. */
export interface View {
  /** The instrument that is traded first. */
  readonly main: number;
  readonly position: number;
  readonly book: Message<"md_inc"> | Message<"snapshot"> | null;
  /** Position of the user in an instrument. */
  heldIn(inst: number): number;
  /** The book of an instrument. */
  bookOf(inst: number): Message<"md_inc"> | Message<"snapshot"> | null;
  /** Values by the own hand, else by the table: mean by instrument. */
  readonly fair: ReadonlyMap<number, number>;
  readonly instruments: readonly number[];
  /** Strike of an option; null: it is none. */
  strikeOf(inst: number): number | null;
  readonly fills: readonly Message<"fill">[];
  ask(request: Request): void;
}

export type Person = (view: View) => void;

export const nobody: Person = () => {};

const quote = (view: View, bid: number, ask: number, qty: number, sides: [boolean, boolean]) =>
  view.ask({
    op: "quote",
    inst: view.main,
    ...(sides[0] && { bid, bid_qty: qty }),
    ...(sides[1] && { ask, ask_qty: qty }),
  });

/** Quotes around the value, moves against the own position, and stops on a side at the limit. */
export const quoter =
  ({ half = 1, size = 2, limit = 4, lean = 0.5 } = {}): Person =>
  (view) => {
    const value = view.fair.get(view.main);
    if (value === undefined) return;
    const middle = value - lean * view.position;
    const bid = Math.floor(middle - half);
    const ask = Math.ceil(middle + half);
    quote(view, bid, ask, size, [view.position < limit, view.position > -limit]);
  };

/** Follows the market: quotes around the last trades, and moves after each in its direction. */
export const mover = ({ half = 2, size = 2, step = 2 } = {}): Person => {
  let middle: number | null = null;
  let seen = 0;
  return (view) => {
    const book = view.book;
    const [bid, ask] = [book?.bids[0]?.[0], book?.asks[0]?.[0]];
    middle ??= bid !== undefined && ask !== undefined ? (bid + ask) / 2 : (book?.last ?? null);
    middle ??= view.fair.get(view.main) ?? null;
    // Nobody has said a price yet.
    if (middle === null) return;
    for (const fill of view.fills.slice(seen)) middle += fill.side === "buy" ? -step : step;
    seen = view.fills.length;
    quote(view, Math.floor(middle - half), Math.ceil(middle + half), size, [true, true]);
  };
};

/** Makes a market around that of the others: joins their middle, and moves against the own position. */
export const follower =
  ({ half = 2, size = 2, limit = 4, lean = 0.5 } = {}): Person =>
  (view) => {
    const [bid, ask] = [view.book?.bids[0]?.[0], view.book?.asks[0]?.[0]];
    const among = bid !== undefined && ask !== undefined ? (bid + ask) / 2 : view.book?.last;
    const value = among ?? view.fair.get(view.main);
    if (value === undefined) return;
    const middle = value - lean * view.position;
    const sides: [boolean, boolean] = [view.position < limit, view.position > -limit];
    quote(view, Math.floor(middle - half), Math.ceil(middle + half), size, sides);
  };

/** Stands still: quotes around one price, whatever happens. */
export const stubborn = ({ half = 1, size = 5 } = {}): Person => {
  let middle: number | null = null;
  return (view) => {
    const [bid, ask] = [view.book?.bids[0]?.[0], view.book?.asks[0]?.[0]];
    middle ??= view.fair.get(view.main) ?? view.book?.last ?? null;
    middle ??= bid !== undefined && ask !== undefined ? (bid + ask) / 2 : null;
    if (middle === null) return;
    quote(view, Math.floor(middle - half), Math.ceil(middle + half), size, [true, true]);
  };
};

/** Takes every price that is wrong by the values that the page tells. */
export const taker =
  ({ gap = 1, size = 2, limit = 20 } = {}): Person =>
  (view) => {
    for (const inst of view.instruments) {
      const value = view.fair.get(inst);
      const book = view.bookOf(inst);
      if (value === undefined || book === null) continue;
      const take = (side: Side, price: number) =>
        view.ask({ op: "order_new", inst, side, price, qty: size, tif: "IOC" });
      const [bid, ask] = [book.bids[0]?.[0], book.asks[0]?.[0]];
      const held = view.heldIn(inst);
      if (ask !== undefined && ask < value - gap && held < limit) take("buy", ask);
      else if (bid !== undefined && bid > value + gap && held > -limit) take("sell", bid);
    }
  };

/** Locks in every violation of put-call parity by all three legs at once: call, put and index. */
export const locker =
  ({ size = 2 } = {}): Person =>
  (view) => {
    const options = view.instruments.slice(1);
    const calls = options.slice(0, options.length / 2);
    const index = view.bookOf(view.main);
    for (const [place, call] of calls.entries()) {
      const put = options[calls.length + place] ?? 0;
      const strike = view.strikeOf(call);
      const [ofCall, ofPut] = [view.bookOf(call), view.bookOf(put)];
      if (strike === null) continue;
      const gain = (sell = ofCall, buy = ofPut) => {
        const [high, low] = [sell?.bids[0]?.[0], buy?.asks[0]?.[0]];
        return high === undefined || low === undefined ? -Infinity : high - low;
      };
      const [bid, ask] = [index?.bids[0]?.[0] ?? -Infinity, index?.asks[0]?.[0] ?? Infinity];
      const all = (legs: readonly (readonly [number, Side, number | undefined])[]) => {
        for (const [inst, side, price] of legs)
          view.ask({ op: "order_new", inst, side, price: price ?? 0, qty: size, tif: "IOC" });
      };
      if (gain() + strike - ask > 0)
        all([
          [call, "sell", ofCall?.bids[0]?.[0]],
          [put, "buy", ofPut?.asks[0]?.[0]],
          [view.main, "buy", ask],
        ]);
      else if (gain(ofPut, ofCall) + bid - strike > 0)
        all([
          [put, "sell", ofPut?.bids[0]?.[0]],
          [call, "buy", ofCall?.asks[0]?.[0]],
          [view.main, "sell", bid],
        ]);
    }
  };

/** Trades at random sides, at any price. */
export const gambler = ({ size = 5 } = {}): Person => {
  let turn = 0;
  return (view) => {
    turn++;
    for (const inst of view.instruments.slice(0, 3)) {
      const book = view.bookOf(inst);
      const [bid, ask] = [book?.bids[0]?.[0], book?.asks[0]?.[0]];
      if (turn % 4 === 0 && ask !== undefined)
        view.ask({ op: "order_new", inst, side: "buy", price: ask, qty: size, tif: "IOC" });
      else if (turn % 4 === 2 && bid !== undefined)
        view.ask({ op: "order_new", inst, side: "sell", price: bid, qty: size, tif: "IOC" });
    }
  };
};

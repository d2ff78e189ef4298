/** Decisions of each kind of bot in markets made by hand. Expected prices are worked out beside them. */

import { describe, expect, test } from "vitest";
import { bluffer } from "./bluffer.ts";
import { informed } from "./informed.ts";
import { maker } from "./maker.ts";
import { momentum } from "./momentum.ts";
import { noise } from "./noise.ts";
import { parity } from "./parity.ts";
import { sleeper } from "./sleeper.ts";
import { draws, even, market, resting, trades, view } from "./testing/view.ts";

const inst = 1;
/** Half of a maker's width is 3 here: 0.12 of the deviation. */
const counted = { table: { mean: 50, sd: 25 } };
const quoteOf = (bid: number, ask: number, qty: number) => {
  return { op: "quote", inst, bid, bid_qty: qty, ask, ask_qty: qty };
};

describe("maker", () => {
  test("quotes five lots a side about its value, and leaves a quote that is as wished", () => {
    const bot = maker.make();
    expect(bot.decide(view([market(counted)]), even)).toEqual([quoteOf(47, 53, 5)]);
    const orders = [
      resting({ quote: true, side: "buy", price: 47 }),
      resting({ quote: true, side: "sell", price: 53 }),
    ];
    expect(bot.decide(view([market({ ...counted, orders })]), even)).toEqual([]);
  });

  test("moves away from who hit it, leans against its position, and is wary for four seconds", () => {
    const bot = maker.make();
    bot.decide(view([market(counted)]), even);
    const held = market({ ...counted, position: 5 });
    // Learned -0.75, leans by 1: the middle is 48.25, and half the width 4.5 while it is wary.
    expect(bot.decide(view([held], { now: 1_000 }), even)).toEqual([quoteOf(43, 53, 5)]);
    expect(bot.decide(view([held], { now: 4_900 }), even)).toEqual([quoteOf(43, 53, 5)]);
    expect(bot.decide(view([held], { now: 5_000 }), even)).toEqual([quoteOf(45, 52, 5)]);
    // The lesson of its fills fades: once nothing is left of it, the bot only leans.
    for (let looks = 0; looks < 10_000; looks++) bot.decide(view([held], { now: 6_000 }), even);
    expect(bot.decide(view([held], { now: 6_000 }), even)).toEqual([quoteOf(46, 52, 5)]);
  });

  test("leans no further than a full load", () => {
    for (const [position, bid, ask] of [
      [30, 41, 47],
      [300, 41, 47],
      [-300, 53, 59],
    ] as const) {
      const bot = maker.make();
      const full = market({ ...counted, position });
      for (let looks = 0; looks < 10_000; looks++) bot.decide(view([full], { now: 0 }), even);
      expect(bot.decide(view([full], { now: 5_000 }), even)).toEqual([quoteOf(bid, ask, 5)]);
    }
  });

  test("hears of trades where nobody can count a value", () => {
    // The middle of the bounds, 50 +- 2; with a trade at 80 it is 0.85 * 80 + 0.15 * 50 = 75.5.
    expect(maker.make().decide(view([market()]), even)).toEqual([quoteOf(48, 52, 5)]);
    const heard = view([market()], { trades: trades(80) });
    expect(maker.make().decide(heard, even)).toEqual([quoteOf(73, 78, 5)]);
  });
});

describe("sleeper", () => {
  test("quotes wide, and keeps its value until it wakes", () => {
    const bot = sleeper.make();
    // Half of its width is 1.5 * 3.
    expect(bot.decide(view([market(counted)]), even)).toEqual([quoteOf(45, 55, 4)]);
    const moved = market({ table: { mean: 80, sd: 25 } });
    expect(bot.decide(view([moved], { now: 39_999 }), even)).toEqual([quoteOf(45, 55, 4)]);
    expect(bot.decide(view([moved], { now: 40_000 }), even)).toEqual([quoteOf(75, 85, 4)]);
  });

  test("is off by a part of what cannot be known", () => {
    // The first draw is when it wakes; then twelve that make a number around 0: 0.9 * 12 - 6 is cut to 3.5.
    const chance = draws(0.5, ...Array.from({ length: 12 }, () => 0.9));
    const off = market({ table: { mean: 50, sd: 10 } });
    // 50 + 0.4 * 10 * 3.5 = 64, and half its width is 1.8.
    expect(sleeper.make().decide(view([off]), chance)).toEqual([quoteOf(62, 66, 4)]);
  });

  test("hears of trades when it is awake", () => {
    const heard = view([market()], { trades: trades(80) });
    // The value is 75.5, and half the width 3.
    expect(sleeper.make().decide(heard, even)).toEqual([quoteOf(72, 79, 4)]);
  });
});

describe("noise", () => {
  test("takes the price if that is sane, and the draw says so", () => {
    const book = market({ ...counted, bids: [[48, 9]], asks: [[52, 9]] });
    const taking = { op: "order_new", inst, qty: 2, tif: "IOC" };
    // Draws: which market (twice), the side, the count, whether to take.
    const decide = (side: number, of = book) =>
      noise.make().decide(view([of]), draws(0.5, 0, side, 0.5, 0));
    expect(decide(0.4)).toEqual([{ ...taking, side: "sell", price: 48 }]);
    expect(decide(0.6)).toEqual([{ ...taking, side: "buy", price: 52 }]);
    // Four halves of a width off is sane yet, and a tick more is not.
    expect(decide(0.6, market({ ...counted, asks: [[62, 9]] }))).toEqual([
      { ...taking, side: "buy", price: 62 },
    ]);
    expect(decide(0.6, market({ ...counted, asks: [[63, 9]] }))).toMatchObject([
      { op: "order_new", side: "buy", qty: 2 },
    ]);
    expect(decide(0.6, market({ ...counted, asks: [[63, 9]] }))[0]).not.toHaveProperty("tif");
  });

  test("leaves an order about the middle, and takes back the old ones", () => {
    const orders = [
      resting({ order_id: 7, ts: 79_999 }),
      resting({ order_id: 8, ts: 80_000 }),
      resting({ order_id: 9, ts: 0 }),
    ];
    const book = market({ ...counted, orders, bids: [[40, 9]], asks: [[50, 9]] });
    // The middle is 45; bids rest at 3 * (0.2 + 1.3 * 0.5) = 2.55 below it.
    const chance = draws(0.5, 0, 0.6, 0.5, 0.8, 0.5);
    expect(noise.make().decide(view([book], { now: 100_000 }), chance)).toEqual([
      { op: "cancel", inst, order_id: 7 },
      { op: "cancel", inst, order_id: 9 },
      { op: "order_new", inst, side: "buy", qty: 2, price: 42 },
    ]);
  });

  test("would rather have less of what it holds", () => {
    const book = { ...counted, bids: [[50, 99]], asks: [[51, 99]] } as const;
    const sideOf = (position: number, draw: number) =>
      noise.make().decide(view([market({ ...book, position })]), draws(0.5, 0, draw, 0.5, 0))[0];
    expect(sideOf(15, 0.99)).toMatchObject({ side: "sell" });
    expect(sideOf(-15, 0.01)).toMatchObject({ side: "buy" });
    expect(sideOf(0, 0.49)).toMatchObject({ side: "sell" });
  });
});

describe("momentum", () => {
  const bookAt = (mid: number, position = 0) =>
    market({ ...counted, position, bids: [[mid - 1, 5]], asks: [[mid + 1, 5]] });
  const after = (
    first: ReturnType<typeof market>,
    second: ReturnType<typeof market>,
    ms: number,
  ) => {
    const bot = momentum.make();
    expect(bot.decide(view([first]), even)).toEqual([]);
    return bot.decide(view([second], { now: ms }), even);
  };

  test("buys what has risen by half a maker's half, and sells what has fallen", () => {
    const taking = { op: "order_new", inst, qty: 2, tif: "IOC" };
    expect(after(bookAt(50), bookAt(51.5), 9_000)).toEqual([
      { ...taking, side: "buy", price: 52.5 },
    ]);
    expect(after(bookAt(50), bookAt(48.5), 9_000)).toEqual([
      { ...taking, side: "sell", price: 47.5 },
    ]);
    expect(after(bookAt(50), bookAt(51.4), 9_000)).toEqual([]);
    expect(after(bookAt(50), bookAt(60), 9_001)).toEqual([]);
  });

  test("takes a crowd on one side for a wish to trade", () => {
    const crowd = (bids: number, asks: number) =>
      market({ ...counted, bids: [[49, bids]], asks: [[51, asks]] });
    expect(after(crowd(5, 5), crowd(16, 5), 10)).toMatchObject([{ side: "buy", price: 51 }]);
    expect(after(crowd(5, 5), crowd(15, 5), 10)).toEqual([]);
    expect(after(crowd(5, 5), crowd(5, 16), 10)).toMatchObject([{ side: "sell", price: 49 }]);
    const deep = market({
      ...counted,
      bids: [
        [49, 5],
        [48, 5],
        [47, 5],
        [46, 99],
      ],
      asks: [[51, 5]],
    });
    expect(after(crowd(5, 5), deep, 10)).toEqual([]);
  });

  test("holds ten lots a side at most, and looks on at the next market", () => {
    expect(after(bookAt(50), bookAt(60, 10), 10)).toEqual([]);
    expect(after(bookAt(50), bookAt(60, -10), 10)).toMatchObject([{ side: "buy" }]);
    expect(after(bookAt(50), bookAt(40, -10), 10)).toEqual([]);
    const bot = momentum.make();
    const pair = (first: number, second: number) => [
      bookAt(first, 10),
      market({ ...bookAt(second), instrument: { inst: 2 } }),
    ];
    bot.decide(view(pair(50, 50)), even);
    expect(bot.decide(view(pair(60, 60), { now: 10 }), even)).toMatchObject([{ inst: 2 }]);
  });

  test("forgets where the price was once it has traded", () => {
    const bot = momentum.make();
    bot.decide(view([bookAt(50)]), even);
    expect(bot.decide(view([bookAt(60)], { now: 10 }), even)).toHaveLength(1);
    expect(bot.decide(view([bookAt(60)], { now: 20 }), even)).toEqual([]);
  });
});

describe("informed", () => {
  test("takes the best gain above what it asks for", () => {
    // Half is 3: an ask has to be 1.05 below its value.
    const own = { own: { mean: 50, sd: 25 }, table: { mean: 40, sd: 25 } };
    const at = (ask: number, more = {}) => market({ ...own, asks: [[ask, 9]], ...more });
    const taking = { op: "order_new", inst, side: "buy", qty: 2, tif: "IOC" };
    expect(informed.make().decide(view([at(48)]), even)).toEqual([{ ...taking, price: 48 }]);
    expect(informed.make().decide(view([at(49)]), even)).toEqual([]);
    expect(informed.make().decide(view([at(48, { position: 24 })]), even)).toEqual([]);
    const better = market({ ...own, instrument: { inst: 2 }, bids: [[55, 9]] });
    expect(informed.make().decide(view([at(48), better]), even)).toEqual([
      { ...taking, inst: 2, side: "sell", price: 55 },
    ]);
    const short = market({ ...own, bids: [[55, 9]], position: -24 });
    expect(informed.make().decide(view([short]), even)).toEqual([]);
  });

  test("waits with a small quote where nobody can count a value, on the side that it has room for", () => {
    // 50 +- 1.2 * 2, after a trade at 80 about 75.5.
    const waiting = { ...quoteOf(47, 53, 2), post_only: true };
    expect(informed.make().decide(view([market()]), even)).toEqual([waiting]);
    const heard = view([market()], { trades: trades(80) });
    expect(informed.make().decide(heard, even)).toEqual([{ ...waiting, bid: 73, ask: 78 }]);
    expect(informed.make().decide(view([market({ position: 24 })]), even)).toEqual([
      { ...waiting, bid_qty: 0 },
    ]);
    expect(informed.make().decide(view([market({ position: -24 })]), even)).toEqual([
      { ...waiting, ask_qty: 0 },
    ]);
    const orders = [
      resting({ quote: true, side: "buy", price: 47 }),
      resting({ quote: true, side: "sell", price: 53 }),
    ];
    expect(informed.make().decide(view([market({ orders })]), even)).toEqual([]);
  });
});

describe("parity", () => {
  const option = (id: number, type: "CALL" | "PUT", strike: number) => {
    return { inst: id, type, strike, reference_id: 1 };
  };
  const priced = (instrument: object, bid: number, ask: number, more = {}) =>
    market({ instrument, bids: [[bid, 5]], asks: [[ask, 5]], ...more });
  const decide = (...markets: ReturnType<typeof market>[]) =>
    parity.make().decide(view(markets), even);
  const leg = (id: number, side: "buy" | "sell", price: number, qty: number) => {
    return { op: "order_new", inst: id, side, price, qty, tif: "FOK" };
  };

  test("buys the call and sells put and underlying where that costs less than the strike gives back", () => {
    const [call, put] = [priced(option(2, "CALL", 50), 4, 5), priced(option(3, "PUT", 50), 7, 8)];
    // Bought for 5, sold for 7 + 49: 51 in hand, and 50 to pay at the end.
    const legs = [leg(2, "buy", 5, 3), leg(3, "sell", 7, 3), leg(1, "sell", 49, 3)];
    expect(decide(priced({}, 49, 50), call, put)).toEqual(legs);
    // A point lower the three gain nothing.
    expect(decide(priced({}, 48, 49), call, put)).toEqual([]);
  });

  test("sells the call and buys put and underlying the other way round", () => {
    const [call, put] = [priced(option(2, "CALL", 50), 9, 10), priced(option(3, "PUT", 50), 4, 5)];
    expect(decide(priced({}, 51, 52), call, put)).toEqual([
      ...[leg(2, "sell", 9, 3), leg(3, "buy", 5, 3), leg(1, "buy", 52, 3)],
    ]);
    expect(decide(priced({}, 52, 54), call, put)).toEqual([]);
  });

  test("takes no more than is there, and no more of a leg than sixty lots", () => {
    const call = priced(option(2, "CALL", 50), 4, 5);
    const put = priced(option(3, "PUT", 50), 7, 8);
    const thin = market({ bids: [[49, 2]], asks: [[50, 2]] });
    expect(decide(thin, call, put)).toMatchObject([{ qty: 2 }, { qty: 2 }, { qty: 2 }]);
    const nearlyFull = priced({}, 49, 50, { position: -59 });
    expect(decide(nearlyFull, call, put)).toMatchObject([{ qty: 1 }, { qty: 1 }, { qty: 1 }]);
    expect(decide(priced({}, 49, 50, { position: -60 }), call, put)).toEqual([]);
  });

  test("needs half of the largest tick, and a put of the same strike", () => {
    const call = priced(option(2, "CALL", 50), 4, 5);
    const put = priced(option(3, "PUT", 50), 7, 8);
    const coarse = (tick: number) => priced({ tick_size: tick }, 49, 50);
    expect(decide(coarse(2), call, put)).toHaveLength(3);
    expect(decide(coarse(3), call, put)).toEqual([]);
    expect(decide(priced({}, 49, 50), call, priced(option(3, "PUT", 60), 7, 8))).toEqual([]);
  });

  test("buys a butterfly that costs less than nothing, of strikes as far apart", () => {
    const wings = (high: number) => [
      priced(option(2, "CALL", 40), 4, 5),
      priced(option(3, "CALL", 50), 5, 6),
      priced(option(4, "CALL", high), 3, 4),
    ];
    // 5 + 4 paid, 2 * 5 taken in; three lots of a leg at once are one of the middle pair.
    expect(decide(priced({}, 0, 99), ...wings(60))).toEqual([
      ...[leg(2, "buy", 5, 1), leg(3, "sell", 5, 2), leg(4, "buy", 4, 1)],
    ]);
    expect(decide(priced({}, 0, 99), ...wings(61))).toEqual([]);
  });
});

describe("bluffer", () => {
  const book = market({ ...counted, bids: [[48, 9]], asks: [[52, 9]] });
  const cancel = { op: "cancel_inst", inst };

  test("shows size behind the best price, and then offers the other way, where it takes it back", () => {
    const bot = bluffer.make();
    // A draw below a half shows bids. The spread of 4 is more than three ticks.
    expect(bot.decide(view([book]), draws(0, 0.4))).toEqual([
      cancel,
      { op: "order_new", inst, side: "buy", qty: 8, price: 44 },
    ]);
    expect(bot.decide(view([book]), draws(0.1))).toEqual([
      cancel,
      { op: "order_new", inst, side: "sell", qty: 2, price: 52, post_only: true },
    ]);
    expect(bot.decide(view([book]), draws(0, 0.6))).toEqual([
      cancel,
      cancel,
      { op: "order_new", inst, side: "sell", qty: 8, price: 56 },
    ]);
  });

  test("is in a hurry now and then", () => {
    const bot = bluffer.make();
    bot.decide(view([book]), draws(0, 0.4));
    expect(bot.decide(view([book]), draws(0.09))).toEqual([
      cancel,
      { op: "order_new", inst, side: "sell", qty: 2, price: 48, tif: "IOC" },
    ]);
  });

  test("only trades back what has become heavy", () => {
    const shownAt = (position: number, draw: number) =>
      bluffer.make().decide(view([market({ ...book, position })]), draws(0, draw))[1];
    expect(shownAt(8, 0.6)).toMatchObject({ side: "buy" });
    expect(shownAt(-8, 0.4)).toMatchObject({ side: "sell" });
    expect(shownAt(7, 0.6)).toMatchObject({ side: "sell" });
  });
});

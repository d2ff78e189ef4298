/** A round of goal_suit: endowments, no short sales, quotes that a trade cancels, and the pot. */

import { describe, expect, test } from "vitest";
import type { Message } from "#protocol";
import type { TestUser } from "../testing/room.ts";
import { goTo, next, refusalOf, seated, start } from "../testing/rounds.ts";

const signs = ["♣", "♦", "♥", "♠"];
const partner = [3, 2, 1, 0];

const cardsOf = (user: TestUser) => {
  const { cards } = user.last("hand");
  return signs.map((sign) => cards.filter(({ label }) => label === sign).length);
};
const positionsOf = (user: TestUser, insts: readonly number[]) => {
  const { positions } = user.reply("get_positions", {}) as Message<"positions">;
  return insts.map((inst) => positions.find((one) => one.inst === inst)?.qty ?? 0);
};
/** An instrument of which the user holds cards, and how many. */
function held(user: TestUser, insts: readonly number[]) {
  const cards = cardsOf(user);
  const at = cards.indexOf(Math.max(...cards));
  return { inst: insts[at]!, cards: cards[at]! };
}

describe("goal_suit with four seats", () => {
  const { room, host, seats, watcher } = seated(4);
  const [alice, bob, carol, dan] = seats as [TestUser, TestUser, TestUser, TestUser];
  const { instruments: insts, rules } = start(host, { format: "goal_suit", auto: false });

  test("deals ten cards each, which are positions of their holder and of nobody's eyes else", () => {
    expect(rules).toMatchObject({ no_shorts: true, cancel_all_on_trade: true, ante: 50 });
    expect(positionsOf(alice, insts)).toEqual([0, 0, 0, 0]);
    goTo(host, "deal");
    for (const seat of seats) {
      expect(seat.last("hand").cards).toHaveLength(10);
      expect(positionsOf(seat, insts)).toEqual(cardsOf(seat));
      expect(seat.last("positions").positions.reduce((sum, { qty }) => sum + qty, 0)).toBe(10);
      // Worth 2.5 a card, and the ante is paid.
      expect(seat.reply("get_pnl", {})).toMatchObject({ pnl: 25 - 50 });
    }
    expect(host.reply("get_positions", {})).toEqual({ type: "positions", positions: [] });
    room.tick(1_000);
    expect(watcher.last("leaderboard").rows.every(({ pnl }) => pnl === 0)).toBe(true);
  });

  test("sells no card that a seat does not hold, its working orders counted", () => {
    goTo(host, "trade");
    const { inst, cards } = held(alice, insts);
    const sell = (qty: number) =>
      refusalOf(alice.ask("order_new", { inst, side: "sell", qty, price: 9 }));
    expect(sell(cards + 1)).toContain("(no_shorts)");
    expect(sell(cards - 1)).toBe("taken");
    expect(sell(2)).toContain("RULE");
    expect(
      refusalOf(alice.ask("quote", { inst, bid: 1, bid_qty: 1, ask: 9, ask_qty: 2 })),
    ).toContain("RULE");
    expect(refusalOf(alice.ask("quote", { inst, bid: 1, bid_qty: 1, ask: 9, ask_qty: 1 }))).toBe(
      "taken",
    );
    const id = alice.last("order_ack").order_id;
    expect(refusalOf(alice.ask("replace", { order_id: id, qty: cards }))).toContain("RULE");
    expect(refusalOf(alice.ask("replace", { order_id: id, qty: 1 }))).toBe("taken");
    alice.ask("cancel_all", {});
  });

  test("a trade cancels all quotes in all suits, the rest of the order too", () => {
    const { inst } = held(alice, insts);
    bob.ask("quote", { inst: insts[0]!, bid: 1, bid_qty: 1 });
    carol.ask("order_new", { inst: insts[3]!, side: "buy", qty: 1, price: 2 });
    dan.ask("order_new", { inst, side: "buy", qty: 3, price: 4 });
    alice.ask("order_new", { inst, side: "sell", qty: 1, price: 4 });
    for (const user of [bob, carol, dan])
      expect(user.last("order")).toMatchObject({
        status: "cancelled",
        reason: "traded",
        leaves: 0,
      });
    expect(room.room.state.orders.size).toBe(0);
    expect(positionsOf(dan, insts)).toEqual(
      cardsOf(dan).map((cards, at) => cards + (insts[at] === inst ? 1 : 0)),
    );
  });

  test("a trade of others is the mark of dealt cards at once, and the P&L follows", () => {
    const suit = insts.findIndex((_, at) => [bob, carol].every((seat) => cardsOf(seat)[at]! > 0));
    const inst = insts[suit]!;
    const told = carol.inbox.length;
    const { pnl } = carol.last("pnl");
    dan.ask("order_new", { inst, side: "buy", qty: 1, price: 7 });
    bob.ask("order_new", { inst, side: "sell", qty: 1, price: 7 });
    room.tick(1_000);
    const positions = carol.all("positions").at(-1)!.positions;
    expect(carol.inbox.length).toBeGreaterThan(told);
    const mine = positions.find((one) => one.inst === inst)!;
    expect(mine).toMatchObject({ qty: cardsOf(carol)[suit], mark: 7 });
    expect(carol.last("pnl").pnl).not.toBe(pnl);
    // Undone, for the count at the end.
    bob.ask("order_new", { inst, side: "buy", qty: 1, price: 7 });
    dan.ask("order_new", { inst, side: "sell", qty: 1, price: 7 });
  });

  test("comes back from its journal with hands, positions and limits", () => {
    const before = seats.map((seat) => [positionsOf(seat, insts), seat.reply("get_pnl", {})]);
    room.restart();
    const back = seats.map((seat, at) =>
      room.join(`trader ${at + 1}`, "trader", { resume_token: seat.token }),
    );
    for (const [at, seat] of back.entries()) {
      expect([positionsOf(seat, insts), seat.reply("get_pnl", {})]).toEqual(before[at]);
      expect(seat.last("hand").cards).toEqual(seats[at]!.last("hand").cards);
      room.users[room.users.indexOf(seats[at]!)] = seat;
      seats[at] = seat;
    }
    const boss = room.join("Exchange", "exchange", { resume_token: host.token });
    Object.assign(host, { connection: boss.connection });
  });

  test("pays ten a card and the rest of the pot to who holds most; everything adds up to zero", () => {
    goTo(host, "settle");
    const result = host.last("round_result");
    const all = [...result.hands.flatMap(({ cards }) => cards), ...result.deck];
    const counts = signs.map((sign) => all.filter(({ label }) => label === sign).length);
    const goal = partner[counts.indexOf(12)]!;
    expect(result.settlement).toEqual(
      insts.map((inst, at) => ({ inst, value: at === goal ? 10 : 0 })),
    );
    const hands = result.hands.map(({ user_id, cards }) => ({
      user_id,
      goals: cards.filter(({ label }) => label === signs[goal]).length,
    }));
    const sold = held(alice, insts).inst === insts[goal] ? 1 : 0;
    const final = hands.map(({ goals }, at) => goals + (at === 3 ? sold : at === 0 ? -sold : 0));
    const most = Math.max(...final);
    const winners = final.flatMap((goals, at) => (goals === most ? [at] : []));
    const rest = 200 - 10 * counts[goal]!;
    for (const [at, { user_id }] of hands.entries()) {
      const row = result.rows.find((one) => one.user_id === user_id)!;
      const place = winners.indexOf(at);
      const base = Math.floor(rest / winners.length);
      const pot = place < 0 ? 0 : base + (place < rest % winners.length ? 1 : 0);
      const cash = at === 0 ? 4 : at === 3 ? -4 : 0;
      expect(row.pnl).toBeCloseTo(10 * final[at]! + pot - 50 + cash, 6);
      expect(row.edge! + row.information! + row.luck! + row.bonus!).toBeCloseTo(row.pnl, 6);
      expect(row.bonus).toBeCloseTo(pot - 50 + 25, 6);
      expect(seats[at]!.reply("get_pnl", {})).toMatchObject({ pnl: row.pnl });
    }
    expect(result.rows.reduce((sum, { pnl }) => sum + pnl, 0)).toBeCloseTo(0, 6);
    const board = host.last("leaderboard").rows;
    expect(board.map(({ pnl }) => pnl)).toEqual(result.rows.map(({ pnl }) => pnl));
  });

  test("cannot be settled otherwise: the dealt cards would be paid anew, and the pot would not", () => {
    const { instruments } = host.last("round");
    const before = host.last("leaderboard").rows;
    for (const inst of instruments)
      for (const value of [0, 10, -1_000])
        expect(refusalOf(host.ask("resettle", { inst, value }))).toMatch(/^RULE: The pot was paid/);
    room.tick(1_000);
    expect(host.last("leaderboard").rows).toEqual(before);
  });

  test("keeps the P&L when the next round takes the screens", () => {
    const pnls = seats.map((seat) => seat.reply("get_pnl", {}));
    while (next(host).state === "running");
    start(host, { format: "goal_suit", auto: false });
    expect(seats.map((seat) => seat.reply("get_pnl", {}))).toEqual(pnls);
    expect(seats[0]!.reply("get_positions", {})).toEqual({ type: "positions", positions: [] });
    host.ask("round_step", { action: "abort" });
    expect(seats.map((seat) => seat.reply("get_pnl", {}))).toEqual(pnls);
  });
});

test("three seats get thirteen cards each, and one is left", () => {
  const { host } = seated(3);
  start(host, { format: "goal_suit", auto: false });
  goTo(host, "settle");
  const { hands, deck } = host.last("round_result");
  expect(hands.map(({ cards }) => cards.length)).toEqual([13, 13, 13]);
  expect(deck).toHaveLength(1);
});

test("a pot that cannot pay all goal cards is refused", () => {
  const { host } = seated(4);
  const params = { ante: 24 };
  expect(refusalOf(host.ask("round_start", { format: "goal_suit", params }))).toContain(
    "at least 25",
  );
});

/** A round of width: bids of ever narrower widths, the winner's market, and one trade for everybody else. */

import { describe, expect, test } from "vitest";
import type { TestUser } from "../testing/room.ts";
import { goTo, refusalOf, seated, start } from "../testing/rounds.ts";

const question = { question: "How many steps has the tower?", answer: 311, min: 0, max: 500 };

describe("width with four seats", () => {
  const { room, host, seats, watcher } = seated(4);
  const [alice, bob, carol, dan] = seats as [TestUser, TestUser, TestUser, TestUser];
  const { instruments, params } = start(host, { format: "width", params: { question } });
  const [inst] = instruments as [number];
  const bid = (user: TestUser, value: number) => refusalOf(user.ask("round_answer", { value }));

  test("tells the question, and keeps the answer to itself", () => {
    expect(JSON.stringify(params)).not.toContain("311");
    expect(params["question"]).toMatchObject({ question: question.question });
    expect(host.last("round").contest).toEqual({ best: null, user_id: null, ends_at: null });
  });

  test("takes a width only if it is a tenth below the best one, and each begins the clock anew", () => {
    expect(bid(alice, 50)).toContain("RULE");
    goTo(host, "contest");
    expect(alice.last("hand").asks).toContain("width");
    expect(bid(alice, 501)).toContain("RULE");
    expect(bid(alice, 0.5)).toContain("RULE");
    room.tick(20_000);
    expect(bid(alice, 50)).toBe("taken");
    expect(alice.last("hand")).toMatchObject({ ts: room.now, seq: room.room.state.seq });
    expect(bid(bob, 46)).toContain("45 or less (shrink)");
    expect(bid(bob, 44.5)).toBe("taken");
    expect(bid(alice, 44)).toContain("40.05 or less");
    room.tick(250);
    expect(watcher.last("round").contest).toMatchObject({ best: 44.5, user_id: bob.userId });
    expect(watcher.last("round").contest!.ends_at).toBe(room.now - 250 + 30_000);
    expect(watcher.last("round").seats.map(({ answered }) => answered)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(bid(room.join("late"), 10)).toContain("NOT_SEATED");
    expect(bid(carol, 40.05)).toBe("taken");
    room.tick(30_000);
    expect(host.last("round").step.kind).toBe("trade");
    expect(host.last("round").contest).toEqual({
      best: 40.05,
      user_id: carol.userId,
      ends_at: null,
    });
  });

  test("lets nobody but the winner quote, and the winner only so wide and for all", () => {
    const quote = (user: TestUser, bid: number, ask: number, qty = 3) =>
      refusalOf(user.ask("quote", { inst, bid, bid_qty: qty, ask, ask_qty: qty }));
    expect(quote(alice, 280, 320)).toContain("RULE");
    expect(refusalOf(alice.ask("order_new", { inst, side: "buy", qty: 1, price: 300 }))).toContain(
      "RULE",
    );
    expect(quote(carol, 280, 321)).toContain("You have won at 40.05: bid and ask must be 40 apart");
    expect(quote(carol, 280, 320, 2)).toContain("at least 3");
    expect(refusalOf(carol.ask("order_new", { inst, side: "buy", qty: 3, price: 280 }))).toContain(
      "RULE",
    );
    expect(quote(carol, 280, 320)).toBe("taken");
    expect(quote(carol, 281, 321)).toContain("stands");
    expect(refusalOf(carol.ask("cancel_all", {}))).toContain("stands");
  });

  test("lets everybody else trade one, once, and trades for who has not", () => {
    const order = (user: TestUser, side: "buy" | "sell", price: number, qty = 1) =>
      refusalOf(user.ask("order_new", { inst, side, qty, price }));
    expect(order(alice, "buy", 320, 2)).toContain("exactly one");
    expect(order(alice, "buy", 319)).toContain("Only the winner quotes");
    expect(order(alice, "buy", 320)).toBe("taken");
    expect(order(alice, "buy", 320)).toContain("You have traded");
    expect(refusalOf(bob.ask("order_new", { inst, side: "sell", qty: 1, type: "market" }))).toBe(
      "taken",
    );
    goTo(host, "settle");
    const result = watcher.last("round_result");
    const pnl = (user: TestUser) => result.rows.find((row) => row.user_id === user.userId)!.pnl;
    // Dan has let the time pass, and so has bought.
    expect([alice, bob, dan].map(pnl)).toEqual([311 - 320, 280 - 311, 311 - 320]);
    expect(pnl(carol)).toBe(9 + 31 + 9);
    expect(result.settlement).toEqual([{ inst, value: 311 }]);
    expect(result.hands.every(({ cards }) => cards.length === 0)).toBe(true);
  });

  test("keeps the market of a winner whose line drops, though orders go with it", () => {
    const { room, host, seats } = seated(3, { onDisconnect: "cancel" });
    const [alice, bob] = seats as [TestUser, TestUser];
    const { instruments } = start(host, { format: "width", params: { question } });
    const [inst] = instruments as [number];
    goTo(host, "contest");
    alice.ask("round_answer", { value: 40 });
    goTo(host, "trade");
    const market = { inst, bid: 280, bid_qty: 3, ask: 320, ask_qty: 3 };
    expect(refusalOf(alice.ask("quote", market))).toBe("taken");
    room.room.presence(alice.userId, 0, room.now);
    expect(room.room.hasAbsent).toBe(false);
    expect(refusalOf(bob.ask("order_new", { inst, side: "buy", qty: 1, type: "market" }))).toBe(
      "taken",
    );
    expect(bob.last("order_ack").filled).toBe(1);
  });

  test("has its result corrected with its answer", () => {
    expect(refusalOf(host.ask("resettle", { inst, value: 330 }))).toBe("taken");
    const result = watcher.last("round_result");
    expect(result.corrected).toBe(true);
    const pnl = (user: TestUser) => result.rows.find((row) => row.user_id === user.userId)!.pnl;
    expect([alice, bob, dan].map(pnl)).toEqual([10, 280 - 330, 10]);
    expect(result.standings.find((one) => one.user_id === bob.userId)).toMatchObject({
      ...{ score: -50, rounds: 1 },
    });
  });

  test("comes back from its journal", () => {
    const before = structuredClone(room.room.state.round);
    const hash = room.room.context.engine.stateHash();
    room.restart();
    expect(room.room.state.round).toEqual(before);
    expect(room.room.context.engine.stateHash()).toBe(hash);
  });
});

test("the narrowest width that there can be ends the contest", () => {
  const { host, seats } = seated(3);
  start(host, { format: "width", params: { question } });
  goTo(host, "contest");
  seats[1]!.ask("round_answer", { value: 1 });
  expect(host.last("round").step.kind).toBe("trade");
});

describe("a winner who does not quote", () => {
  test("is removed: the next-narrowest bid of who is there has the right, and bidding goes on from it", () => {
    const { room, host, seats } = seated(5);
    const [alice, bob, carol, dan, eve] = seats as [TestUser, ...TestUser[]] as TestUser[];
    const { instruments } = start(host, { format: "width", params: { question } });
    const bid = (user: TestUser, value: number) => refusalOf(user.ask("round_answer", { value }));
    goTo(host, "contest");
    for (const [user, value] of [
      [alice, 100],
      [bob, 60],
      [carol, 40],
      [dan, 2],
    ] as const)
      expect(bid(user!, value)).toBe("taken");
    host.ask("kick", { user_id: carol!.userId });
    room.tick(20_000);
    host.ask("kick", { user_id: dan!.userId });
    room.tick(250);
    expect(host.last("round").contest).toMatchObject({ best: 60, user_id: bob!.userId });
    expect(host.last("round").contest!.ends_at).toBe(room.now - 250 + 30_000);
    expect(bid(eve!, 54)).toBe("taken");
    goTo(host, "trade");
    host.ask("kick", { user_id: eve!.userId });
    room.tick(250);
    expect(host.last("round").contest).toMatchObject({ best: 60, user_id: bob!.userId });
    const before = structuredClone(room.room.state.round);
    room.restart();
    expect(room.room.state.round).toEqual(before);
    const [inst] = instruments as [number];
    const market = { inst, bid: 270, bid_qty: 4, ask: 330, ask_qty: 4 };
    expect(refusalOf(alice!.ask("quote", market))).toContain("Only the winner quotes");
    expect(refusalOf(bob!.ask("quote", market))).toBe("taken");
    expect(refusalOf(alice!.ask("order_new", { inst, side: "sell", qty: 1, type: "market" }))).toBe(
      "taken",
    );
  });

  test("whoever has not won is removed without a change, and once nobody is left who bid, all may quote", () => {
    const { room, host, seats } = seated(3);
    const [alice, bob, carol] = seats as [TestUser, TestUser, TestUser];
    const { instruments } = start(host, { format: "width", params: { question } });
    goTo(host, "contest");
    alice.ask("round_answer", { value: 50 });
    bob.ask("round_answer", { value: 30 });
    host.ask("kick", { user_id: alice.userId });
    room.tick(250);
    expect(host.last("round").contest).toMatchObject({ best: 30, user_id: bob.userId });
    host.ask("kick", { user_id: bob.userId });
    room.tick(250);
    expect(host.last("round").contest).toMatchObject({ best: null, user_id: null });
    goTo(host, "trade");
    const [inst] = instruments as [number];
    const market = { inst, bid: 270, bid_qty: 4, ask: 330, ask_qty: 4 };
    expect(refusalOf(carol.ask("quote", market))).toBe("taken");
  });
});

test("a question of the pack is shown, and its answer comes with the result", () => {
  const { host, watcher } = seated(2);
  const { step } = start(host, { format: "width", auto: false });
  expect(step.text.length).toBeGreaterThan(5);
  goTo(host, "settle");
  expect(watcher.last("round_result").table).toHaveLength(1);
});

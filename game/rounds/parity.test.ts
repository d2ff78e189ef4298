/** A round of parity: a house that quotes the chain with a price that is off, and a score of what was locked in. */

import { describe, expect, test } from "vitest";
import type { Message } from "#protocol";
import type { TestUser } from "../testing/room.ts";
import { next, seated, start } from "../testing/rounds.ts";

const chain = (user: TestUser, insts: readonly number[]) =>
  insts.map((inst) => {
    const { bids, asks } = user.reply("get_snapshot", { inst }) as Message<"snapshot">;
    return { bid: bids[0]?.[0] ?? null, ask: asks[0]?.[0] ?? null };
  });

describe("parity", () => {
  const { room, host, seats } = seated(2);
  const [alice] = seats as [TestUser, TestUser];
  const { instruments: insts, script } = start(host, {
    format: "parity",
    auto: false,
    learning: true,
    params: { trade_seconds: 120 },
  });
  const fair = alice.last("fair").values.map(({ mean }) => mean);

  test("has a page of quotes every half minute, each with one price that is off", () => {
    const kinds = script.map(({ kind }) => kind).join(" ");
    expect(kinds).toBe("brief trade trade trade trade settle review");
    expect(insts).toHaveLength(11);
    for (let page = 1; page <= 4; page++) {
      expect(next(host).step.title).toBe(`Quotes ${page} of 4`);
      const off = chain(alice, insts).map(({ bid, ask }, at) => {
        const below = bid === null ? 0 : bid - fair[at]!;
        const above = ask === null ? 0 : fair[at]! - ask;
        return Math.max(below, above);
      });
      expect(off.filter((points) => points > 1.5)).toHaveLength(1);
      expect(off[0]).toBeLessThanOrEqual(0);
    }
  });

  test("scores what is locked in at the worst settlement, whatever the P&L", () => {
    // Buys a call and sells a put of one strike, and sells INDEX: what is left is the same at every settlement.
    const strike = 2;
    const [call, put] = [insts[1 + strike]!, insts[6 + strike]!];
    const prices = chain(alice, insts);
    for (const [inst, side] of [
      [call, "buy"],
      [put, "sell"],
      [insts[0]!, "sell"],
    ] as const)
      alice.ask("order_new", { inst, side, qty: 1, type: "market" });
    const paid = prices[1 + strike]!.ask! - prices[6 + strike]!.bid! - prices[0]!.bid!;
    const at = room.room.state.instruments[call - 1]!.strike!;
    next(host);
    const { rows } = alice.last("round_result");
    const own = rows.find(({ user_id }) => user_id === alice.userId)!;
    expect(own.score).toBeCloseTo(-paid - at, 9);
    expect(own.pnl).toBeCloseTo(own.score, 9);
    const house = rows.find(({ user_id }) => user_id !== alice.userId && user_id > 4)!;
    expect(house.pnl).toBeCloseTo(-own.pnl, 9);
    expect(rows.reduce((sum, { pnl }) => sum + pnl, 0)).toBeCloseTo(0, 9);
  });

  test("keeps one house for all rounds, and comes back from its journal", () => {
    next(host);
    next(host);
    start(host, { format: "parity", auto: false });
    next(host);
    const { users } = room.room.state;
    expect([...users.values()].filter(({ isHouse }) => isHouse)).toHaveLength(1);
    const hash = room.room.context.engine.stateHash();
    room.restart();
    expect(room.room.context.engine.stateHash()).toBe(hash);
  });
});

test("an open risk scores its worst case", () => {
  const { host, seats } = seated(2);
  const { instruments } = start(host, { format: "parity", auto: false });
  next(host);
  const [alice] = seats as [TestUser];
  const ask = chain(alice, instruments)[0]!.ask!;
  alice.ask("order_new", { inst: instruments[0]!, side: "buy", qty: 2, price: ask });
  while (host.last("round").step.kind !== "settle") next(host);
  const { rows } = alice.last("round_result");
  // Nine moves of three down from a hundred.
  expect(rows.find(({ user_id }) => user_id === alice.userId)!.score).toBe(2 * (73 - ask));
});

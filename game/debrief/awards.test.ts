import { expect, test } from "vitest";
import type { DebriefTrader } from "#protocol";
import { awardsOf } from "./awards.ts";

const none = { spread: 0, selection: 0, drift: 0, qty: 0, trades: 0 };
const trader = (user_id: number, bot: string | null, more: Partial<DebriefTrader>) =>
  ({
    ...{ user_id, bot, pnl: 0, edge: null, information: null, maker: none, taker: none },
    ...{ quoting: [], volume: 0, trades: 0 },
    ...more,
  }) as DebriefTrader;
const quick = (selection: number) => ({ ...none, trades: 9, selection });

test("people come before bots, whatever the bots made; noise is given nothing", () => {
  const traders = [
    trader(1, "maker", { pnl: 533, volume: 303, taker: quick(5) }),
    trader(2, "noise", { pnl: 600, volume: 500, taker: quick(88.5) }),
    trader(3, null, { pnl: 37.5, volume: 30 }),
    trader(4, null, { pnl: -40 }),
  ];
  expect(awardsOf(traders).map(({ title, user_id }) => [title, user_id])).toEqual([
    ["Most money", 3],
    ["Quickest hand", 1],
    ["Busiest", 3],
  ]);
  expect(awardsOf(traders)[0]?.why).toBe("Made 37.50 in all.");
  expect(awardsOf([trader(2, "noise", { pnl: 9 })])).toEqual([]);
});

import { expect, test } from "vitest";
import { formatPnl, nextUnit, pnlIn } from "./pnl.ts";

const of = { tick_size: 0.5, tick_value: 10 };
/** A short position of 4 at 20, marked at 18.5. */
const short = { qty: -4, vwap: 20, realized_pnl: 30, unrealized_pnl: 60 };

test("money counts all, ticks and percent the open contracts", () => {
  expect(pnlIn("money", short, of)).toBe(90);
  expect(pnlIn("ticks", short, of)).toBe(3);
  expect(pnlIn("percent", short, of)).toBe(7.5);
});

test("where nothing is held, or nothing was paid for it, only money has a meaning", () => {
  const flat = { ...short, qty: 0, unrealized_pnl: 0 };
  expect(["money", "ticks", "percent"].map((unit) => pnlIn(unit as never, flat, of))).toEqual([
    30,
    null,
    null,
  ]);
  expect(pnlIn("money", undefined, of)).toBe(0);
  expect(pnlIn("percent", { ...short, vwap: -3 }, of)).toBeNull();
  expect(pnlIn("ticks", { ...short, vwap: -3 }, of)).toBe(3);
});

test("each has its sign and its unit, nothing neither", () => {
  expect(formatPnl("money", 1234.5, 2)).toBe("+1,234.50");
  expect(formatPnl("ticks", -3, 2)).toBe("\u22123.0 t");
  expect(formatPnl("percent", 7.456, 2)).toBe("+7.46%");
  expect(formatPnl("ticks", -0.01, 2)).toBe("0.0 t");
  expect(formatPnl("percent", null, 2)).toBe("–");
});

test("pressing it goes round", () => {
  expect([nextUnit("money"), nextUnit("ticks"), nextUnit("percent")]).toEqual([
    "ticks",
    "percent",
    "money",
  ]);
});

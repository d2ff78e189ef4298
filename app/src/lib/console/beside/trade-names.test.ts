import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "#protocol";
import type { Command } from "#lib/state/room-client.svelte.ts";
import { TradeNames } from "./trade-names.svelte.ts";

const fill = (user_id: number, side: "buy" | "sell", trade_id: number) =>
  ({ user_id, side, trade_id }) as Message<"fill">;
const fills: Record<number, Message<"fill">[]> = {
  2: [fill(2, "buy", 1), fill(2, "sell", 2)],
  3: [fill(3, "sell", 1), fill(3, "buy", 2)],
};
let asked: Command[];
let line: { state: string };
let names: TradeNames;
const rows = (...volumes: [number, number][]) =>
  volumes.map(([user_id, volume]) => ({
    ...{ user_id, volume, name: "", pnl: 0, max_abs_position: 0 },
  }));

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  line = { state: "online" };
  names = new TradeNames({
    get connection() {
      return line;
    },
    send: (command) => {
      asked.push(command);
      const { user_id: id = 0 } = command as { user_id?: number };
      return Promise.resolve({ type: "orders", orders: [], fills: fills[id] ?? [] } as Message);
    },
  });
});
afterEach(() => void vi.useRealTimers());

test("only those who have traded are asked for, once, and both sides of their trades are known", async () => {
  names.see(rows([2, 5], [3, 5], [4, 0]));
  await vi.runAllTimersAsync();
  expect(asked).toEqual([2, 3].map((user_id) => ({ op: "get_orders", user_id })));
  expect([...names.byTrade]).toEqual([
    [1, { buyer: 2, seller: 3 }],
    [2, { seller: 2, buyer: 3 }],
  ]);
  names.see(rows([2, 5], [3, 6], [4, 0]));
  await vi.runAllTimersAsync();
  expect(asked.slice(2)).toEqual([{ op: "get_orders", user_id: 3 }]);
});

test("nothing is asked without a line, and all of it once that is back", async () => {
  line = { state: "reconnecting" };
  names.see(rows([2, 5]));
  await vi.runAllTimersAsync();
  expect(asked).toEqual([]);
  line = { state: "online" };
  names.see(rows([2, 5]));
  await vi.runAllTimersAsync();
  expect(asked).toEqual([{ op: "get_orders", user_id: 2 }]);
});

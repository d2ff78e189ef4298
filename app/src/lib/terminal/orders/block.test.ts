import { expect, test } from "vitest";
import { instrumentBlock, roomBlock, type TradingState } from "./block.ts";

const free: TradingState = {
  connection: { state: "online" },
  me: { role: "trader" },
  session: { state: "open", ends_at: null, session_id: "s", room_name: "" },
  killed: false,
};
const session = (state: "lobby" | "paused" | "closed") => ({
  state,
  ends_at: null,
  session_id: "s",
  room_name: "",
});

test("a trader in an open session is free", () => {
  expect(roomBlock(free)).toBeNull();
  expect(instrumentBlock(free, undefined)).toBeNull();
});

test.each<[string, Partial<TradingState>, RegExp]>([
  ["spectators", { me: { role: "spectator" } }, /watching/],
  ["the host", { me: { role: "exchange" } }, /host does not/],
  ["a session in its lobby", { session: session("lobby") }, /not started yet/],
  ["a paused session", { session: session("paused") }, /paused: you can only cancel/],
  ["a closed session", { session: session("closed") }, /closed/],
  ["a lost connection", { connection: { state: "reconnecting", retryAt: 0 } }, /No connection/],
  ["the end", { connection: { state: "ended", message: "Removed by the host." } }, /Removed/],
  ["the kill switch", { killed: true }, /stopped your trading/],
  ["no answer yet", { me: null }, /Joining/],
])("%s cannot trade, and the reason is said", (_, change, reason) => {
  expect(roomBlock({ ...free, ...change })).toMatch(reason);
});

test("an instrument can be halted or settled", () => {
  const base = { symbol: "SUM", halted: false, settled: false };
  const at = (over: object) =>
    ({ ...base, ...over }) as unknown as Parameters<typeof instrumentBlock>[1];
  expect(instrumentBlock(free, at({ halted: true }))).toMatch(/SUM is halted/);
  expect(instrumentBlock(free, at({ settled: true, halted: true }))).toMatch(/SUM is settled/);
  expect(instrumentBlock(free, at({}))).toBeNull();
});

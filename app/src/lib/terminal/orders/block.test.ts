import { expect, test } from "vitest";
import { instrumentBlock, roomBlock, type TradingState } from "./block.ts";

const free: TradingState = {
  connection: { state: "online" },
  me: { role: "trader", userId: 1 },
  session: { state: "open", ends_at: null, session_id: "s", room_name: "" },
  killed: false,
  round: null,
  fills: [],
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
  ["spectators", { me: { role: "spectator", userId: 1 } }, /watching/],
  ["the host", { me: { role: "exchange", userId: 1 } }, /host does not/],
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

test("a step of a round that lets nobody trade says when trading opens, and is no halt of the host's", () => {
  const script = (["brief", "deal", "trade", "settle"] as const).map((kind) => ({
    ...{ kind, title: kind === "trade" ? "Trading" : kind, seconds: null },
  }));
  const inStep = (n: number, state: "running" | "done" = "running", userId = 1): TradingState => ({
    ...free,
    round: {
      ...{ format: "dice", state, script, instruments: [4] },
      seats: [{ user_id: userId, cards: 0, answered: false, bot: false }],
      step: { n, kind: script[n]!.kind, title: "", text: "", ends_at: null, left_ms: null },
    },
  });
  const halted = (id: number) =>
    ({ id, symbol: "SUM", halted: true, settled: false }) as Parameters<typeof instrumentBlock>[1];
  const said = (n: number, inst = 4) => instrumentBlock(inStep(n), halted(inst));
  expect([0, 1, 2, 3].map((n) => said(n))).toEqual([
    "Trading opens in a later step: Trading.",
    "Trading opens in the next step.",
    "SUM is halted: wait until it trades again.",
    "The trading of this round is over.",
  ]);
  expect(said(1, 5)).toMatch(/halted/);
  expect(instrumentBlock(inStep(2, "running", 2), halted(4))).toMatch(/after the start/);
  expect(instrumentBlock(inStep(1, "done"), halted(4))).toMatch(/halted/);
});

test("who has taken the winner's price after a contest has no more to trade, and the winner goes on", () => {
  const seat = (user_id: number) => ({ user_id, cards: 0, answered: false, bot: false });
  const step = { n: 0, kind: "trade", title: "", text: "", ends_at: null, left_ms: null } as const;
  const won = (user_id: number, insts: number[]): TradingState => ({
    ...free,
    round: {
      ...{ format: "width", state: "running", instruments: [4], script: [], step },
      seats: [1, 2].map(seat),
      contest: { best: 4, user_id, ends_at: null },
    },
    fills: insts.map((inst) => ({ inst })),
  });
  const answer = { id: 4, symbol: "ANSWER", halted: false, settled: false };
  const said = (state: TradingState) =>
    instrumentBlock(state, answer as Parameters<typeof instrumentBlock>[1]);
  expect(said(won(2, [4]))).toMatch(/^You have traded/);
  expect([said(won(2, [])), said(won(2, [3])), said(won(1, [4]))]).toEqual([null, null, null]);
});

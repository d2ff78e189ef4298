import { expect, test } from "vitest";
import type { Instrument } from "#protocol";
import {
  advance,
  atStart,
  automatic,
  DWELL_MS,
  candidatesOf,
  pick,
  step,
  TURN_MS,
  type Candidates,
} from "./choice.ts";

const listed = (settled: number[] = [], scalars = [1, 2, 3, 4]) =>
  [1, 2, 3, 4].map((id) => ({
    ...{ id, settled: settled.includes(id), type: scalars.includes(id) ? "SCALAR" : "CALL" },
  })) as Instrument[];
const candidates = (over: Partial<Candidates> = {}): Candidates => ({
  all: [1, 2, 3, 4],
  active: [1, 2, 3],
  lastTraded: null,
  ...over,
});

test("an instrument is active while it trades or has a book, and is not settled", () => {
  const tape = [{ inst: 3 }, { inst: 4 }];
  expect(candidatesOf(listed([4]), tape, (inst) => inst !== 2)).toEqual({
    all: [1, 2, 3, 4],
    active: [1, 3],
    lastTraded: 3,
  });
});

test("trades are followed among the scalars, and among the options where no scalar trades any more, not once all are settled", () => {
  const tape = [{ inst: 3 }, { inst: 2 }, { inst: 1 }];
  const quiet = () => false;
  expect(candidatesOf(listed([], [1, 2]), tape, quiet).lastTraded).toBe(2);
  expect(candidatesOf(listed([1, 2], [1, 2]), tape, quiet).lastTraded).toBe(3);
  expect(candidatesOf(listed([1, 2, 3, 4], [1, 2]), tape, quiet).lastTraded).toBe(2);
});

test("where nothing happens all that trade are active, and once all are settled all are", () => {
  const quiet = () => false;
  expect(candidatesOf(listed([1]), [], quiet).active).toEqual([2, 3, 4]);
  expect(candidatesOf(listed([1, 2, 3, 4]), [], quiet).active).toEqual([1, 2, 3, 4]);
  expect(advance(atStart, candidatesOf([], [], quiet), 0).inst).toBeNull();
});

test("it begins with the one last traded, else with the first", () => {
  expect(advance(atStart, candidates({ lastTraded: 2 }), 5).inst).toBe(2);
  expect(advance(atStart, candidates(), 5).inst).toBe(1);
});

test("it follows the trades, but lets everybody read first", () => {
  const shown = advance(atStart, candidates({ lastTraded: 1 }), 0);
  const traded = candidates({ lastTraded: 3 });
  expect(advance(shown, traded, DWELL_MS - 1)).toBe(shown);
  expect(advance(shown, traded, DWELL_MS)).toEqual({ mode: "last", inst: 3, since: DWELL_MS });
});

test("it leaves a settled instrument at once, and does not follow trades into it", () => {
  const shown = advance(atStart, candidates({ lastTraded: 1 }), 0);
  const settled = candidates({ active: [2, 3], lastTraded: 1 });
  const next = advance(shown, settled, 1);
  expect(next.inst).toBe(2);
  expect(advance(next, settled, 1 + 2 * DWELL_MS)).toBe(next);
});

test("in turn it goes round the active ones", () => {
  let choice = automatic(pick(2, 0), "turn", 100);
  expect(advance(choice, candidates({ lastTraded: 1 }), 99 + TURN_MS)).toBe(choice);
  const seen = [1, 2, 3].map((round) => {
    choice = advance(choice, candidates({ lastTraded: 1 }), 100 + round * TURN_MS);
    return choice.inst;
  });
  expect(seen).toEqual([3, 1, 2]);
});

test("a picked instrument stays, traded or settled, until it follows the trades again", () => {
  const picked = pick(4, 0);
  const traded = candidates({ lastTraded: 2 });
  expect(advance(picked, traded, 10 * TURN_MS)).toBe(picked);
  expect(advance(automatic(picked, "last", 5), traded, 6).inst).toBe(2);
});

test("a step goes to the neighbour, round both ends", () => {
  expect(step(pick(4, 0), candidates(), 1, 1)).toEqual({ mode: "hand", inst: 1, since: 1 });
  expect(step(pick(1, 0), candidates(), -1, 1).inst).toBe(4);
  expect(step(atStart, candidates({ all: [] }), 1, 1)).toBe(atStart);
});

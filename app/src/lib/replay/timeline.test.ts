import { expect, test } from "vitest";
import { Player } from "./player.svelte.ts";
import { Timeline } from "./timeline.ts";

const trade = (at: number, buyerId: number, sellerId: number) => ({
  ...{ at, ts: at * 1_000, tradeId: at, inst: 1, price: 1, qty: 1, buyerId, sellerId },
});
const opened = {
  times: Float64Array.from([1_000, 2_000, 2_000, 9_000]),
  trades: [trade(2, 1, 2), trade(3, 2, 3), trade(4, 3, 1)],
  marks: [{ at: 3, ts: 2_000, kind: "news", text: "Rain." } as const],
  fault: null,
};

test("moments are found by time, by trade and by mark", () => {
  const line = new Timeline(opened);
  expect([999, 1_000, 2_500, 10_000].map((ms) => line.linesAt(ms))).toEqual([0, 1, 3, 4]);
  expect([0, 3, 9].map((at) => line.timeAt(at))).toEqual([1_000, 2_000, 9_000]);
  expect(line.trade(2, 1)?.at).toBe(3);
  expect(line.trade(2, 1, 1)?.at).toBe(4);
  expect(line.trade(4, -1, 1)?.at).toBe(2);
  expect(line.trade(4, 1)).toBeUndefined();
  expect(line.mark(0, 1)?.text).toBe("Rain.");
  expect(line.share(5_000)).toBe(0.5);
});

test("a long quiet time is cut to its end, a short one is not", () => {
  const line = new Timeline(opened);
  expect(line.afterQuiet(1_000)).toBe(1_000);
  expect(line.afterQuiet(2_100)).toBe(8_000);
});

test("a scrubber that is dragged asks for one moment at a time, and ends at the last one", async () => {
  const asked: number[] = [];
  let release = () => {};
  const worker = {
    ask: (_: string, { at }: { at: number }) => {
      asked.push(at);
      return new Promise((done) => (release = () => done({ at, messages: [] })));
    },
  };
  const player = new Player(worker as never, opened, "ACDEFG", 1);
  for (const ms of [1_000, 2_000, 9_000]) player.seek(ms);
  expect(asked).toEqual([1]);
  release();
  await new Promise((done) => setTimeout(done));
  expect(asked).toEqual([1, 4]);
  release();
  await new Promise((done) => setTimeout(done));
  expect([player.at, player.failed]).toEqual([4, null]);
});

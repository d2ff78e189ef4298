import { beforeEach, expect, test } from "vitest";
import { FakeRoom } from "#lib/state/testing/fake-room.ts";
import { Orders } from "#lib/terminal/orders/orders.svelte.ts";
import { QuoteGrid } from "./grid.svelte.ts";
import { rowOf } from "./row.ts";

let room: FakeRoom;
let grid: QuoteGrid;
beforeEach(() => {
  room = new FakeRoom();
  room.book({ bids: [[10, 5]], asks: [[14, 5]] });
  grid = new QuoteGrid(room, new Orders(room), 5);
});
const row = () => rowOf(room, grid, 1);
const rest = (bid: number, ask: number | null) => {
  room.rest(1, "buy", bid, 5, { quote: true });
  if (ask !== null) room.rest(2, "sell", ask, 5, { quote: true });
};

test("a row has the others' best prices, and in grey what would be sent", () => {
  const { market, bid, ask, state } = row();
  expect([market.bid, market.ask]).toEqual([
    [10, 5],
    [14, 5],
  ]);
  expect([bid.draft, ask.draft, bid.live, ask.live]).toEqual([11, 13, null, null]);
  expect(state).toEqual({ kind: "none", text: "Not sent" });
});

test("a side that would trade is told before, with what becomes of it", () => {
  grid.tick([1], true);
  grid.set(1, { mid: 15 });
  expect([row().bid.meets, row().ask.meets]).toEqual([14, null]);
  expect(row().state).toEqual({ kind: "trades", text: "Bid meets 14.0: it would be refused" });
  grid.choices.gridPostOnly = false;
  expect(row().state.text).toBe("Bid meets 14.0: it buys at once");
  grid.set(1, { mid: 9 });
  expect(row().state.text).toBe("Ask meets 10.0: it sells at once");
});

test("a row that was sent says so until the answer", async () => {
  grid.tick([1], true);
  grid.send();
  expect(row().state.kind).toBe("sent");
  await expect.poll(() => row().state.kind).not.toBe("sent");
});

test("a live row works, has one side left, or says what it would become", () => {
  rest(11, 13);
  expect(row().state).toEqual({ kind: "working", text: "Working" });
  grid.tick([1], true);
  expect(row().state.kind).toBe("working");
  room.book({ bids: [[11.5, 5]] });
  expect(row().state).toEqual({ kind: "pending", text: "Next: 11.5 / 13.5" });
  // Rows that are not ticked are not going to be sent.
  grid.tick([1], false);
  expect(row().state.kind).toBe("working");
  room.list();
  rest(11, null);
  expect(row().state.text).toMatch(/^Only your bid 11\.0/);
});

test("without post-only a live quote that would trade waits for the trader to send it", () => {
  rest(11, 13);
  grid.choices.gridPostOnly = false;
  grid.tick([1], true);
  grid.enter(1, { mid: 15 });
  expect(room.sent).toEqual([]);
  expect(row().state.kind).toBe("trades");
  grid.send();
  expect(room.sent).toMatchObject([{ op: "quote", bid: 14, ask: 16 }]);
});

test("a refused side is named, and the other stands", async () => {
  room.answer = () => ({ type: "quote_ack", refused: { ask: "POST_ONLY_WOULD_CROSS" } });
  rest(11, null);
  grid.tick([1], true);
  grid.send();
  await Promise.resolve();
  await Promise.resolve();
  expect([row().bid.refused, row().ask.refused]).toEqual([false, true]);
  expect(row().state).toMatchObject({
    kind: "refused",
    text: expect.stringMatching(/^Ask refused/),
  });
});

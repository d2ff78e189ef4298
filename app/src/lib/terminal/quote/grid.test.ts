import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Level, Message } from "#protocol";
import type { Command } from "#lib/state/room-client.svelte.ts";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import { outside } from "#lib/trading/book.ts";
import { QuoteGrid } from "./grid.svelte.ts";
import { gridOf } from "#lib/trading/grid.ts";
import { Orders } from "#lib/terminal/orders/orders.svelte.ts";

let room: FakeRoom;
let grid: QuoteGrid;
beforeEach(() => {
  vi.useFakeTimers();
  room = new FakeRoom();
  room.instruments = [1, 2, 3].map((id) => ({ ...scalar, id, inst: id, symbol: `S${id}` }));
  room.book({ bids: [[10, 5]], asks: [[14, 5]] });
  grid = new QuoteGrid(room, new Orders(room), 5);
});
afterEach(() => vi.useRealTimers());
const settled = () => vi.advanceTimersByTimeAsync(0);
const quotes = () =>
  room.sent.flatMap((c) =>
    c.op === "quote" ? [[c.inst, c.bid, c.bid_qty, c.ask, c.ask_qty]] : [],
  );

test("every ticked row goes out as a quote of its own, around its middle", async () => {
  grid.tick([1, 3], true);
  grid.set(3, { mid: 19, width: 2, size: 7 });
  grid.send();
  expect(quotes()).toEqual([
    [1, 11, 5, 13, 5],
    [3, 18.5, 7, 19.5, 7],
  ]);
  expect(grid.state(1)).toEqual({ kind: "sent" });
  expect(grid.state(2)).toEqual({ kind: "none" });
  await settled();
  expect(grid.state(1)).toEqual({ kind: "none" });
});

test("ticked rows take middles from elsewhere; those that it has none for stay as they are", () => {
  grid.tick([1, 2], true);
  grid.setMids((inst) => (inst === 2 ? null : 20 + inst));
  expect([1, 2, 3].map((inst) => grid.mid(inst))).toEqual([21, 12, 12]);
  expect(grid.pinned).toBe(1);
  grid.follow();
  expect(grid.mid(1)).toBe(12);
});

test("skew moves both sides; a common setting takes the rows' own back", () => {
  grid.tick([1], true);
  grid.setSkew(-2);
  grid.set(1, { width: 8, size: 1 });
  expect(grid.prices(1)).toEqual({ bid: 18, ask: 26 });
  grid.setWidth(2);
  grid.setSize(4);
  expect(grid.prices(1)).toEqual({ bid: 21, ask: 23 });
  expect(grid.sizeOf(1)).toBe(4);
});

test("one's own quote does not pull its own middle along", () => {
  const bids: Level[] = [
    [11, 5],
    [10, 5],
  ];
  room.book({ bids });
  room.rest(1, "buy", 11, 5, { quote: true });
  expect(grid.mid(1)).toBe(12);
  expect(outside(gridOf(0.5), bids, [{ price: 11, leaves: 3 }])[0]).toEqual([11, 2]);
});

test("typed middles start from those shown, and follow again when asked to", () => {
  grid.tick([1], true);
  grid.setSource("typed");
  room.book({ bids: [[4, 5]] });
  expect([grid.mid(1), grid.mid(2), grid.pinned]).toEqual([12, null, 1]);
  grid.setSource("book");
  expect(grid.mid(1)).toBe(9);
  grid.set(1, { mid: 30 });
  grid.follow();
  expect(grid.mid(1)).toBe(9);
});

test("a row that cannot be sent says why, and the others go", async () => {
  room.instruments = room.instruments.map((i) => (i.id === 2 ? { ...i, halted: true } : i));
  grid.tick([1, 2, 3], true);
  grid.set(3, { size: 51 });
  grid.send();
  expect(quotes().map(([inst]) => inst)).toEqual([1]);
  expect(grid.state(2)).toEqual({ kind: "refused", reason: expect.stringMatching(/S2 is halted/) });
  expect(grid.state(3)).toEqual({ kind: "refused", reason: "Your limit is 50 an order." });
  await settled();
  room.book({ bids: [] });
  grid.tick([2, 3], false);
  grid.send();
  expect(grid.state(1)).toMatchObject({ kind: "refused", reason: expect.stringMatching(/type/i) });
});

test("the exchange's refusal stands in the row and not among the notices", async () => {
  room.answer = (command) => {
    const message = "No.";
    room.notices.add({ type: "refused", message, inst: (command as { inst: number }).inst });
    return { type: "error", code: "BAD_REQUEST", message, op: "quote" } as Partial<Message>;
  };
  grid.tick([1], true);
  grid.send();
  await settled();
  expect(grid.state(1)).toEqual({ kind: "refused", reason: "No." });
  expect(room.notices.list).toEqual([]);
  grid.set(1, { mid: 12 });
  expect(grid.state(1)).toEqual({ kind: "none" });
});

test("steps act on ticked rows: what is live is amended from where it rests, the rest is drafted", async () => {
  room.rest(1, "buy", 9, 5, { quote: true });
  room.rest(2, "sell", 15, 5, { quote: true });
  grid.tick([1, 2], true);
  grid.move("up");
  grid.move("tighter");
  expect(quotes()).toEqual([[1, 9.5, 5, 15.5, 5]]);
  await settled();
  expect(quotes()).toEqual([
    [1, 9.5, 5, 15.5, 5],
    [1, 10, 5, 15, 5],
  ]);
  expect(grid.prices(2)).toEqual({ bid: 24, ask: 26 });
  expect(grid.pinned).toBe(2);
});

test("a row has one request under way; only the last of the steps meanwhile follows it", async () => {
  let answer: (message: Message) => void = () => undefined;
  room.send = (command: Command) => {
    room.sent.push(command);
    return new Promise((resolve) => (answer = resolve));
  };
  grid.tick([1], true);
  grid.send();
  for (let i = 0; i < 5; i++) grid.move("up");
  expect(quotes()).toEqual([[1, 11, 5, 13, 5]]);
  room.rest(1, "buy", 11, 5, { quote: true });
  room.rest(2, "sell", 13, 5, { quote: true });
  answer({ type: "quote_ack" } as Message);
  await settled();
  expect(quotes().slice(1)).toEqual([[1, 13.5, 5, 15.5, 5]]);
});

test("no faster than the rate of orders: what waits goes when it may", async () => {
  room.limits = { ...room.limits!, orders_per_sec: 3 };
  grid.tick([1, 2, 3], true);
  grid.send();
  expect(quotes()).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(600);
  expect(quotes()).toHaveLength(3);
});

test("pull all takes back the quotes only, also one that is still on its way", async () => {
  room.rest(1, "buy", 9, 5, { quote: true });
  room.rest(2, "buy", 8, 5);
  grid.tick([1], true);
  grid.send();
  grid.pullAll();
  expect(room.sent.map((c) => c.op)).toEqual(["quote"]);
  await settled();
  expect(room.sent.slice(1)).toEqual([{ op: "cancel", order_id: 1, inst: 1 }]);
});

test("ticked rows that lack something are not counted as ready to be sent", () => {
  grid.tick([1, 2, 3], true);
  expect(grid.ready).toBe(3);
  room.instruments = room.instruments.map((one) => (one.id === 2 ? { ...one, halted: true } : one));
  grid.set(3, { size: 51 });
  expect(grid.ready).toBe(1);
});

const rest = (bid: [number, number] | null, ask: [number, number] | null) => {
  room.list();
  if (bid) room.rest(1, "buy", bid[0], bid[1], { quote: true, qty: 5 });
  if (ask) room.rest(2, "sell", ask[0], ask[1], { quote: true, qty: 5 });
};

test("quotes are post-only, unless the trader has chosen otherwise", () => {
  grid.tick([1], true);
  grid.send();
  grid.choices.gridPostOnly = false;
  grid.tick([2], true);
  grid.send();
  expect(room.sent.map((command) => command.op === "quote" && command.post_only)).toEqual([
    true,
    undefined,
  ]);
});

test("a step moves what is left of a quote, and refills it only if steps do", () => {
  rest([11, 2], null);
  grid.tick([1], true);
  grid.move("up");
  expect(quotes()).toEqual([[1, 11.5, 2, undefined, undefined]]);
});

test("steps that refill send both sides whole", () => {
  rest([11, 2], null);
  grid.choices.stepsRefill = true;
  grid.tick([1], true);
  grid.move("up");
  expect(quotes()).toEqual([[1, 11.5, 5, 13.5, 5]]);
});

test("width, skew and a row's middle act on what is left of live ticked rows, the size on all of it", async () => {
  rest([11, 2], [13, 5]);
  grid.setWidth(8);
  expect(quotes()).toEqual([]);
  grid.tick([1, 2], true);
  grid.setWidth(2);
  expect(quotes()).toEqual([[1, 11.5, 2, 12.5, 5]]);
  await settled();
  grid.setSkew(2);
  await settled();
  grid.enter(1, { mid: 13 });
  await settled();
  grid.setSize(4);
  expect(quotes().slice(1)).toEqual([
    [1, 12.5, 2, 13.5, 5],
    [1, 13.5, 2, 14.5, 5],
    [1, 13.5, 4, 14.5, 4],
  ]);
});

test("a setting that cannot be read holds its rows back, and moves nothing", async () => {
  rest([11, 5], [13, 5]);
  grid.tick([1], true);
  grid.setSkew(null);
  expect(grid.problem(1)).toMatch(/skew/);
  grid.setSkew(0);
  await settled();
  room.sent.length = 0;
  grid.setProblem(1, "mid", "Which?");
  grid.setWidth(2);
  grid.send();
  expect(quotes()).toEqual([]);
  expect(grid.state(1)).toEqual({ kind: "refused", reason: "Which?" });
  grid.setProblem(1, "mid", null);
  expect(grid.problem(1)).toBeNull();
});

test("wider and tighter come back at the lowest price, and send no bid that nobody chose", async () => {
  room.instruments = room.instruments.map((one) => ({ ...one, min_price: 0 }));
  grid.tick([1], true);
  grid.set(1, { mid: 0.1 });
  expect(grid.prices(1)).toEqual({ bid: 0, ask: 2 });
  for (const step of ["wider", "tighter", "down", "up"] as const) grid.move(step);
  expect(grid.prices(1)).toEqual({ bid: 0, ask: 2 });
  expect(grid.widthOf(1)).toBe(4);
  // A live quote rests at the bound, and steps from where it was asked for as well.
  room.book({ bids: [], asks: [[3, 5]] });
  grid.set(1, { mid: 0.5, width: 8 });
  room.rest(1, "buy", 0, 5, { quote: true });
  room.rest(2, "sell", 2.5, 5, { quote: true });
  grid.move("wider");
  await settled();
  expect(quotes().at(-1)).toEqual([1, 0, 5, 3, 5]);
  room.rest(2, "sell", 3, 5, { quote: true });
  grid.move("tighter");
  await settled();
  expect(quotes().at(-1)).toEqual([1, 0, 5, 2.5, 5]);
});

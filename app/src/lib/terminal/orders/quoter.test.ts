import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "#protocol";
import { FakeRoom } from "#lib/state/testing/fake-room.ts";
import type { Command } from "#lib/state/room-client.svelte.ts";
import { Orders } from "./orders.svelte.ts";
import type { Quoter } from "./quoter.svelte.ts";

let room: FakeRoom;
let quoter: Quoter;
let answers: ((message: Partial<Message>) => void)[];
beforeEach(() => {
  vi.useFakeTimers();
  room = new FakeRoom();
  answers = [];
  quoter = new Orders(room).quoter;
});
afterEach(() => vi.useRealTimers());
const settled = () => vi.advanceTimersByTimeAsync(0);
/** Holds back all replies from now on: the test gives them. */
function byHand(): void {
  room.send = (command: Command) => {
    room.sent.push(command);
    return new Promise((resolve) => answers.push(resolve as never));
  };
}
const at = (bid: number | null, ask: number | null) => ({ bid, bidQty: 5, ask, askQty: 7 });

test("one request is in flight an instrument, and of those wanted meanwhile the last one follows", async () => {
  byHand();
  quoter.want(1, at(10, 12));
  quoter.want(1, at(10.5, 12.5));
  quoter.want(1, at(11, 13));
  expect(room.sent).toHaveLength(1);
  expect(quoter.state(1)).toEqual({ kind: "sent" });
  expect(quoter.waiting(1)).toMatchObject({ bid: 11, ask: 13 });
  answers[0]?.({ type: "quote_ack" });
  await settled();
  expect(room.sent.slice(1)).toEqual([
    { op: "quote", inst: 1, bid: 11, bid_qty: 5, ask: 13, ask_qty: 7 },
  ]);
  expect(quoter.asked(1)).toMatchObject({ bid: 11, ask: 13 });
});

test("a side without price or quantity is left out", () => {
  quoter.want(1, at(10, null));
  quoter.want(2, { ...at(10, 12), bidQty: 0 });
  expect(room.sent).toEqual([
    { op: "quote", inst: 1, bid: 10, bid_qty: 5 },
    { op: "quote", inst: 2, ask: 12, ask_qty: 7 },
  ]);
});

test("only one that was taken says so, and a later one in its place answers for itself", async () => {
  byHand();
  const taken: string[] = [];
  quoter.want(1, at(10, 12), { taken: () => taken.push("first") });
  quoter.want(1, at(11, 12), { taken: () => taken.push("second") });
  quoter.want(1, at(11, 13), { taken: () => taken.push("third") });
  answers[0]?.({ type: "error", message: "No." });
  await settled();
  expect(taken).toEqual([]);
  answers[1]?.({ type: "quote_ack" });
  await settled();
  expect(taken).toEqual(["third"]);
});

test("a refusal is a notice, or stands at its place where that was asked for", async () => {
  room.answer = () => {
    room.notices.add({ type: "refused", message: "No.", inst: 1 });
    return { type: "error", message: "No." };
  };
  quoter.want(1, at(10, 12));
  await settled();
  expect(quoter.state(1)).toEqual({ kind: "none" });
  expect(room.notices.list.map((one) => one.event)).toMatchObject([{ message: "No." }]);
  room.notices.remove(room.notices.list[0]!.id);
  quoter.want(1, at(10, 12), { inPlace: true });
  await settled();
  expect(quoter.state(1)).toEqual({ kind: "refused", reason: "No." });
  expect(room.notices.list).toEqual([]);
  quoter.clearRefusal(1);
  expect(quoter.state(1)).toEqual({ kind: "none" });
});

test("no faster than the rate of orders, whichever form it comes from", async () => {
  room.limits = { ...room.limits!, orders_per_sec: 3 };
  for (const inst of [1, 2, 3]) quoter.want(inst, at(10, 12));
  expect(room.sent).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(600);
  expect(room.sent).toHaveLength(3);
});

test("a quote that is pulled on its way is taken back once it is answered", async () => {
  byHand();
  quoter.want(1, at(10, 12));
  quoter.want(1, at(11, 12));
  quoter.pull(1);
  room.rest(1, "buy", 10, 5, { quote: true });
  room.rest(2, "buy", 9, 5);
  expect(room.sent).toHaveLength(1);
  answers[0]?.({ type: "quote_ack" });
  await settled();
  expect(room.sent.slice(1)).toEqual([{ op: "cancel", order_id: 1, inst: 1 }]);
  expect(quoter.asked(1)).toBeNull();
});

test("a quote of an unusual size waits for a second press; its later moves do not", () => {
  const quote = { bid: 10, bidQty: 500, ask: 12, askQty: 5 };
  quoter.want(1, quote);
  expect(room.sent).toEqual([]);
  expect(quoter.state(1)).toEqual({
    kind: "refused",
    reason: "Press again: 500 is above your guard of 100.",
  });
  quoter.want(1, quote);
  expect(room.sent).toHaveLength(1);
  quoter.want(1, { ...quote, bid: 10.5 });
  expect(quoter.question(1)).toBeNull();
  expect(quoter.waiting(1)).toMatchObject({ bid: 10.5 });
});

const live = (bidQty: number | null, askQty: number | null) => {
  room.list();
  if (bidQty !== null) room.rest(1, "buy", 10, bidQty, { quote: true });
  if (askQty !== null) room.rest(2, "sell", 12, askQty, { quote: true });
};

test("a move takes what is left when it is sent, and nothing if nothing is left", async () => {
  byHand();
  live(5, 7);
  quoter.want(1, at(10, 12), { keeps: true });
  quoter.want(1, at(11, 13), { keeps: true });
  // Taken while the first was on its way.
  live(2, null);
  answers[0]?.({ type: "quote_ack" });
  await settled();
  expect(room.sent.slice(1)).toEqual([{ op: "quote", inst: 1, bid: 11, bid_qty: 2 }]);
  expect(quoter.asked(1)).toMatchObject({ bidQty: 5, ask: 13, askQty: 7 });
  quoter.want(1, at(11, 13), { keeps: true });
  live(null, null);
  answers[1]?.({ type: "quote_ack" });
  await settled();
  expect(room.sent).toHaveLength(2);
});

test("a side that was refused by itself is told, and comes whole with the next move", async () => {
  room.answer = () => ({ type: "quote_ack", refused: { bid: "POST_ONLY_WOULD_CROSS" } });
  live(null, 3);
  quoter.want(1, { ...at(11, 12), postOnly: true });
  expect(room.sent.at(-1)).toMatchObject({ post_only: true });
  await settled();
  expect(quoter.refusedSides(1)).toEqual({ bid: "POST_ONLY_WOULD_CROSS" });
  room.answer = () => ({ type: "quote_ack", refused: {} });
  quoter.want(1, { ...at(9, 12), postOnly: true }, { keeps: true });
  expect(room.sent.at(-1)).toMatchObject({ bid: 9, bid_qty: 5, ask: 12, ask_qty: 3 });
  await settled();
  expect(quoter.refusedSides(1)).toEqual({});
});

test("a step neither undoes a pull that waits, nor makes a whole quote smaller that waits", async () => {
  byHand();
  live(2, 2);
  quoter.want(1, at(10, 12));
  quoter.want(1, at(10, 12));
  quoter.want(1, at(11, 13), { keeps: true });
  answers[0]?.({ type: "quote_ack" });
  await settled();
  expect(room.sent[1]).toEqual({ op: "quote", inst: 1, bid: 11, bid_qty: 5, ask: 13, ask_qty: 7 });
  quoter.pull(1);
  expect(quoter.isOut(1)).toBe(false);
});

test("pull all takes back the quotes of all instruments, and no other order", () => {
  room.rest(1, "buy", 10, 5, { quote: true });
  room.rest(2, "sell", 12, 5, { quote: true, inst: 2 });
  room.rest(3, "buy", 9, 5);
  quoter.pullAll();
  expect(room.sent).toEqual([
    { op: "cancel", order_id: 1, inst: 1 },
    { op: "cancel", order_id: 2, inst: 2 },
  ]);
});

import { beforeEach, expect, test } from "vitest";
import type { Instrument } from "#protocol";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import { ChainLens } from "./lens.svelte.ts";

const option = (id: number, strike: number): Instrument => ({
  ...scalar,
  ...{ id, inst: id, symbol: `C${strike}`, type: "CALL", reference_id: 1, strike },
});
let room: FakeRoom;
let preferences: { lens: boolean };
let lens: ChainLens;

beforeEach(() => {
  room = new FakeRoom();
  room.instruments = [scalar, option(2, 90), option(3, 100)];
  show(2, 4, 5);
  show(3, 6, 7);
  preferences = { lens: true };
  lens = new ChainLens(room, preferences);
});
function show(inst: number, bid: number, ask: number): void {
  room.book({ bids: [[bid, 3]], asks: [[ask, 3]] }, [inst]);
}
const underlying = () => room.instruments[0]!;
const marked = () =>
  lens
    .flags(underlying())
    .get(2)
    ?.map(({ locks }) => locks);
function settle() {
  room.instruments = room.instruments.map((one) => ({ ...one, settled: true }));
  room.book({ bids: [], asks: [] });
}

test("off: nobody may turn it on, and a switch left on marks nothing", () => {
  room.lens = "off";
  expect(lens.isAllowed(underlying())).toBe(false);
  expect(marked()).toBeUndefined();
  lens.note(1);
  settle();
  expect(lens.isAllowed(underlying())).toBe(false);
  expect(marked()).toBeUndefined();
});

test("always: what stands now, for who has it on", () => {
  room.lens = "always";
  expect(marked()).toEqual([1]);
  preferences.lens = false;
  expect(marked()).toBeUndefined();
});

test("after the round: nothing while it runs, then the best that there was", () => {
  room.lens = "after";
  expect(lens.isAllowed(underlying())).toBe(false);
  expect(marked()).toBeUndefined();
  lens.note(1_000);
  show(3, 8, 9);
  lens.note(2_000);
  settle();
  expect(lens.isAllowed(underlying())).toBe(true);
  expect(lens.flags(underlying()).get(2)).toMatchObject([{ locks: 3, sets: 3, at: 2_000 }]);
});

test("after the round is after the session as well", () => {
  room.lens = "after";
  lens.note(1_000);
  room.session = { ...room.session!, state: "closed" };
  expect(marked()).toEqual([1]);
});

test("one's own quotes are nobody's mistake", () => {
  room.lens = "always";
  room.rest(1, "sell", 5, 3, { inst: 2 });
  expect(marked()).toBeUndefined();
});

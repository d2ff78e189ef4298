/** Names of bots, and what they say at the end. */

import { expect, test } from "vitest";
import { TestRoom } from "../testing/room.ts";
import { botNames } from "./names.ts";
import { sentenceOf, type Deeds } from "./words.ts";

test("names are drawn from the seed, and numbered once all are taken", () => {
  const { state } = new TestRoom().room;
  const names = botNames(state, "maker", 90, "s");
  expect(new Set(names).size).toBe(90);
  for (const name of names) expect(name).toMatch(/^Maker \p{L}+( 2| 3)?$/u);
  expect(names[0]).toMatch(/^Maker \p{L}+$/u);
  const firsts = names.filter((name) => !/\d/.test(name));
  expect(firsts.length).toBeGreaterThan(40);
  expect(names.find((name) => /\d/.test(name))).toBe(`${firsts[0]} 2`);
  expect(botNames(state, "maker", 90, "s")).toEqual(names);
  expect(botNames(state, "maker", 90, "t")).not.toEqual(names);
});

test("the names of people in the room are left out, and the host's choice is kept", () => {
  const room = new TestRoom();
  const [first = ""] = botNames(room.room.state, "noise", 1, "s");
  room.join(first);
  expect(botNames(room.room.state, "noise", 40, "s")).not.toContain(first);
  expect(botNames(room.room.state, "noise", 1, "s", "Nils")).toEqual(["Nils"]);
  expect(botNames(room.room.state, "noise", 2, "s", "Nils")).toEqual(["Nils 1", "Nils 2"]);
});

const deeds: Deeds = { kind: "maker", pnl: 12.34, hasTraded: true, held: null, hand: null };
const say = (more: Partial<Deeds>) => sentenceOf({ ...deeds, ...more });

test("a sentence says what was done, what was held, and what came out", () => {
  const did = "I quoted both sides around my fair value and moved them against my position";
  expect(say({})).toBe(`${did} and made 12.3.`);
  expect(say({ pnl: -0.06 })).toBe(`${did} and lost 0.1.`);
  expect(say({ pnl: -0.04 })).toBe(`${did} and came out even.`);
  expect(say({ held: { symbol: "X", qty: 1 } })).toBe(`${did}, ended long 1 X and made 12.3.`);
  expect(say({ held: { symbol: "X", qty: -3 } })).toBe(`${did}, ended short 3 X and made 12.3.`);
  expect(say({ hasTraded: false })).toBe("I quoted both sides, and nobody traded with me.");
});

test("the informed one says what its cards told", () => {
  const hand = { symbol: "SUM", worth: 150, more: 3.04 };
  const told = (more: Partial<typeof hand>) =>
    say({ kind: "informed", hand: { ...hand, ...more } });
  expect(told({})).toMatch(/^My cards made SUM worth 150, 3 more than the table said, so/);
  expect(told({ more: -3 })).toContain("3 less than the table said");
  expect(told({ more: 0.01 })).toContain("as much as the table said");
  expect(say({ hand })).not.toContain("My cards");
  expect(say({ kind: "informed" })).toMatch(/^I waited for prices/);
});

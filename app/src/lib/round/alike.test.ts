import { expect, test } from "vitest";
import type { Card } from "#protocol";
import { alike } from "./alike.ts";

const suit = (id: number, label: string): Card => ({ id, kind: "card", label, value: 1 });

test("a hand of suits is told by their numbers, and none of its cards is left out", () => {
  const hand = [suit(1, "♣"), suit(5, "♥"), suit(2, "♣"), suit(9, "♠"), suit(3, "♣")];
  expect(alike(hand).map(({ card, count }) => [card.label, count])).toEqual([
    ["♣", 3],
    ["♥", 1],
    ["♠", 1],
  ]);
});

test("a number and a die of the same label are not alike", () =>
  expect(alike([suit(1, "4"), { ...suit(2, "4"), kind: "die" }])).toHaveLength(2));

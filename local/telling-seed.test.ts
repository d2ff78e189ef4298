import { expect, test } from "vitest";
import { SeededStream } from "#game/dealing/random.ts";
import { plannedOf } from "#game/formats/planned.ts";
import { tellingSeed } from "./telling-seed.ts";

const game = { format: "card_sum", params: { cards_each: 6, table: 2, options: false } };

test("of the drawn deals that one is played whose own hand is furthest from an average one", () => {
  const plan = plannedOf({ id: game.format, params: game.params });
  if (typeof plan === "string") throw new Error(plan);
  /** Distance of the own six cards from 42, their average. */
  const off = (seed: string) => {
    const { deal } = plan.deal(new SeededStream(seed), 6);
    return Math.abs((deal.hands[5] ?? []).reduce((sum, { value }) => sum + value, 0) - 42);
  };
  let drawn: string[] = [];
  for (let start = 0; start < 200; start += 8) {
    drawn = [];
    const seed = tellingSeed(game, { seat: 5, seats: 6 }, () => {
      drawn.push(String(start + drawn.length).padStart(64, "0"));
      return drawn.at(-1) as string;
    });
    expect(off(seed)).toBe(Math.max(...drawn.map(off)));
    expect(off(seed)).toBeGreaterThan(3);
  }
});

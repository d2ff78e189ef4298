import { expect, test } from "vitest";
import type { ToldDeal } from "../formats/dealt-again.ts";
import { describeFormats } from "../formats/describe.ts";
import { TestRoom } from "../testing/room.ts";
import { dealsAgain } from "./deals.ts";

/** Plays a round to its end, and tells it as a debrief does. */
function told(format: string): ToldDeal {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  const seats = ["Ana", "Bo", "Cy"].map((name) => room.join(name));
  host.ask("round_start", { format, auto: false });
  for (let steps = 0; host.all("round_result").length === 0 && steps < 40; steps++) {
    if (host.last("round").step.kind === "ask")
      for (const [at, seat] of seats.entries()) seat.ask("round_answer", { value: at + 1 });
    host.ask("round_step", { action: "next" });
  }
  const round = host.last("round");
  const { seed, hands, table, deck } = host.last("round_result");
  const handOf = (userId: number) => hands.find((hand) => hand.user_id === userId)?.cards ?? [];
  return {
    ...{ room: room.room.state.room, round: 1, format, params: round.params, seed },
    ...{ commits: [round.commit], hands: round.seats.map(({ user_id }) => handOf(user_id)) },
    ...{ table, deck },
  };
}

const formats = describeFormats().map(({ id }) => id);

test.each(formats)("%s is dealt again as it was told", (format) => {
  expect(dealsAgain([told(format)])).toEqual([{ round: 1, where: null }]);
});

test("another seed, another card and another promise are found", () => {
  const deal = told("card_sum");
  const where = (change: Partial<ToldDeal>) => dealsAgain([{ ...deal, ...change }])[0]?.where;
  expect(where({ seed: "1".repeat(64) })).toMatch(/promised/);
  expect(where({ seed: "1".repeat(64), commits: [] })).toMatch(/hand of seat 1/);
  expect(where({ table: deal.table.toReversed() })).toMatch(/table/);
  expect(where({ params: { cards_each: "two" } })).toMatch(/cards_each/);
});

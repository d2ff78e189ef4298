/** Checks the deal of every game that rooms play, and finds whatever was changed in one. */

import { expect, test } from "vitest";
import { describeFormats } from "#game/formats/describe.ts";
import { TestRoom, type TestUser } from "#game/testing/room.ts";
import type { Message } from "#protocol";
import { findingsOf, type SeenRound } from "./check.ts";

/** Plays a round to its result, as one of its seats sees it. */
function played(format: string, params: object = {}): SeenRound {
  const room = new TestRoom();
  const host = room.join("Exchange", "exchange");
  const seats = ["Ana", "Bo", "Cy"].map((name) => room.join(name)) as [TestUser, ...TestUser[]];
  host.ask("round_start", { format, params: { ...params }, auto: false });
  const [ana] = seats;
  const first = ana.last("round");
  let hand: Message<"hand">["cards"] = [];
  for (let steps = 0; ana.all("round_result").length === 0 && steps < 40; steps++) {
    const { kind } = host.last("round").step;
    for (const [at, seat] of seats.entries())
      if (kind === "ask") seat.ask("round_answer", { value: at + 1 });
    if (kind === "deal") hand = ana.last("hand").cards;
    host.ask("round_step", { action: "next" });
  }
  return {
    room: room.room.state.room,
    ...{ round: ana.last("round"), result: ana.last("round_result") },
    promise: { commit: first.commit, step: first.step.n },
    hand,
    nameOf: (userId) => room.room.state.users.get(userId)?.name ?? "",
    symbolOf: () => null,
  };
}

const playable = describeFormats().map(({ id }) => id);

test.each(playable)("%s: all that was shown follows from the seed", (id) => {
  const findings = findingsOf(played(id));
  expect(findings.filter(({ isRight }) => !isRight)).toEqual([]);
  expect(findings.map(({ told }) => told).join()).not.toContain("undefined");
  expect(findings[0]?.told).toContain("before anything was dealt");
});

test("own questions of a quiz are not drawn, and the settlement is the answer", () => {
  const questions = [{ question: "How high?", answer: 330, min: 0, max: 1000, hints: ["High."] }];
  const findings = findingsOf(played("quiz", { questions }));
  expect(findings.every(({ isRight }) => isRight)).toBe(true);
  expect(findings.at(-1)?.told).toContain("330");
});

/** Findings of a round that was changed. */
const wrong = (change: (seen: SeenRound) => void): string[] => {
  const seen = structuredClone({ ...played("card_sum"), nameOf: null, symbolOf: null });
  const round = { ...seen, nameOf: (id: number) => `#${id}`, symbolOf: () => null };
  change(round);
  return findingsOf(round)
    .filter(({ isRight }) => !isRight)
    .map(({ what }) => what);
};

test("a changed card, a changed seed, a changed promise and a changed value are found", () => {
  expect(wrong(() => {})).toEqual([]);
  const swap = <T>(list: T[]) => list.reverse();
  expect(wrong(({ result }) => swap(result.hands[0]!.cards))).toEqual(["Hands"]);
  expect(wrong(({ result }) => swap(result.table))).toEqual(["Table"]);
  expect(wrong(({ round }) => swap(round.table))).toEqual(["Table"]);
  expect(wrong(({ result }) => swap(result.deck))).toEqual(["Deck"]);
  expect(wrong((seen) => (seen.hand = seen.result.table))).toEqual(["Your hand"]);
  expect(wrong(({ result }) => result.settlement[0]!.value++)).toEqual(["Settlement"]);
  expect(wrong((seen) => (seen.promise = { commit: "0".repeat(64), step: 0 }))).toEqual([
    "The promise",
  ]);
  expect(wrong(({ result }) => (result.seed = "1".repeat(64)))).toContain("The promise");
});

/** A few rounds of every format through faults: see round-game.ts. `npm run simulate -- --rounds N` plays many. */

import { describe, expect, test } from "vitest";
import type { Message } from "#protocol";
import { formats } from "#game/formats/all.ts";
import { simulatedFormats } from "./games.ts";
import { playRounds } from "./round-game.ts";

test("every game is simulated", () => {
  expect(Object.keys(simulatedFormats).sort()).toEqual(formats.map(({ id }) => id).sort());
});

test.each(Object.keys(simulatedFormats))("%s keeps its promises whatever fails", (format) => {
  expect(playRounds(format, 1).messages).toBeGreaterThan(50);
});

test.each([
  ["width", 63],
  ["goal_suit", 88],
])(
  "%s, seed %i: a start that was refused while traders were away is made again",
  (format, seed) => {
    expect(playRounds(format, seed).rounds).toBeGreaterThan(0);
  },
);

test("parity, seed 165: a room that woke after the house had quoted measures it from the same moment", () => {
  expect(playRounds("parity", 165).rounds).toBeGreaterThan(0);
});

describe("a planted mistake is found:", () => {
  const messageOf = (frame: (message: Message) => Message) => {
    try {
      playRounds("seventeen", 2, { frame: (mail) => mail.map(frame) });
    } catch (fault) {
      return (fault as Error).message;
    }
    return "nothing was found";
  };

  test("a hand that is another's", () => {
    const frame = (one: Message): Message =>
      one.type === "hand" && one.cards.length > 0
        ? { ...one, cards: one.cards.map((card) => ({ ...card, value: card.value + 1 })) }
        : one;
    expect(messageOf(frame)).toContain("a hand is not that of the deal");
  });

  test("a card that is told before its time", () => {
    const card = { id: 1, kind: "number", label: "-10", value: -10 } as const;
    const frame = (one: Message): Message =>
      one.type === "round" && one.step.kind === "deal" ? { ...one, table: [card] } : one;
    expect(messageOf(frame)).toMatch(/before their time|is not that of the deal/);
  });

  test("a seed that is told before the result", () => {
    let seed = "";
    const note = (one: Message): Message => {
      if (one.type === "round_result") seed = one.seed;
      return one;
    };
    expect(messageOf(note)).toBe("nothing was found");
    const frame = (one: Message): Message =>
      one.type === "halt" ? ({ ...one, note: seed } as Message) : one;
    expect(messageOf(frame)).toContain("a seed was told before the result");
  });

  test("a P&L that is a unit too high", () => {
    const frame = (one: Message): Message =>
      one.type === "round_result"
        ? {
            ...one,
            rows: one.rows.map((row, at) => (at === 0 ? { ...row, pnl: row.pnl + 1 } : row)),
          }
        : one;
    expect(messageOf(frame)).toContain("a P&L is not that of the fills");
  });
});

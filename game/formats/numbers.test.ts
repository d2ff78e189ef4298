/** Settlements that are no whole numbers, and bounds beyond what can be traded. */

import { expect, test } from "vitest";
import { goTo, next, refusalOf, seated, start } from "../testing/rounds.ts";

test.each([
  { answers: [0.1, 0.2], total: 0.3, average: 0.15 },
  { answers: [0.1, 0.7, 0.000_001], total: 0.800_001, average: 0.266_667 },
  // Half goes up, on either side of 0.
  { answers: [0.000_001, 0.000_002], total: 0.000_003, average: 0.000_002 },
  { answers: [-0.000_001, -0.000_002], total: -0.000_003, average: -0.000_001 },
  { answers: [1 / 3, 1 / 3, 1 / 3], total: 1, average: 0.333_333 },
  { answers: [], total: 0, average: 0 },
])("numbers: $answers settle at $total and $average", ({ answers, total, average }) => {
  const { host, seats } = seated();
  start(host, { format: "numbers", params: { min: -10, max: 10 }, auto: false });
  goTo(host, "ask");
  for (const [at, value] of answers.entries()) seats[at]!.ask("round_answer", { value });
  goTo(host, "settle");
  expect(host.last("round_result").settlement.map(({ value }) => value)).toEqual([total, average]);
  next(host);
  expect(next(host).state).toBe("done");
});

test("bounds whose total is more than a price can be are refused before the round", () => {
  const { host } = seated();
  const begin = (max: number) =>
    refusalOf(host.ask("round_start", { format: "numbers", params: { max }, auto: false }));
  expect(begin(333_333_334)).toContain("BAD_REQUEST: The total of 3 answers");
  expect(begin(333_333_333)).toBe("taken");
});

test.each(["quiz", "width"])(
  "%s: an answer of seven decimals is refused, for no price has them",
  (format) => {
    const { host } = seated();
    const begin = (answer: number) => {
      const question = { question: "How much?", answer, min: 0, max: 10 };
      const params = format === "quiz" ? { questions: [question] } : { question };
      return refusalOf(host.ask("round_start", { format, params, auto: false }));
    };
    expect(begin(3.141_592_7)).toContain("answer` of the format: The answer may have at most 6");
    expect(begin(3.141_593)).toBe("taken");
    goTo(host, "settle");
    expect(host.last("round_result").settlement[0]!.value).toBe(3.141_593);
  },
);

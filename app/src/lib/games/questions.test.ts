import { expect, test } from "vitest";
import { plannedOf } from "#game/formats/planned.ts";
import { pastedQuestions, questionsIn } from "./questions.ts";

const pasted = (text: string) => pastedQuestions(text, ["en"]);

test("a question has two hundred characters at most", () => {
  const long = (length: number) => pasted(`${"x".repeat(length)}; 5`).faults.length;
  expect([long(200), long(201)]).toEqual([0, 1]);
});

test("lines are questions, with semicolons, tabs or bars, and with or without bounds", () => {
  const { questions, faults } = pasted(
    [
      "How high is the tower?; 330; 0; 1000; m; Taller than 300 m; Shorter than 350 m",
      "",
      "How many keys has a piano?\t88",
      "How cold is it? | -40 | -100 | 50",
    ].join("\n"),
  );
  expect(faults).toEqual([]);
  expect(questions).toEqual([
    {
      ...{ question: "How high is the tower?", answer: 330, min: 0, max: 1000, unit: "m" },
      hints: ["Taller than 300 m", "Shorter than 350 m"],
    },
    { question: "How many keys has a piano?", answer: 88, min: 0, max: 1000, unit: "", hints: [] },
    { question: "How cold is it?", answer: -40, min: -100, max: 50, unit: "", hints: [] },
  ]);
  // The game takes what was read.
  expect(plannedOf({ id: "quiz", params: { questions } })).toBeTypeOf("object");
  expect(questionsIn(questions)).toEqual(questions);
  expect(questionsIn(questions[0])).toEqual([questions[0]]);
});

test("a line that is no question is named, with the reason, and the others are taken", () => {
  const { questions, faults } = pasted(
    ["No answer here", "How many?; a lot", "Outside?; 5; 10; 20", "Fine?; 7", "; 7"].join("\n"),
  );
  expect(questions.map(({ question }) => question)).toEqual(["Fine?"]);
  expect(faults.map(({ line }) => line)).toEqual([1, 2, 3, 5]);
  expect(faults[1]?.why).toContain("a lot");
});

test("a number that could be two is not guessed at", () => {
  expect(pasted("How far?; 1,234").faults).toHaveLength(0);
  expect(pastedQuestions("How far?; 1,234", ["de"]).faults).toHaveLength(1);
});

import { expect, test } from "vitest";
import { describeFormats } from "#game/formats/describe.ts";
import { fieldsOf } from "./fields.ts";

const question = { question: { type: "string" }, answer: { type: "number" } };

test("parameters are fields by their kind, in their order, with their bounds", () => {
  const params = {
    type: "object",
    properties: {
      cards_each: { type: "integer", minimum: 1, maximum: 10, default: 2, description: "Cards." },
      signed: { type: "boolean", default: false },
      question: { type: "string", default: "How many?", maxLength: 100 },
      pack: { type: "string", enum: ["numbers"], default: "numbers" },
      shrink: { type: "number", default: 0.1 },
      questions: { type: "array", items: { properties: question }, maxItems: 40 },
      one: { type: "object", properties: question },
    },
  };
  expect(fieldsOf({ params })).toEqual([
    ...[{ name: "cards_each", label: "Cards", kind: "number", min: 1, max: 10, whole: true }].map(
      (field) => ({ ...field, initial: 2 }),
    ),
    { name: "signed", label: "signed", kind: "flag", initial: false },
    { name: "question", label: "question", kind: "text", most: 100, initial: "How many?" },
    {
      ...{ name: "shrink", label: "shrink", kind: "number", min: -Infinity, max: Infinity },
      ...{ whole: false, initial: 0.1 },
    },
    { name: "questions", label: "questions", kind: "questions", most: 40, isList: true },
    { name: "one", label: "one", kind: "questions", most: 1, isList: false },
  ]);
  expect(fieldsOf({ params: {} })).toEqual([]);
});

test("every parameter of every game has a field, but for the choice of the one pack", () => {
  for (const format of describeFormats()) {
    const names = Object.keys(format.params["properties"] as object);
    const withField = fieldsOf(format).map(({ name }) => name);
    expect(names.filter((name) => !withField.includes(name))).toEqual(
      format.id === "quiz" ? ["pack"] : [],
    );
  }
});

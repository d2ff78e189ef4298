import { expect, test } from "vitest";
import * as v from "valibot";
import { messageSchemas, parseRequest, requestSchemas, type MessageType, type Op } from "#protocol";
import { asyncApi } from "./asyncapi.mjs";
import { byExample } from "./by-example.mjs";
import { exampleOf } from "./examples.mjs";

const document = asyncApi() as Record<string, unknown>;

/** Every reference in a document. */
function refsIn(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === "$ref" && typeof value === "string" ? [value] : refsIn(value),
  );
}

function at(pointer: string): unknown {
  const steps = pointer.replace(/^#\//, "").split("/");
  return steps.reduce<unknown>((part, step) => (part as Record<string, unknown>)?.[step], document);
}

test("every reference of the AsyncAPI document leads to a part of it", () => {
  const refs = refsIn(document);
  expect(refs.length).toBeGreaterThan(200);
  expect(refs.filter((ref) => at(ref) === undefined)).toEqual([]);
});

test("it has every operation with its answer, and every message", () => {
  const operations = at("#/operations") as Record<string, { reply?: { messages: unknown[] } }>;
  for (const op of Object.keys(requestSchemas))
    expect(operations[op]?.reply?.messages.length, op).toBeGreaterThan(1);
  for (const type of Object.keys(messageSchemas))
    expect(operations).toHaveProperty([`told.${type}`]);
});

test.each(Object.keys(requestSchemas) as Op[])("the example of %s is a request", (op) => {
  const frame = JSON.stringify(exampleOf(op, requestSchemas[op]));
  expect(parseRequest(frame)).toMatchObject({ ok: true, request: { op } });
});

test.each(Object.keys(messageSchemas) as MessageType[])(
  "the example of %s is a message",
  (type) => {
    const schema = messageSchemas[type];
    const { success, issues } = v.safeParse(schema, exampleOf(type, schema));
    expect([success, issues?.map((issue) => v.getDotPath(issue))]).toEqual([true, undefined]);
  },
);

test("the page shows every request and message", () => {
  const frames = byExample().blocks.map((block) => (block.kind === "code" ? block.text : ""));
  const words = frames.join("\n");
  for (const op of Object.keys(requestSchemas)) expect(words).toContain(`> {"op":"${op}"`);
  for (const type of Object.keys(messageSchemas)) expect(words).toContain(`< {"type":"${type}"`);
});

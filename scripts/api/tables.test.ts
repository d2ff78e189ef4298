import { messageSchemas, requestSchemas } from "#protocol";
import { describe, expect, test } from "vitest";
import { checkTables } from "./tables.mjs";
import { reference } from "./reference.mjs";

test("the tables have everything that the protocol has, and nothing else", () => {
  const faults = checkTables([]).filter((fault) => !fault.startsWith("fieldNotes"));
  expect(faults).toEqual([]);
});

describe("the reference", () => {
  const { blocks } = reference();
  const ids = blocks.flatMap((block) => (block.kind === "heading" ? [block.id] : []));

  test("has a heading for every operation and message, and no id twice", () => {
    expect(ids).toEqual(
      expect.arrayContaining(Object.keys(requestSchemas).map((op) => `op-${op}`)),
    );
    expect(ids).toEqual(
      expect.arrayContaining(Object.keys(messageSchemas).map((type) => `msg-${type}`)),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("links to headings that exist", () => {
    const links = JSON.stringify(blocks).matchAll(/\]\(#([^)]+)\)/g);
    for (const [, id] of links) expect(ids).toContain(id);
  });
});

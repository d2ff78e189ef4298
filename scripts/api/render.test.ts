import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { fieldsOf } from "./fields.mjs";
import { inline, renderHtml } from "./html.mjs";
import { renderMarkdown } from "./markdown.mjs";

const page = {
  title: "T",
  blocks: [
    { kind: "heading" as const, level: 2, text: "One", id: "one" },
    { kind: "table" as const, head: ["A"], rows: [['`"x" | "y"`'], ["<b>"]] },
  ],
};

describe("fields", () => {
  test("are read through pipes, optionals and nullables", () => {
    const whole = v.pipe(v.number(), v.safeInteger());
    const schema = v.object({
      id: v.pipe(whole, v.description("Which.")),
      side: v.optional(v.picklist(["buy", "sell"])),
      last: v.nullable(v.number()),
      levels: v.array(v.tuple([v.number(), whole])),
      name: v.optional(v.pipe(v.string(), v.maxLength(5))),
    });
    const read = fieldsOf("thing", schema).map(({ name, required, type, bounds, description }) => [
      name,
      required,
      type,
      bounds,
      description,
    ]);
    expect(read).toEqual([
      ["id", true, "integer", "", "Which."],
      ["side", false, '"buy" | "sell"', "", ""],
      ["last", true, "number | null", "", ""],
      ["levels", true, "[number, integer][]", "", ""],
      ["name", false, "string", "at most 5 characters", ""],
    ]);
  });

  test("show a named schema by its name, described or not", () => {
    const limits = v.object({ most: v.number() });
    const schema = v.object({ own: limits, all: v.array(v.pipe(limits, v.description("All."))) });
    const types = fieldsOf("thing", schema, new Map([[limits, "Limits"]])).map(({ type }) => type);
    expect(types).toEqual(["Limits", "Limits[]"]);
  });
});

describe("Markdown", () => {
  test("escapes bars in cells, and says that it is generated", () => {
    const text = renderMarkdown(page);
    expect(text).toContain('| `"x" \\| "y"` |');
    expect(text).toMatch(/^<!-- Generated/);
  });
});

describe("HTML", () => {
  test("escapes text and marks up code, bold and links", () => {
    expect(inline("a < `b & c` **d** [e](#f)")).toBe(
      'a &lt; <code>b &amp; c</code> <strong>d</strong> <a href="#f">e</a>',
    );
    expect(inline("[`x`](#y), [`z`](#w)")).toBe(
      '<a href="#y"><code>x</code></a>, <a href="#w"><code>z</code></a>',
    );
  });

  test("has no script and no style of its own", () => {
    const html = renderHtml(page);
    expect(html).not.toMatch(/<script|<style|style=|onclick/);
    expect(html).toContain("<td>&lt;b&gt;</td>");
  });
});

import { expect, test } from "vitest";
import { lookAlikesIn, NEVER_IN_CODES, roomFromInput } from "./room-link.ts";

test("reads codes and links, whatever their case and spaces", () => {
  expect(roomFromInput(" acd-efg ")).toBe("ACDEFG");
  expect(roomFromInput("https://example.org/r/acdefg?x=1")).toBe("ACDEFG");
  expect(roomFromInput("localhost:8787/r/ACDEFG/")).toBe("ACDEFG");
  expect(roomFromInput("“ＡＣＤ－ＥＦＧ”.")).toBe("ACDEFG");
  expect(roomFromInput("hello")).toBeNull();
  expect(roomFromInput("")).toBeNull();
});

test("names the letters that no code has", () => {
  expect(lookAlikesIn("zzzzzz")).toEqual(["Z"]);
  expect(lookAlikesIn("acd-0fi")).toEqual(["0", "I"]);
  expect(lookAlikesIn("ＡＣＤＥＦ０")).toEqual(["0"]);
  expect(lookAlikesIn("acdefg")).toEqual([]);
  expect(lookAlikesIn("hello")).toEqual([]);
  expect(NEVER_IN_CODES.join("")).toBe("BILOSUVZ012589");
});

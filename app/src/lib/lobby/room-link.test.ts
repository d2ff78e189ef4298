import { expect, test } from "vitest";
import { roomFromInput } from "./room-link.ts";

test("reads codes and links, whatever their case and spaces", () => {
  expect(roomFromInput(" acd-efg ")).toBe("ACDEFG");
  expect(roomFromInput("https://example.org/r/acdefg?x=1")).toBe("ACDEFG");
  expect(roomFromInput("localhost:8787/r/ACDEFG/")).toBe("ACDEFG");
  expect(roomFromInput("hello")).toBeNull();
  expect(roomFromInput("")).toBeNull();
});

import { expect, test } from "vitest";
import { nextRoomIn, nextRoomText } from "./next-room.ts";

const origin = "https://game.example";
const read = (text: string) => nextRoomIn([{ text }], "ACDEFG", origin);

test("what the host's page says is read again", () => {
  expect(read(nextRoomText("HJKMNP"))).toBe("HJKMNP");
});

test.each([
  ["Next: /r/hjkmnp", "HJKMNP"],
  [`Next: ${origin}/r/HJKMNP now`, "HJKMNP"],
  ["Here: /r/ACDEFG", null],
  ["Rain in Brazil", null],
  ["https://evil.example/r/HJKMNP", null],
  [`${origin}.evil.example/r/HJKMNP`, null],
  [`https://evil.example/?${origin}/r/HJKMNP`, null],
  ["//evil.example/r/HJKMNP", null],
  ["/r/HJKMNP/../../evil", null],
  ["/r/HJKMNP?new", null],
  ["javascript:/r/HJKMNP", null],
  ["/r/000000", null],
])("%j leads to %s", (text, code) => expect(read(text)).toBe(code));

test("only the newest news counts", () => {
  const old = { text: nextRoomText("HJKMNP") };
  expect(nextRoomIn([{ text: "Sorry, wait" }, old], "ACDEFG", origin)).toBeNull();
  expect(nextRoomIn([], "ACDEFG", origin)).toBeNull();
});

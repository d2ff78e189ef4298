import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { plainly } from "./plain-refusal.ts";

const refusal = (code: string, message: string) => ({ type: "error", code, message }) as Message;

test("a rule's name is for programs, and no other bracket is lost", () => {
  expect(plainly(refusal("RULE", "Everybody trades exactly one (contest)."))).toEqual(
    refusal("RULE", "Everybody trades exactly one."),
  );
  const own = refusal("BAD_REQUEST", "Use the address of the room (the one you name).");
  expect(plainly(own)).toBe(own);
});

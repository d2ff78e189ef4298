import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { boardNote } from "./board-note.ts";

type Round = Message<"round">;

const told = (
  kind: Round["step"]["kind"],
  rules: Round["rules"] = { ante: 50 },
  state: Round["state"] = "running",
) =>
  boardNote({
    rules,
    state,
    step: { n: 1, kind, title: "", text: "", ends_at: null, left_ms: null },
  });

test("a leaderboard says that it counts trades alone while dealt cards and antes are secret", () => {
  expect(told("trade")).toContain("dealt cards and antes are secret");
  expect(told("settle")).toBeNull();
  expect(told("trade", { ante: 50 }, "aborted")).toBeNull();
  expect(told("trade", {})).toBeNull();
  expect(boardNote(null)).toBeNull();
});

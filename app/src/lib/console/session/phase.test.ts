import { expect, test } from "vitest";
import { actionsOf, type SessionProgress } from "./phase.ts";

const at = (rest: Partial<SessionProgress>): SessionProgress => ({
  ...{ state: "open", instruments: [{ settled: false }], timeUp: false },
  ...{ inRound: false, hasGame: false },
  ...rest,
});
const none = { instruments: [] };
const settled = { instruments: [{ settled: true }] };

test.each([
  [{ state: "lobby" }, "open", ["close"]],
  [{ state: "lobby", ...none }, "add", ["open", "close"]],
  [{}, "pause", ["settle", "close"]],
  [none, "add", ["pause", "close"]],
  [settled, "pause", ["add", "close"]],
  [{ state: "paused" }, "open", ["settle", "close"]],
  [{ state: "paused", timeUp: true }, "settle", ["open", "close"]],
  [{ state: "paused", timeUp: true, ...settled }, "open", ["add", "close"]],
  [{ inRound: true }, null, ["pause", "close"]],
  [{ state: "paused", inRound: true, ...settled }, null, ["open", "close"]],
  [{ state: "lobby", hasGame: true }, null, ["close"]],
  [{ state: "paused", hasGame: true, ...settled }, null, ["open", "close"]],
  [{ state: "closed", hasGame: true }, "again", []],
] as [Partial<SessionProgress>, string | null, string[]][])(
  "%j leads to %s, with %j beside it",
  (rest, main, others) => expect(actionsOf(at(rest))).toEqual({ main, others }),
);

test("closing is always the last of several actions", () => {
  for (const state of ["lobby", "open", "paused"] as const)
    for (const instruments of [none, settled, { instruments: [{ settled: false }] }])
      for (const flags of [{}, { inRound: true }, { hasGame: true }, { timeUp: true }]) {
        const { main, others } = actionsOf(at({ state, ...instruments, ...flags }));
        expect([main, ...others].at(-1)).toBe("close");
        expect(main).not.toBe("close");
      }
});

import { expect, test } from "vitest";
import { LogLimit } from "./log-limit.ts";

const startMs = Date.UTC(2026, 10, 29);

test("twenty lines of an event pass, and in a minute twenty more", () => {
  const limit = new LogLimit(20);
  for (const minute of [0, 1, 2]) {
    const taken = Array.from({ length: 100 }, (_, index) =>
      limit.take("room.fault", startMs + minute * 60_000 + index),
    );
    expect(taken.filter(({ isTaken }) => isTaken)).toHaveLength(20);
    expect(taken.findIndex(({ isTaken }) => !isTaken)).toBe(20);
    expect(taken.flatMap(({ leftOut }) => leftOut)).toEqual(
      minute === 0 ? [] : [{ event: "room.fault", lines: 80 }],
    );
  }
});

test("what was left out is said once, with the next line of any event", () => {
  const limit = new LogLimit(1);
  for (let line = 0; line < 5; line++) limit.take("room.fault", startMs);
  expect(limit.take("room.rebuilt", startMs + 59_999)).toEqual({ isTaken: true, leftOut: [] });
  expect(limit.take("room.rebuilt", startMs + 60_000)).toEqual({
    isTaken: false,
    leftOut: [{ event: "room.fault", lines: 4 }],
  });
  expect(limit.take("room.rebuilt", startMs + 119_999)).toEqual({
    isTaken: true,
    leftOut: [{ event: "room.rebuilt", lines: 1 }],
  });
});

test("events do not count for each other, and few lines are never spoken of", () => {
  const limit = new LogLimit(2);
  for (const event of ["a", "b", "a", "b"])
    expect(limit.take(event, startMs)).toEqual({ isTaken: true, leftOut: [] });
  expect(limit.take("c", startMs + 90_000)).toEqual({ isTaken: true, leftOut: [] });
});

test("a clock that was set back does not silence an event for good", () => {
  const limit = new LogLimit(1);
  limit.take("a", startMs);
  limit.take("a", startMs);
  expect(limit.take("a", startMs - 3_600_000)).toEqual({
    isTaken: true,
    leftOut: [{ event: "a", lines: 1 }],
  });
});

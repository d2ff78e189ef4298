import { afterEach, expect, test, vi } from "vitest";
import { log } from "./log.ts";

afterEach(() => vi.restoreAllMocks());

test("a line is JSON, carries the fault and is short however long that is", () => {
  const lines: string[] = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
  log("error", "test.fault", { room: "ACDEFG", fault: new Error("x".repeat(100_000)) });
  log("error", "test.fault", { fault: "no error" });
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: "error",
    event: "test.fault",
    room: "ACDEFG",
    fault: expect.stringMatching(/^Error: x+…$/),
  });
  expect(lines[0]!.length).toBeLessThan(2_200);
  expect(JSON.parse(lines[1]!)).toMatchObject({ fault: "no error" });
});

test("a fault that repeats is written twenty times, and then counted", () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 29) });
  try {
    const errors = vi.spyOn(console, "error").mockImplementation(() => {});
    const warnings = vi.spyOn(console, "warn").mockImplementation(() => {});
    for (let line = 0; line < 1_000; line++) log("error", "test.repeated");
    expect(errors).toHaveBeenCalledTimes(20);
    expect(warnings).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    log("error", "test.other");
    expect(errors).toHaveBeenCalledTimes(21);
    expect(warnings.mock.calls.map(([line]) => JSON.parse(line as string))).toEqual([
      { level: "warn", event: "log.left_out", of: "test.repeated", lines: 980 },
    ]);
  } finally {
    vi.useRealTimers();
  }
});

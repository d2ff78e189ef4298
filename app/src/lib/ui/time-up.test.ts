import { expect, test } from "vitest";
import { TimeUp } from "./time-up.svelte.ts";

const open = (ends_at: number | null) => ({ state: "open", ends_at }) as const;
const paused = { state: "paused", ends_at: null } as const;

test("a pause at the end of a run is the clock's, until the session opens again", () => {
  const time = new TimeUp();
  time.see(open(60_000), 0);
  expect(time.isUp).toBe(false);
  time.see(paused, 59_500);
  expect(time.isUp).toBe(true);
  time.see(paused, 90_000);
  expect(time.isUp).toBe(true);
  time.see(open(null), 95_000);
  expect(time.isUp).toBe(false);
});

test("a pause before the end, or of a run without one, is the host's", () => {
  const time = new TimeUp();
  time.see(open(60_000), 0);
  time.see(paused, 30_000);
  expect(time.isUp).toBe(false);
  time.see(paused, 90_000);
  expect(time.isUp).toBe(false);
  time.see(open(null), 95_000);
  time.see(paused, 99_000);
  expect(time.isUp).toBe(false);
});

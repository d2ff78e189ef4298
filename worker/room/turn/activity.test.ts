import { expect, test } from "vitest";
import { Activity } from "./activity.ts";

const T = 1_700_000_000_000;

test("counts each user's requests and refusals of ten seconds", () => {
  const activity = new Activity();
  activity.asked(1, T);
  activity.asked(1, T + 900);
  activity.refused(1, T + 9_500);
  activity.asked(2, T);
  expect(activity.of(1, T + 9_999)).toEqual({ requests: 2, rejects: 1 });
  expect(activity.of(1, T + 10_000)).toEqual({ requests: 0, rejects: 1 });
  expect(activity.of(2, T + 1)).toEqual({ requests: 1, rejects: 0 });
  expect(activity.of(3, T)).toEqual({ requests: 0, rejects: 0 });
});

test("a long silence empties all of it, however long", () => {
  const activity = new Activity();
  for (let second = 0; second < 25; second++) activity.asked(1, T + second * 1_000);
  expect(activity.of(1, T + 24_000).requests).toBe(10);
  expect(activity.of(1, T + 28_000).requests).toBe(6);
  expect(activity.of(1, T + 10_000_000).requests).toBe(0);
});

test("a clock that goes back loses nothing and counts on", () => {
  const activity = new Activity();
  activity.asked(1, T + 5_000);
  activity.asked(1, T);
  expect(activity.of(1, T + 5_000)).toEqual({ requests: 2, rejects: 0 });
});

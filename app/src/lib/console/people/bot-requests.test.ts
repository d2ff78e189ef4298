import { expect, test } from "vitest";
import { limits } from "#protocol";
import { requestsOf } from "./bot-requests.ts";

test.each([
  [1, [1]],
  [3, [3]],
  [20, [20]],
  [50, [20, 20, 10]],
])("%i bots are asked for in requests that the room takes", (count, expected) => {
  const counts = requestsOf("maker", count, "").map((one) => one.count);
  expect(counts).toEqual(expected);
  expect(Math.max(...counts.map(Number))).toBeLessThanOrEqual(limits.botsAtOnce);
});

test("the host's name goes with them, and none does if the room names them", () => {
  expect(requestsOf("noise", 2, "Nils")).toEqual([
    { op: "bot_add", kind: "noise", count: 2, name: "Nils" },
  ]);
  expect(requestsOf("noise", 1, "")[0]).not.toHaveProperty("name");
});

import { expect, test } from "vitest";
import { Counts } from "./counts.ts";

test("connections are so many in all and so many of one address, and those of a proxy count in all", () => {
  const counts = new Counts(5, 2);
  expect([counts.enter("a"), counts.enter("a"), counts.enter("a")]).toEqual([
    ...["yes", "yes", "too many of this address"],
  ]);
  expect([counts.enter(null), counts.enter(null), counts.enter(null)]).toEqual([
    ...["yes", "yes", "yes"],
  ]);
  expect(counts.enter("b")).toBe("too many");
  counts.leave("a");
  expect(counts.enter("a")).toBe("yes");
  counts.leave(null);
  expect(counts.enter("a")).toBe("too many of this address");
  expect(counts.all).toBe(4);
});

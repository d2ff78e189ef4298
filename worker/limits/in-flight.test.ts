/** Tests of the operations that one user has in flight at a time. */

import { expect, test } from "vitest";
import { InFlight } from "./in-flight.ts";

test("a user has so many and no more, and another as many", () => {
  const files = new InFlight(1_000);
  const first = files.begin("a", 2, 0)!;
  expect(files.begin("a", 2, 0)).not.toBeNull();
  expect(files.begin("a", 2, 0)).toBeNull();
  expect(files.begin("b", 2, 0)).not.toBeNull();
  first.end();
  first.end();
  expect(files.begin("a", 2, 0)).not.toBeNull();
  expect(files.begin("a", 2, 0)).toBeNull();
});

test("one that is not heard of has ended, and does not come back", () => {
  const files = new InFlight(1_000);
  const first = files.begin("a", 1, 0)!;
  first.renew(900);
  expect(files.begin("a", 1, 1_500)).toBeNull();
  expect(files.begin("a", 1, 1_901)).not.toBeNull();
  first.renew(2_000);
  first.end();
  expect(files.begin("a", 1, 2_000)).toBeNull();
});

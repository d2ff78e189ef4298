import { expect, test } from "vitest";
import { limits } from "#protocol";
import { Unjoined } from "./unjoined.ts";

const most = { inAll: 12, byAddress: 2 };

test("sockets that have not joined are so many of one address and in all, until they join or go", () => {
  const unjoined = new Unjoined();
  const slots = [unjoined.enter("a", 0), unjoined.enter("a", 0)];
  expect(unjoined.isFull("a", most, 0)).toBe(true);
  expect(unjoined.isFull("b", most, 0)).toBe(false);
  unjoined.leave(slots[0]!);
  unjoined.leave(slots[0]!);
  expect(unjoined.isFull("a", most, 0)).toBe(false);
  for (let n = 0; n < 11; n++) unjoined.enter(`b${n}`, 0);
  expect(unjoined.isFull("e", most, 0)).toBe(true);
});

test("a few addresses do not take all places: each has fewer once many are taken", () => {
  const unjoined = new Unjoined();
  const large = { inAll: 1_024, byAddress: 512 };
  const taken = ["a", "b", "c", "d"].map((address) => {
    let count = 0;
    while (!unjoined.isFull(address, large, 0)) {
      unjoined.enter(address, 0);
      count++;
    }
    return count;
  });
  expect(taken).toEqual([512, 64, 64, 64]);
  expect(unjoined.isFull("e", large, 0)).toBe(false);
});

test("one whose end nobody told of is forgotten when its time to join is over", () => {
  const unjoined = new Unjoined();
  unjoined.enter("a", 0);
  unjoined.enter("a", 5_000);
  expect(unjoined.isFull("a", most, limits.joinDeadlineMs)).toBe(true);
  expect(unjoined.isFull("a", most, limits.joinDeadlineMs + 1_000)).toBe(false);
});

import { expect, test } from "vitest";
import { Arrivals } from "./arrivals.ts";

const rate = { perSec: 10, burst: 3 };

/** Names of the connections let in so far, in their order. */
function arrivals(most = 100) {
  const through: string[] = [];
  const made = new Arrivals(rate, most);
  const enter = (name: string, now: number) => {
    const giveUp = made.enter(name[0]!, now, () => through.push(name));
    if (giveUp === null) through.push(name);
    return giveUp;
  };
  return { arrivals: made, through, enter };
}

test("connections beyond an address's burst wait for its rate, and those of others do not", () => {
  const { arrivals: made, through, enter } = arrivals();
  for (const name of ["a1", "a2", "a3", "a4", "a5", "b1"]) enter(name, 0);
  expect(through).toEqual(["a1", "a2", "a3", "b1"]);
  made.look(99);
  expect(through).toHaveLength(4);
  made.look(100);
  expect(through.at(-1)).toBe("a4");
  // A later connection waits behind those that wait already.
  enter("a6", 200);
  expect(through).toHaveLength(5);
  made.look(200);
  made.look(300);
  expect(through.slice(5)).toEqual(["a5", "a6"]);
  expect(made.isAnybodyWaiting).toBe(false);
});

test("a connection that gives up waiting costs nothing", () => {
  const { arrivals: made, through, enter } = arrivals();
  for (const name of ["a1", "a2", "a3"]) enter(name, 0);
  const giveUp = enter("a4", 0);
  enter("a5", 0);
  giveUp?.();
  giveUp?.();
  made.look(100);
  expect(through.at(-1)).toBe("a5");
  expect(made.isAnybodyWaiting).toBe(false);
});

test("a broken rule costs as much as many connections, and at most two seconds", () => {
  const { arrivals: made, through, enter } = arrivals();
  for (let n = 0; n < 10; n++) made.fault("a", 25, 0);
  enter("a1", 0);
  made.look(2_000);
  expect(through).toEqual([]);
  made.look(2_100);
  expect(through).toEqual(["a1"]);
});

test("addresses that owe nothing are forgotten first, one that somebody waits for never", () => {
  const { arrivals: made, through, enter } = arrivals(2);
  for (const name of ["a1", "a2", "a3", "a4", "b1", "c1", "d1"]) enter(name, 0);
  made.look(100);
  expect(through).toEqual(["a1", "a2", "a3", "b1", "c1", "d1", "a4"]);
});

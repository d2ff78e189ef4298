import { expect, test, vi } from "vitest";
import { Gate, type Leave } from "./gate.ts";

/** Names of those let through, in their order, and a function for each to leave. */
function gate(
  all: number,
  byAddress: number,
  begun = { all: Infinity, byAddress: Infinity, ms: 100 },
  paceMs = 0,
) {
  const through: string[] = [];
  const leaves = new Map<string, Leave>();
  const made = new Gate({ all, byAddress }, begun, () => paceMs);
  const enter = (name: string) =>
    made.enter(name[0]!, (leave) => {
      through.push(name);
      leaves.set(name, leave);
    });
  return { enter, through, leave: (name: string) => leaves.get(name)?.(), gate: made };
}

test("so many of one address are let through, the others wait and nobody else does", () => {
  const { enter, through, leave } = gate(4, 2);
  for (const name of ["a1", "a2", "a3", "a4", "b1"]) enter(name);
  expect(through).toEqual(["a1", "a2", "b1"]);
  leave("a1");
  leave("a1");
  expect(through).toEqual(["a1", "a2", "b1", "a3"]);
});

test("when there is room again addresses take turns", () => {
  const { enter, through, leave } = gate(2, 2);
  for (const name of ["a1", "a2", "a3", "a4", "b1", "b2", "c1"]) enter(name);
  for (const name of ["a1", "a2", "a3", "b1"]) leave(name);
  expect(through).toEqual(["a1", "a2", "a3", "b1", "c1", "a4"]);
});

test("a request that gives up waiting is passed over, and leaves nothing behind", () => {
  const { enter, through, leave, gate: made } = gate(1, 1);
  enter("a1");
  const giveUp = enter("a2");
  enter("b1");
  giveUp();
  giveUp();
  leave("a1");
  expect(through).toEqual(["a1", "b1"]);
  leave("b1");
  expect(made.inside).toBe(0);
  enter("a3");
  expect(through).toEqual(["a1", "b1", "a3"]);
});

test("few of one address begin at a time, and one that takes long lets the next begin", () => {
  vi.useFakeTimers();
  try {
    const { enter, through, leave, gate: made } = gate(8, 3, { all: 2, byAddress: 1, ms: 100 });
    for (const name of ["a1", "a2", "a3", "a4", "b1", "c1"]) enter(name);
    expect(through).toEqual(["a1", "b1"]);
    leave("b1");
    expect(through).toEqual(["a1", "b1", "c1"]);
    leave("c1");
    vi.advanceTimersByTime(99);
    expect(through).toEqual(["a1", "b1", "c1"]);
    vi.advanceTimersByTime(1);
    expect(through).toEqual(["a1", "b1", "c1", "a2"]);
    leave("a2");
    vi.advanceTimersByTime(200);
    expect(through).toEqual(["a1", "b1", "c1", "a2", "a3", "a4"]);
    expect(made.inside).toBe(3);
    for (const name of ["a1", "a3", "a4"]) leave(name);
    expect(made.inside).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("under load the next of an address begins some time after one has left, those of others at once", () => {
  vi.useFakeTimers();
  try {
    const { enter, through, leave, gate: made } = gate(8, 8, { all: 8, byAddress: 1, ms: 100 }, 30);
    for (const name of ["a1", "a2", "a3"]) enter(name);
    leave("a1");
    leave("a1");
    enter("b1");
    vi.advanceTimersByTime(29);
    expect(through).toEqual(["a1", "b1"]);
    vi.advanceTimersByTime(1);
    expect(through).toEqual(["a1", "b1", "a2"]);
    for (const name of ["a2", "b1"]) leave(name);
    vi.advanceTimersByTime(30);
    leave("a3");
    vi.advanceTimersByTime(30);
    expect(through).toEqual(["a1", "b1", "a2", "a3"]);
    expect(made.inside).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

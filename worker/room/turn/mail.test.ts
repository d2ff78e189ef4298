import { describe, expect, test } from "vitest";
import { emptyBox, Mail, type Receiver } from "./mail.ts";

/** Makes a mail with the given number of traders. */
function mail(count: number) {
  const made = new Mail<string>((text) => text.length);
  const receivers = Array.from({ length: count }, (_, index): Receiver<string> => ({
    ...{ id: index + 1, role: "trader", depth: 10, box: emptyBox() },
  }));
  for (const one of receivers) made.enter(one);
  return { mail: made, receivers };
}

const all = (made: Mail<string>, receiver: Receiver<string>) =>
  made.take(receiver, Infinity, Infinity);

describe("what waits for a receiver", () => {
  test("comes in the order in which it was said, to many or to one", () => {
    const {
      mail: made,
      receivers: [first, second],
    } = mail(2);
    made.to(first!, "a");
    made.toMany("b", {});
    made.to(first!, "c");
    made.to(first!, "d");
    made.toMany("e", {});
    expect(made.waiting(first!)).toBe(5);
    expect(all(made, first!)).toEqual(["a", "b", "c", "d", "e"]);
    expect(all(made, second!)).toEqual(["b", "e"]);
    expect(all(made, first!)).toEqual([]);
    made.to(first!, "f");
    expect(all(made, first!)).toEqual(["f"]);
  });

  test("comes in portions, by count and by length, and loses nothing between them", () => {
    const {
      mail: made,
      receivers: [one],
    } = mail(1);
    for (let n = 0; n < 10; n++) {
      made.toMany(`all ${n}`, {});
      made.to(one!, `own ${n}`);
    }
    const got: string[] = [];
    while (made.waiting(one!) > 0) {
      const portion = made.take(one!, 3, Infinity);
      expect(portion.length).toBeLessThanOrEqual(3);
      got.push(...portion);
    }
    expect(got).toEqual(Array.from({ length: 10 }, (_, n) => [`all ${n}`, `own ${n}`]).flat());
    for (let n = 0; n < 3; n++) made.toMany("x".repeat(100), {});
    expect(made.take(one!, 10, 150)).toHaveLength(2);
    expect(all(made, one!)).toHaveLength(1);
  });

  test("is only what is meant for it", () => {
    const { mail: made, receivers } = mail(3);
    const [first, host, deep] = receivers as [Receiver<string>, Receiver<string>, Receiver<string>];
    host.role = "exchange";
    deep.depth = 50;
    made.toMany("to traders", { role: "trader" });
    made.toMany("but the first", { except: 1 });
    made.toMany("ten levels", { depth: 10 });
    expect(all(made, first)).toEqual(["to traders", "ten levels"]);
    expect(all(made, host)).toEqual(["but the first", "ten levels"]);
    expect(all(made, deep)).toEqual(["to traders", "but the first"]);
  });

  test("is nothing of what was said before it came", () => {
    const { mail: made } = mail(0);
    made.toMany("before", {});
    const late: Receiver<string> = { id: 9, role: "trader", depth: 10, box: emptyBox() };
    made.to(late, "first enter");
    expect(all(made, late)).toEqual(["first enter"]);
    made.toMany("not yet", {});
    expect(made.waiting(late)).toBe(0);
    made.enter(late);
    made.toMany("after", {});
    expect(all(made, late)).toEqual(["after"]);
  });
});

test("what all have read is let go, and what one has not read stays", () => {
  const { mail: made, receivers } = mail(2);
  const [quick, slow] = receivers as [Receiver<string>, Receiver<string>];
  for (let n = 0; n < 5_000; n++) {
    made.toMany(String(n), {});
    all(made, quick);
    if (n < 4_000) all(made, slow);
    made.tidy(receivers);
  }
  expect(made.length).toBeGreaterThanOrEqual(1_000);
  expect(made.length).toBeLessThan(2_100);
  expect(all(made, slow)).toEqual(Array.from({ length: 1_000 }, (_, n) => String(4_000 + n)));
  for (let n = 0; n < 2_000; n++) made.toMany("x", {});
  for (const one of receivers) all(made, one);
  made.tidy(receivers);
  expect(made.length).toBe(0);
});

test("of what waits for one that is closed the last is kept, and a turn that did not happen leaves nothing", () => {
  const { mail: made, receivers } = mail(2);
  const [first, second] = receivers as [Receiver<string>, Receiver<string>];
  for (let n = 0; n < 100; n++) {
    made.toMany(`all ${n}`, {});
    made.to(first, `own ${n}`);
  }
  made.keepLast(first, 2);
  expect(all(made, first).toSorted()).toEqual(["all 98", "all 99", "own 98", "own 99"]);
  made.to(first, "more");
  made.clear(receivers);
  expect([first, second].map((one) => all(made, one))).toEqual([[], []]);
  made.toMany("new", {});
  expect(all(made, second)).toEqual(["new"]);
});

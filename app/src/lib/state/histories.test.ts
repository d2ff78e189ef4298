import { beforeEach, expect, test } from "vitest";
import { Histories } from "./histories.ts";

let isUp: boolean;
let asked: number[];
let histories: Histories;
beforeEach(() => {
  isUp = true;
  asked = [];
  histories = new Histories((inst) => {
    if (isUp) asked.push(inst);
    return isUp;
  });
});

test("asks once for an instrument, however many parts of the screen show it", () => {
  histories.see(1);
  const leave = histories.see(2);
  leave();
  histories.see(2);
  histories.see(1);
  expect(asked).toEqual([1, 2]);
});

test("what came into sight while the line was down is asked for when it is up", () => {
  isUp = false;
  histories.see(1);
  expect(asked).toEqual([]);
  isUp = true;
  histories.lineIsUp();
  expect(asked).toEqual([1]);
});

test("after a gap it asks again for what is in sight, and for the rest when it comes into sight again", () => {
  histories.see(1);
  histories.see(2)();
  histories.lineIsUp();
  expect(asked).toEqual([1, 2, 1]);
  histories.see(2);
  expect(asked).toEqual([1, 2, 1, 2]);
});

import { expect, test } from "vitest";
import { limits } from "#protocol";
import { hasOwnLimits } from "./limits.ts";

const everybodys = {
  max_position: 100,
  max_order_qty: 10,
  max_open_orders: 5,
  max_loss: null,
  orders_per_sec: limits.maxOrdersPerSec,
};

test("only limits that differ from everybody's are somebody's own", () => {
  expect(hasOwnLimits(undefined, everybodys)).toBe(false);
  expect(hasOwnLimits({ ...everybodys }, everybodys)).toBe(false);
  expect(hasOwnLimits({ ...everybodys, max_loss: 500 }, everybodys)).toBe(true);
});

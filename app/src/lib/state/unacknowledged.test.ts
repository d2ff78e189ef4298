import { expect, test } from "vitest";
import type { Message, OpenOrder, Request } from "#protocol";
import { wasAccepted, type Evidence } from "./unacknowledged.ts";

const order: Request = { op: "order_new", inst: 1, side: "buy", qty: 5, price: 10 };
const open = (over: Partial<OpenOrder>) =>
  ({ order_id: 3, inst: 1, side: "buy", price: 10, leaves: 5, cid: null, ...over }) as OpenOrder;
const fill = (over: Partial<Message<"fill">> = {}) =>
  ({
    ...{ type: "fill", order_id: 9, inst: 1, side: "buy", price: 10, qty: 5, leaves: 0, ts: 9_000 },
    ...over,
  }) as Message<"fill">;
const evidence = (over: Partial<Evidence> = {}): Evidence => ({
  orders: [],
  fills: [],
  known: new Set(),
  ...over,
});

test("an order lives where the exchange holds it under its cid", () => {
  expect(wasAccepted(order, "c", 9_000, evidence({ orders: [open({ cid: "c" })] }))).toBe(true);
  expect(wasAccepted(order, "c", 9_000, evidence({ orders: [open({ cid: "d" })] }))).toBe(false);
});

test("an order that traded at once is told by a fill of an order nobody knew, once", () => {
  const traded = evidence({ fills: [fill()] });
  expect(wasAccepted(order, "c", 9_000, traded)).toBe(true);
  expect(wasAccepted(order, "d", 9_000, traded)).toBe(false);
  expect(wasAccepted(order, "c", 9_000, evidence({ fills: [fill()], known: new Set([9]) }))).toBe(
    false,
  );
  expect(wasAccepted(order, "c", 9_000, evidence({ fills: [fill({ side: "sell" })] }))).toBe(false);
  expect(wasAccepted(order, "c", 90_000, evidence({ fills: [fill()] }))).toBe(false);
});

test("a change was made where the order stands as it asked", () => {
  const change: Request = { op: "replace", order_id: 3, price: 11 };
  expect(wasAccepted(change, "c", 0, evidence({ orders: [open({ price: 11 })] }))).toBe(true);
  expect(wasAccepted(change, "c", 0, evidence({ orders: [open({})] }))).toBe(false);
  expect(wasAccepted(change, "c", 0, evidence())).toBe(false);
});

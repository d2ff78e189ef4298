import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { PendingRequests } from "./pending-requests.ts";

const ack = (cid: string) => ({ type: "orders", orders: [], cid }) as Message;

test("a reply is matched once", () => {
  const requests = new PendingRequests();
  void requests.add("a", { op: "get_orders" }, 0);
  expect(requests.take(ack("a"))?.cid).toBe("a");
  expect(requests.take(ack("a"))).toBeUndefined();
  expect(requests.take({ type: "pong", server_time: 1 })).toBeUndefined();
});

test("after a drop, requests go again, but orders of a while ago do not", () => {
  const requests = new PendingRequests();
  void requests.add("order", { op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 }, 0);
  void requests.add("cancel", { op: "cancel_all" }, 0);
  void requests.add("late", { op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 }, 5_000);
  requests.lineDropped();
  const { again, stale } = requests.unanswered(16_000);
  expect(again.map((entry) => entry.cid)).toEqual(["cancel", "late"]);
  expect(stale.map((entry) => entry.cid)).toEqual(["order"]);
  expect(requests.get("order")?.isUnacknowledged).toBe(true);
  expect(stale.map((entry) => requests.remove(entry))).toEqual([true]);
  expect(stale.map((entry) => requests.remove(entry))).toEqual([false]);
});

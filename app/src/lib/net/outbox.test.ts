import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { Outbox } from "./outbox.ts";

const ack = (cid: string) => ({ type: "orders", orders: [], cid }) as Message;

test("a reply is matched once", () => {
  const outbox = new Outbox();
  void outbox.add("a", { op: "get_orders" }, 0);
  expect(outbox.take(ack("a"))?.cid).toBe("a");
  expect(outbox.take(ack("a"))).toBeUndefined();
  expect(outbox.take({ type: "pong", server_time: 1 })).toBeUndefined();
});

test("after a drop, requests go again, but orders of a while ago do not", () => {
  const outbox = new Outbox();
  void outbox.add("order", { op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 }, 0);
  void outbox.add("cancel", { op: "cancel_all" }, 0);
  void outbox.add("late", { op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 }, 5_000);
  outbox.dropped();
  const { again, doubtful } = outbox.unanswered(16_000);
  expect(again.map((entry) => entry.cid)).toEqual(["cancel", "late"]);
  expect(doubtful.map((entry) => entry.cid)).toEqual(["order"]);
  expect(outbox.get("order")?.unknown).toBe(true);
  expect(doubtful.map((entry) => outbox.remove(entry))).toEqual([true]);
  expect(doubtful.map((entry) => outbox.remove(entry))).toEqual([false]);
});

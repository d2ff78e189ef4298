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

test("after a drop, requests go again but orders do not", () => {
  const outbox = new Outbox();
  void outbox.add("order", { op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 }, 0);
  void outbox.add("cancel", { op: "cancel_all" }, 0);
  outbox.dropped();
  const { again, doubtful } = outbox.unanswered();
  expect(again.map((entry) => entry.cid)).toEqual(["cancel"]);
  expect(doubtful.map((entry) => entry.cid)).toEqual(["order"]);
  expect(outbox.get("order")?.unknown).toBe(true);
  expect(doubtful.map((entry) => outbox.remove(entry))).toEqual([true]);
  expect(doubtful.map((entry) => outbox.remove(entry))).toEqual([false]);
});

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

test("after a drop, fresh requests go again and old orders do not", () => {
  const outbox = new Outbox();
  void outbox.add("old", { op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 }, 0);
  void outbox.add("cancel", { op: "cancel_all" }, 0);
  void outbox.add("new", { op: "order_new", inst: 1, side: "buy", qty: 1, price: 1 }, 19_000);
  outbox.dropped();
  const { again, stale } = outbox.unanswered(20_000);
  expect(again.map((entry) => entry.cid)).toEqual(["cancel", "new"]);
  expect(stale.map((entry) => entry.cid)).toEqual(["old"]);
  expect(outbox.get("old")).toBeUndefined();
  expect(outbox.get("new")?.unknown).toBe(true);
});

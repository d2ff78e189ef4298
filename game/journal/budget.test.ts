/** A room whose journal is nearly full, and full. */

import { expect, test } from "vitest";
import { codeOf, buy, sell, table } from "../testing/table.ts";

function filled(fullness: number) {
  const t = table();
  buy(t.alice, 5, 90);
  sell(t.bob, 1, 90);
  t.room.journal.fullness = fullness;
  return t;
}

test("the host, and nobody else, is told of each step once", () => {
  const { room, host, alice, bob } = filled(0.79);
  for (const fullness of [0.79, 0.8, 0.85, 0.91, 0.99, 0.99]) {
    room.journal.fullness = fullness;
    buy(alice, 1, 80);
  }
  expect(host.all("news").map(({ text }) => /\d+ %/.exec(text)?.[0])).toEqual([
    "80 %",
    "91 %",
    "99 %",
  ]);
  expect(host.last("news").to).toEqual([host.userId]);
  expect([...alice.all("news"), ...bob.all("news")]).toEqual([]);
});

test("a full one takes no order and nobody new, but everything that ends the game", () => {
  const { room, host, alice, bob } = filled(1);
  const length = room.journal.entries.length;
  expect(codeOf(buy(alice, 1, 80))).toBe("ROOM_FULL");
  expect(codeOf(buy(alice, 1, 80, { cid: "full" }))).toBe("ROOM_FULL");
  const quote = { inst: 1, bid: 1, bid_qty: 1 };
  expect(codeOf(alice.reply("quote", quote))).toBe("ROOM_FULL");
  expect(codeOf(host.reply("news", { text: "x" }))).toBe("ROOM_FULL");
  expect(() => room.join("late")).toThrow("ROOM_FULL");
  // Refusals leave nothing in a full journal.
  expect(room.journal.entries).toHaveLength(length);
  expect(room.join("", "trader", { resume_token: bob.token }).userId).toBe(bob.userId);
  // A host who comes from another machine, too: nobody else can end the game.
  const other = room.join("Exchange", "exchange", { host_token: "host" });
  expect(other.last("join_ack").role).toBe("exchange");
  expect(alice.reply("cancel_all", {})).toMatchObject({ cancelled: 1 });
  expect(host.reply("kick", { user_id: 4 })).toMatchObject({ type: "user_left" });
  expect(host.reply("settle", { inst: 1, value: 100 })).toMatchObject({ type: "settlement" });
  expect(host.reply("session", { state: "closed" })).toMatchObject({ state: "closed" });
  expect(host.last("news").text).toContain("full");
});

test("far beyond, settling and closing are still taken", () => {
  const { host, alice } = filled(3);
  expect(codeOf(host.reply("halt", { on: true }))).toBe("ROOM_FULL");
  expect(alice.reply("cancel_all", {})).toMatchObject({ cancelled: 1 });
  expect(host.reply("settle", { inst: 1, value: 100 })).toMatchObject({ type: "settlement" });
  expect(host.reply("session", { state: "closed" })).toMatchObject({ state: "closed" });
});

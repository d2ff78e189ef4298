/** Editing instruments, hiding them, and their opening price. */

import { describe, expect, test } from "vitest";
import { bookOf, buy, codeOf, ordersOf, sell, table } from "../testing/table.ts";

describe("an instrument in which nothing was traded", () => {
  test("is renamed and described anew, for all, and after a restart", () => {
    const { room, host, alice } = table({ description: "Rain" });
    buy(alice, 1, 100);
    const reply = host.reply("edit_instrument", { inst: 1, symbol: "  SNOW ", cid: "e" });
    expect(reply).toMatchObject({
      ...{ type: "instrument_edited", inst: 1, cid: "e" },
      instrument: { id: 1, symbol: "SNOW", description: "Rain", hidden: false },
    });
    expect(alice.last("instrument_edited").instrument.symbol).toBe("SNOW");
    expect(host.all("instrument_edited")).toHaveLength(1);
    host.ask("edit_instrument", { inst: 1, description: "In centimetres" });
    host.ask("edit_instrument", { inst: 1, symbol: "snow" });
    room.restart();
    expect(room.join("dave").last("join_ack").instruments[0]).toMatchObject({
      ...{ symbol: "snow", description: "In centimetres" },
    });
    expect(bookOf(alice).bids).toEqual([[100, 1]]);
    host.ask("edit_instrument", { inst: 1, description: "" });
    expect(alice.last("instrument_edited").instrument.description).toBeNull();
  });

  test("keeps a symbol of the right form, and one of its own", () => {
    const { host } = table();
    host.ask("add_instrument", { symbol: "Y", type: "SCALAR" });
    for (const symbol of ["y", "", "=1", "\u200b"])
      expect(codeOf(host.reply("edit_instrument", { inst: 1, symbol })), symbol).toBe(
        "BAD_REQUEST",
      );
    expect(codeOf(host.reply("edit_instrument", { inst: 1 }))).toBe("BAD_REQUEST");
    expect(codeOf(host.reply("edit_instrument", { inst: 1, description: "a\u200bb" }))).toBe(
      "BAD_REQUEST",
    );
    expect(codeOf(host.reply("edit_instrument", { inst: 3, symbol: "Z" }))).toBe(
      "NO_SUCH_INSTRUMENT",
    );
  });
});

test("a hidden instrument loses its orders and takes none until it is shown again", () => {
  const { room, host, alice, bob } = table();
  alice.ask("quote", { inst: 1, bid: 99, bid_qty: 1, ask: 101, ask_qty: 1 });
  const told = host.ask("edit_instrument", { inst: 1, hidden: true });
  expect(told.map(({ type }) => type)).toContain("quotes_pulled");
  expect(alice.all("order").map(({ status, reason }) => [status, reason])).toEqual([
    ["cancelled", "quotes_pulled"],
    ["cancelled", "quotes_pulled"],
  ]);
  expect(ordersOf(alice)).toEqual([]);
  for (let restarts = 0; restarts < 2; restarts++) {
    expect(codeOf(buy(bob, 1, 100))).toBe("NO_SUCH_INSTRUMENT");
    expect(codeOf(buy(bob, 1, undefined, { type: "market" }))).toBe("NO_SUCH_INSTRUMENT");
    expect(codeOf(bob.reply("quote", { inst: 1, bid: 99, bid_qty: 1 }))).toBe("NO_SUCH_INSTRUMENT");
    room.restart();
  }
  host.ask("edit_instrument", { inst: 1, hidden: false });
  expect(codeOf(buy(bob, 1, 100))).toBe("no error but order_ack");
  expect(host.all("quotes_pulled")).toHaveLength(1);
});

test("an instrument that was traded stays as it is", () => {
  const { host, alice, bob } = table();
  sell(bob, 1, 100);
  buy(alice, 1, 100);
  host.ask("update_tick_size", { instrument_id: 1, tick_size: 0.03 });
  for (const change of [{ symbol: "Y" }, { description: "Y" }, { hidden: true }])
    expect(codeOf(host.reply("edit_instrument", { inst: 1, ...change }))).toBe("BAD_REQUEST");
});

test("an opening price is on the grid, within the bounds, and no quote", () => {
  const { room, host, alice } = table({ min_price: 0, max_price: 200, opening_price: 99.5 });
  expect(room.join("dave").last("join_ack").instruments[0]).toMatchObject({ opening_price: 99.5 });
  expect(bookOf(alice)).toEqual({ bids: [], asks: [] });
  const list = (opening_price: number) =>
    codeOf(
      host.reply("add_instrument", {
        ...{ symbol: "Z", type: "SCALAR", min_price: 0, max_price: 200 },
        opening_price,
      }),
    );
  expect(["OFF_TICK", "PRICE_OUT_OF_RANGE"]).toEqual([list(99.505), list(200.01)]);
  expect(list(200)).toBe("no error but instrument_added");
  expect(host.last("instrument_added").instrument.opening_price).toBe(200);
  host.ask("add_instrument", { symbol: "W", type: "SCALAR" });
  expect(host.last("instrument_added").instrument.opening_price).toBeNull();
});

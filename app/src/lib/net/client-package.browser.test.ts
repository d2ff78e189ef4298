/** The client package in a browser, over the real game: it joins, trades, and comes back when its line breaks. */

import { expect, test, vi } from "vitest";
import { RoomClient } from "#client/room-client.ts";
import { Exchange, roomCode } from "#lib/testing/exchange.ts";
import { PageLine } from "#lib/testing/page.ts";

test("a program trades from a page, and comes back by token", async () => {
  const exchange = new Exchange();
  const inst = exchange.list("X");
  const maker = exchange.program("Maker");
  maker.ask("quote", { inst, bid: 99, bid_qty: 5, ask: 101, ask_qty: 5 });
  const lines: PageLine[] = [];
  const open = () => {
    const line = new PageLine(exchange, false);
    lines.push(line);
    return line;
  };
  const client = new RoomClient({ url: location.origin, room: roomCode, name: "Bo", open });
  expect(await client.join()).toMatchObject({ ok: true });
  const bought = await client.ask("order_new", { inst, side: "buy", qty: 2, price: 101 });
  expect(bought).toMatchObject({ ok: true, reply: { status: "filled" } });
  lines[0]?.drop();
  await vi.waitFor(() => expect(client.isReady && lines.length).toBe(2), 5_000);
  expect([client.state.held(inst), client.state.fills.length]).toEqual([2, 1]);
  client.leave();
});

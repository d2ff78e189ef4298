import { expect, test } from "vitest";
import { filterRows, sourceForClass, sourceForUser } from "./filter.ts";
import { sampleData } from "./testing/sample.ts";
import { filterForUser, sourceOf } from "./testing/whole.ts";

test("a player sees every trade, and of its two sides only the own", () => {
  const { trades } = filterForUser(sampleData(2), 2);
  expect(trades).toHaveLength(2);
  expect(trades[0]).toMatchObject({ buyer_id: 2, buyer: "=1+1", buy_order_id: 1, price: -5 });
  expect(trades[0]).toMatchObject({ seller_id: null, seller: null, sell_order_id: null });
  expect(trades[1]).toMatchObject({ buyer_id: null, buyer: null, buy_order_id: null });
  expect(trades[1]).toMatchObject({ seller_id: 2, seller: "=1+1", sell_order_id: 4 });
});

test("who traded with nobody sees no name at all", () => {
  for (const trade of filterForUser(sampleData(), 4).trades)
    expect([trade.buyer_id, trade.buyer, trade.seller_id, trade.seller]).toEqual(
      Array(4).fill(null),
    );
});

test("orders, positions and P&L are the own rows, instruments all", () => {
  const own = filterForUser(sampleData(), 3);
  for (const row of [...own.orders, ...own.positions, ...own.pnl]) expect(row.user_id).toBe(3);
  expect([own.orders, own.positions, own.pnl].map((rows) => rows.length)).toEqual([1, 2, 1]);
  expect(own.instruments).toEqual(sampleData().instruments);
});

test("events are the own ones and what the host did in public", () => {
  const ops = (user: number) => filterForUser(sampleData(), user).events.map(({ seq }) => seq);
  expect(ops(2)).toEqual([1, 2, 4, 7, 8]);
  expect(ops(3)).toEqual([1, 3, 4, 5, 7, 8]);
  expect(ops(99)).toEqual([1, 4, 7, 8]);
});

test("news of which it is unclear for whom is kept back", () => {
  const news = sampleData().events[3]!;
  const visible = (detail: string | null) =>
    filterRows("events", [{ ...news, detail }], 2).length === 1;
  expect(visible('{"text":"x"}')).toBe(true);
  expect(visible('{"text":"x","to":null}')).toBe(true);
  expect(visible('{"text":"x","to":[2,3]}')).toBe(true);
  for (const detail of [null, "", "x", "null", "[]", '{"to":[]}', '{"to":"2"}', '{"to":2}'])
    expect(visible(detail)).toBe(false);
});

test("whose request an event was has its cid, and nobody else", () => {
  const data = sampleData();
  const detail = JSON.stringify({ cid: "host's own", symbol: "@RAIN", strike: 0.1 });
  data.events[0]!.detail = detail;
  data.events[7]!.detail = "no JSON with a cid";
  expect(filterForUser(data, 1).events[0]?.detail).toBe(detail);
  const { events } = filterForUser(data, 4);
  expect(events[0]?.detail).toBe('{"symbol":"@RAIN","strike":0.1}');
  expect(events.at(-1)).toMatchObject({ seq: 8, detail: null });
  const untouched = sampleData().events.filter(({ seq }) => seq === 4 || seq === 7);
  expect(events).toEqual(expect.arrayContaining(untouched));
});

test("what the room drew and what bots are called is the host's", () => {
  const data = sampleData();
  const row = data.events[0]!;
  const shown = (op: string, detail: object) =>
    filterRows("events", [{ ...row, op, detail: JSON.stringify(detail) }], 4)[0]?.detail;
  const drawn = { drawnSeed: "s", drawnNames: ["Maker Zoe"], drawnSeats: [2, 3] };
  expect(shown("bot_add", { kind: "maker", count: 2, name: "Zed", ...drawn })).toBe(
    '{"kind":"maker","count":2}',
  );
  expect(shown("bot_take", { user_id: 3, kind: "taker", ...drawn })).toBe(
    '{"user_id":3,"kind":"taker"}',
  );
  expect(shown("round_start", { format: "dice", name: "kept", ...drawn })).toBe(
    '{"format":"dice","name":"kept"}',
  );
});

test("another player's name, card or order never occurs in the own files", () => {
  const text = JSON.stringify(filterForUser(sampleData(), 4));
  for (const secret of ["=1+1", "Bo, b", "a secret card", "cmd", "order_new"])
    expect(text).not.toContain(secret);
});

test("the input is left as it is, and a source filters alike", async () => {
  const data = sampleData();
  const own = filterForUser(data, 2);
  expect(data).toEqual(sampleData());
  for await (const page of sourceForUser(sourceOf(data), 2)("trades"))
    expect(page).toEqual(own.trades);
});

test("masked traders are numbered from 1 in the order of joining, alike in every table", async () => {
  const data = sampleData();
  const source = sourceForClass(sourceOf(data), "masked");
  const said = new Map<unknown, Set<unknown>>();
  const note = (id: unknown, name: unknown) =>
    id !== null && said.set(id, (said.get(id) ?? new Set()).add(name));
  for await (const rows of source("trades"))
    for (const row of rows) {
      note(row.buyer_id, row.buyer);
      note(row.seller_id, row.seller);
    }
  for await (const rows of source("hands")) for (const row of rows) note(row.user_id, row.name);
  for await (const rows of source("scores")) for (const row of rows) note(row.user_id, row.name);
  for await (const rows of source("pnl")) for (const row of rows) note(row.user_id, row.name);
  expect([...said].sort().map(([id, names]) => [id, ...names])).toEqual([
    [2, "Trader 1"],
    [3, "Trader 2"],
    [4, "Trader 3"],
  ]);
});

/** A made-up session for the tests of the archive, with awkward values in every kind of cell. */

import { exportTables, tableNames, type ExportData, type TableName } from "#protocol";
import {
  debriefTables,
  type ArchivedTable,
  type Cells,
  type DebriefTable,
  type PagedSession,
} from "../session.ts";
import type { ArchivedSession } from "./whole.ts";

const start = Date.UTC(2026, 10, 22, 17, 30, 0, 7);

/** Users: 1 the host, 2 and 3 traders who trade with each other, 4 a third trader. */
export function sampleSession(sessionId = "s-1", tradeCount = 3): ArchivedSession {
  return {
    sessionId,
    room: "ACDEFG",
    name: 'Friday "club"',
    createdAt: start,
    closedAt: start + 3_600_000,
    participants: [
      { user_id: 1, name: "Host", role: "exchange" },
      { user_id: 2, name: "=1+1", role: "trader" },
      { user_id: 3, name: "Bo, b", role: "trader" },
      { user_id: 4, name: "Zoë 🐙", role: "trader" },
    ],
    data: sampleData(tradeCount),
  };
}

export function sampleData(tradeCount = 3): ExportData {
  return {
    trades: Array.from({ length: tradeCount }, (_, index) => ({
      trade_id: index + 1,
      ts: start + index,
      seq: 100 + index,
      inst: 1,
      symbol: "@RAIN",
      price: -5 + index / 100,
      qty: 10,
      aggressor: index % 2 ? "sell" : "buy",
      buyer_id: index % 2 ? 3 : 2,
      buyer: index % 2 ? "Bo, b" : "=1+1",
      seller_id: index % 2 ? 2 : 3,
      seller: index % 2 ? "=1+1" : "Bo, b",
      buy_order_id: 2 * index + 1,
      sell_order_id: 2 * index + 2,
      round: index % 2 ? 1 : null,
    })),
    orders: [2, 3, 4].map((user, index) => ({
      order_id: index + 1,
      cid: index ? null : "\t=cmd",
      ts: start,
      updated_ts: start + 1,
      user_id: user,
      name: ["=1+1", "Bo, b", "Zoë 🐙"][index] ?? null,
      inst: 1,
      symbol: "@RAIN",
      side: "buy",
      type: index ? "limit" : "market",
      tif: "GFD",
      post_only: index === 1,
      price: index ? 99.25 : null,
      qty: 10,
      filled: 5,
      status: "cancelled",
      round: index ? 1 : null,
    })),
    positions: [2, 3, 4].flatMap((user) =>
      [1, 2].map((inst) => ({
        user_id: user,
        name: `user ${user}`,
        inst,
        symbol: "@RAIN",
        qty: 3 - user,
        vwap: 100.333333,
        mark: null,
        realized_pnl: -5,
        unrealized_pnl: 0.1,
        settled_qty: inst === 1 ? 3 - user : null,
        settlement: inst === 1 ? -2.5 : null,
        payout: inst === 1 ? 2.5 * (user - 3) : null,
        pnl: -4.9,
        round: inst === 1 ? null : 1,
      })),
    ),
    pnl: [4, 2, 3].map((user, index) => ({
      rank: [1, 2, 2][index] ?? null,
      user_id: user,
      name: `user ${user}`,
      pnl: -5,
      realized: -0.000001,
      unrealized: 12_345_678_901.25,
      volume: 30,
      trades: 3,
      maker_qty: 10,
      taker_qty: 20,
      max_abs_position: 10,
      bot: null,
    })),
    instruments: [1, 2].map((inst) => ({
      inst,
      symbol: inst === 1 ? "@RAIN" : "RAIN-C5",
      type: inst === 1 ? "SCALAR" : "CALL",
      reference: inst === 1 ? null : "@RAIN",
      strike: inst === 1 ? null : 5,
      tick_size: 0.01,
      lot_size: 1,
      tick_value: 1,
      settlement: inst === 1 ? -2.5 : 0,
      description: inst === 1 ? "Rain, in mm" : null,
      min_price: inst === 1 ? -10_000_000 : 0,
      max_price: 10_000_000,
      round: inst === 1 ? null : 1,
    })),
    events: [
      event(1, 1, "add_instrument", { symbol: "@RAIN", type: "SCALAR" }),
      event(2, 2, "order_new", { inst: 1, side: "buy", qty: 10, price: -5 }),
      event(3, 3, "order_new", { inst: 1, side: "sell", qty: 10, price: -5 }),
      event(4, 1, "news", { text: "for all\r\n" }),
      event(5, 1, "news", { text: "a secret card", to: [3] }),
      event(6, 1, "set_limits", { user_id: 3, max_position: 5 }),
      event(7, 1, "settle", { inst: 1, value: -2.5 }),
      event(8, 0, "session", { state: "closed" }),
    ],
    rounds: [1, 2].map((round) => ({
      round,
      format: "card_sum",
      params: '{"cards_each":2}',
      seed: "ab".repeat(32),
      commit: "cd".repeat(32),
      started_ts: start + round,
      ended_ts: round === 1 ? start + 5 : null,
      state: round === 1 ? "done" : "running",
    })),
    hands: [
      { round: 1, user_id: null, name: null, card: 3, label: "3♣", value: 3, place: "deck" },
      { round: 1, user_id: 3, name: "Bo, b", card: 1, label: "=A♣", value: -1, place: "hand" },
      { round: 1, user_id: null, name: null, card: 2, label: "2♣", value: 2, place: "table" },
    ],
    scores: [2, 3].map((user) => ({
      ...{ round: 1, user_id: user, name: "Bo, b", pnl: 2.5 - user, edge: 0.1, information: null },
      ...{ luck: -0.000001, own: null, bonus: null, penalty: 0, score: 1, rank: user - 1 },
    })),
  };
}

function event(seq: number, user: number, op: string, detail: object) {
  const name = ["room", "Host", "=1+1", "Bo, b"][user] ?? null;
  return { seq, ts: start + seq, user_id: user, name, op, detail: JSON.stringify(detail) };
}

/** The same session page by page. */
/** Keys, debrief and log, which no file shows. */
export const debrief: Record<DebriefTable, object[]> = {
  session_keys: [
    { hash: "aa", role: "class", user_id: null },
    { hash: "bb", role: "trader", user_id: 2 },
  ],
  session_debrief: [0, 1, 2].map((part) => ({ part, content: `piece ${part} 🐙` })),
  session_log: [1, 129].map((n) => ({ n, content: `line ${n}\n` })),
};

function isDebriefTable(table: ArchivedTable): table is DebriefTable {
  return (debriefTables as readonly string[]).includes(table);
}

export function pagedOf(session: ArchivedSession, pageRows = 500): PagedSession {
  const { participants, data, ...header } = session;
  const rowsOf = (table: ArchivedTable): object[] =>
    isDebriefTable(table) ? debrief[table] : table === "participants" ? participants : data[table];
  const counts = [...debriefTables, "participants" as const, ...tableNames].map((table) => [
    table,
    rowsOf(table).length,
  ]);
  return {
    ...header,
    traders: participants.filter(({ role }) => role === "trader").length,
    ...{ rounds: 1, logHash: "f00d".repeat(16), names: "shown" },
    counts: Object.fromEntries(counts) as PagedSession["counts"],
    page: ({ table, after }) => {
      const start = (after as number | null) ?? 0;
      const columns =
        table in exportTables
          ? Object.keys(exportTables[table as TableName])
          : Object.keys(rowsOf(table)[0] ?? {});
      const rows = rowsOf(table)
        .slice(start, start + pageRows)
        .map((row) => columns.map((name) => (row as Record<string, Cells[number]>)[name] ?? null));
      const end = start + rows.length;
      return Promise.resolve({ rows, after: end < rowsOf(table).length ? end : null });
    },
  };
}

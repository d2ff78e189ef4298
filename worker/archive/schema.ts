/**
 * The tables of finished sessions in D1: one for each file of `exportTables`, the people, and the
 * session itself. Knows nothing of rooms or of how a file is written.
 *
 * Columns carry the names of the export's columns, so that a row read is a row exported. Keys are
 * the game's own ids within a session: writing the same session twice changes nothing.
 * After a change here: `npx drizzle-kit generate`.
 */

import { integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Version of the rows' meaning, written with each session. */
export const ARCHIVE_FORMAT = 1;

const sessionId = () => text("session_id").notNull();

/** A row here says that the session is whole: it is written last. */
export const sessions = sqliteTable("sessions", {
  session_id: text().primaryKey(),
  room: text().notNull(),
  name: text().notNull(),
  created_at: integer().notNull(),
  closed_at: integer().notNull(),
  trader_count: integer().notNull(),
  trade_count: integer().notNull(),
  format_version: integer().notNull(),
});

export const participants = sqliteTable(
  "participants",
  {
    session_id: sessionId(),
    user_id: integer().notNull(),
    name: text().notNull(),
    role: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.session_id, t.user_id] })],
);

export const trades = sqliteTable(
  "trades",
  {
    session_id: sessionId(),
    trade_id: integer().notNull(),
    ts: integer(),
    seq: integer(),
    inst: integer(),
    symbol: text(),
    price: real(),
    qty: integer(),
    aggressor: text(),
    buyer_id: integer(),
    buyer: text(),
    seller_id: integer(),
    seller: text(),
    buy_order_id: integer(),
    sell_order_id: integer(),
  },
  (t) => [primaryKey({ columns: [t.session_id, t.trade_id] })],
);

export const orders = sqliteTable(
  "orders",
  {
    session_id: sessionId(),
    order_id: integer().notNull(),
    cid: text(),
    ts: integer(),
    updated_ts: integer(),
    user_id: integer(),
    name: text(),
    inst: integer(),
    symbol: text(),
    side: text(),
    type: text(),
    tif: text(),
    post_only: integer({ mode: "boolean" }).notNull(),
    price: real(),
    qty: integer(),
    filled: integer(),
    status: text(),
  },
  (t) => [primaryKey({ columns: [t.session_id, t.order_id] })],
);

export const positions = sqliteTable(
  "positions",
  {
    session_id: sessionId(),
    user_id: integer().notNull(),
    name: text(),
    inst: integer().notNull(),
    symbol: text(),
    qty: integer(),
    vwap: real(),
    mark: real(),
    realized_pnl: real(),
    unrealized_pnl: real(),
  },
  (t) => [primaryKey({ columns: [t.session_id, t.user_id, t.inst] })],
);

export const pnl = sqliteTable(
  "pnl",
  {
    session_id: sessionId(),
    rank: integer(),
    user_id: integer().notNull(),
    name: text(),
    pnl: real(),
    realized: real(),
    unrealized: real(),
    volume: integer(),
    trades: integer(),
    maker_qty: integer(),
    taker_qty: integer(),
    max_abs_position: integer(),
  },
  (t) => [primaryKey({ columns: [t.session_id, t.user_id] })],
);

export const instruments = sqliteTable(
  "instruments",
  {
    session_id: sessionId(),
    inst: integer().notNull(),
    symbol: text(),
    type: text(),
    reference: text(),
    strike: real(),
    tick_size: real(),
    lot_size: integer(),
    tick_value: real(),
    settlement: real(),
  },
  (t) => [primaryKey({ columns: [t.session_id, t.inst] })],
);

export const events = sqliteTable(
  "events",
  {
    session_id: sessionId(),
    seq: integer().notNull(),
    ts: integer(),
    user_id: integer(),
    name: text(),
    op: text(),
    detail: text(),
  },
  (t) => [primaryKey({ columns: [t.session_id, t.seq] })],
);

/** The table of each export file. */
export const archiveTables = { trades, orders, positions, pnl, instruments, events };

/**
 * A session's files cut down to what one player may have: the own orders, fills and P&L, the public
 * trades without the others' sides, the instruments, and what the host did to the market.
 */

import {
  isPublic,
  maskedNames,
  personColumns,
  type ExportRow,
  type NamesSetting,
  type TableName,
} from "#protocol";
import type { ExportSource } from "./session.ts";

/** The player's view of a row: all, part, or null for nothing. */
const cut: { [T in TableName]: (row: ExportRow<T>, userId: number) => ExportRow<T> | null } = {
  trades: (row, userId) => ({
    ...row,
    ...(row.buyer_id === userId ? {} : { buyer_id: null, buyer: null, buy_order_id: null }),
    ...(row.seller_id === userId ? {} : { seller_id: null, seller: null, sell_order_id: null }),
  }),
  orders: (row, userId) => (row.user_id === userId ? row : null),
  positions: (row, userId) => (row.user_id === userId ? row : null),
  pnl: (row, userId) => (row.user_id === userId ? row : null),
  instruments: (row) => row,
  // Everybody was told the result, with all hands: only names are left out.
  rounds: (row) => row,
  hands: (row, userId) => (row.user_id === userId ? row : { ...row, name: null }),
  scores: (row, userId) => (row.user_id === userId ? row : { ...row, name: null }),
  events: (row, userId) => {
    if (row.user_id === userId) return row;
    return isForAll(row, userId) ? { ...row, detail: publicDetail(row) } : null;
  },
};

function isForAll(row: ExportRow<"events">, userId: number): boolean {
  if (row.op === null || !isPublic(row.op)) return false;
  return row.op !== "news" || isAddressed(row.detail, userId);
}

/** Whether a news item is for the user: for all, or for a list that names the user. When in doubt it is not. */
function isAddressed(detail: string | null, userId: number): boolean {
  const news = fieldsOf(detail);
  if (news === null) return false;
  const { to = null } = news;
  return to === null || (Array.isArray(to) && to.includes(userId));
}

/**
 * The fields of a request that all may know. A `cid` is between a user and the exchange, the room keeps its draws to itself
 * (a bot's whole course follows from its seed), and a bot's name is somebody else's name. Details that cannot be read are
 * kept back whole.
 */
function publicDetail({ op, detail }: ExportRow<"events">): string | null {
  const fields = fieldsOf(detail);
  if (fields === null) return null;
  const kept = Object.entries(fields).filter(
    ([field]) =>
      field !== "cid" && !/^drawn[A-Z]/.test(field) && !(op === "bot_add" && field === "name"),
  );
  return JSON.stringify(Object.fromEntries(kept));
}

function fieldsOf(detail: string | null): Record<string, unknown> | null {
  try {
    const fields: unknown = JSON.parse(detail ?? "");
    const isObject = typeof fields === "object" && fields !== null && !Array.isArray(fields);
    return isObject ? (fields as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

export function filterRows<T extends TableName>(
  table: T,
  rows: ExportRow<T>[],
  userId: number,
): ExportRow<T>[] {
  const rowCut = cut[table];
  return rows.map((row) => rowCut(row, userId)).filter((row) => row !== null);
}

/** The same, page by page. */
export function sourceForUser(source: ExportSource, userId: number): ExportSource {
  return async function* (table) {
    for await (const rows of source(table)) yield filterRows(table, rows, userId);
  };
}

/** Tables whose files the key of the class opens: what all may know once the session is over. */
export const classTables: ReadonlySet<string> = new Set([
  ...["trades", "instruments", "rounds", "hands", "scores"],
]);

/** The rows for the whole class, with names as the host has chosen. */
export function sourceForClass(source: ExportSource, names: NamesSetting): ExportSource {
  if (names === "shown") return source;
  let counted: Promise<ReadonlyMap<number, string>> | null = null;
  return async function* (table) {
    const maskOf = await (counted ??= masksOf(source));
    for await (const rows of source(table)) yield rows.map((row) => masked(row, maskOf));
  };
}

/** Names of all who stand in `pnl`: the debrief counts the same traders. */
async function masksOf(source: ExportSource): Promise<ReadonlyMap<number, string>> {
  const userIds: number[] = [];
  for await (const rows of source("pnl"))
    for (const { user_id } of rows) userIds.push(user_id ?? 0);
  return maskedNames(userIds);
}

function masked<Row extends object>(row: Row, maskOf: ReadonlyMap<number, string>): Row {
  const cells = { ...row } as Record<string, unknown>;
  for (const [name, id] of Object.entries(personColumns))
    if (typeof cells[name] === "string") cells[name] = maskOf.get(Number(cells[id])) ?? null;
  return cells as Row;
}

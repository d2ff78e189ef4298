/** The files of a session: which there are and which columns they have. Rows are in the units a person reads. */

/** How a cell is written: numbers stay numbers, text is made harmless for spreadsheets, times are ISO 8601 UTC. */
export type ColumnKind = "int" | "number" | "text" | "time" | "bool";

export const exportTables = {
  trades: {
    trade_id: "int",
    ts: "time",
    seq: "int",
    inst: "int",
    symbol: "text",
    price: "number",
    qty: "int",
    aggressor: "text",
    buyer_id: "int",
    buyer: "text",
    seller_id: "int",
    seller: "text",
    buy_order_id: "int",
    sell_order_id: "int",
    round: "int",
  },
  orders: {
    order_id: "int",
    cid: "text",
    ts: "time",
    updated_ts: "time",
    user_id: "int",
    name: "text",
    inst: "int",
    symbol: "text",
    side: "text",
    type: "text",
    tif: "text",
    post_only: "bool",
    price: "number",
    qty: "int",
    filled: "int",
    status: "text",
    round: "int",
  },
  positions: {
    user_id: "int",
    name: "text",
    inst: "int",
    symbol: "text",
    qty: "int",
    vwap: "number",
    mark: "number",
    realized_pnl: "number",
    unrealized_pnl: "number",
    settled_qty: "int",
    settlement: "number",
    payout: "number",
    pnl: "number",
    round: "int",
  },
  pnl: {
    rank: "int",
    user_id: "int",
    name: "text",
    pnl: "number",
    realized: "number",
    unrealized: "number",
    volume: "int",
    trades: "int",
    maker_qty: "int",
    taker_qty: "int",
    max_abs_position: "int",
    bot: "text",
  },
  instruments: {
    inst: "int",
    symbol: "text",
    type: "text",
    reference: "text",
    strike: "number",
    tick_size: "number",
    lot_size: "int",
    tick_value: "number",
    settlement: "number",
    description: "text",
    min_price: "number",
    max_price: "number",
    round: "int",
  },
  events: {
    seq: "int",
    ts: "time",
    user_id: "int",
    name: "text",
    op: "text",
    detail: "text",
  },
  rounds: {
    round: "int",
    format: "text",
    params: "text",
    seed: "text",
    commit: "text",
    started_ts: "time",
    ended_ts: "time",
    state: "text",
  },
  hands: {
    round: "int",
    user_id: "int",
    name: "text",
    card: "int",
    label: "text",
    value: "number",
    place: "text",
  },
  scores: {
    round: "int",
    user_id: "int",
    name: "text",
    pnl: "number",
    edge: "number",
    information: "number",
    luck: "number",
    own: "number",
    bonus: "number",
    penalty: "number",
    score: "number",
    rank: "int",
  },
} as const satisfies Record<string, Record<string, ColumnKind>>;

export type TableName = keyof typeof exportTables;

/** The columns by which a session's rows of a table are told apart. */
export const exportKeys: {
  readonly [T in TableName]: readonly (keyof (typeof exportTables)[T])[];
} = {
  trades: ["trade_id"],
  orders: ["order_id"],
  positions: ["user_id", "inst"],
  pnl: ["user_id"],
  instruments: ["inst"],
  events: ["seq"],
  rounds: ["round"],
  hands: ["round", "place", "card"],
  scores: ["round", "user_id"],
};

type CellOf<K extends ColumnKind> = K extends "text"
  ? string | null
  : K extends "bool"
    ? boolean
    : number | null;
/** A row of a table. Times are Unix milliseconds here; a missing value is null. */
export type ExportRow<T extends TableName> = {
  -readonly [C in keyof (typeof exportTables)[T]]: (typeof exportTables)[T][C] extends ColumnKind
    ? CellOf<(typeof exportTables)[T][C]>
    : never;
};
/** All rows of a session. */
export type ExportData = { [T in TableName]: ExportRow<T>[] };

export const tableNames = Object.keys(exportTables) as TableName[];
export const exportFiles = [...tableNames.map((name) => `${name}.csv`), "session.sqlite"];

/**
 * Columns that name a person, each with the column of the person's id. Files show the name that the person has now, and
 * those for the class a masked one where the host has chosen so: a column that is missing here shows true names.
 */
export const personColumns: Readonly<Record<string, string>> = {
  name: "user_id",
  buyer: "buyer_id",
  seller: "seller_id",
};

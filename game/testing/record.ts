/**
 * Oracle of the record: the whole session in one go, every order kept in memory until the end. The rows that record.ts
 * makes entry by entry must be the same.
 */

import { exportKeys, tableNames, type ExportData, type ExportRow } from "#protocol";
import type { OrderChange, OrderRecord, Recorder, RoundRecord, TradeRecord } from "../context.ts";
import type { EnginePort } from "../engine-port.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { silence } from "../outbox.ts";
import { SessionRecord, type ParticipantRow, type StandingRows } from "../journal/record.ts";
import { Room } from "../room.ts";
import { readSnapshot } from "../journal/snapshot.ts";
import { fromUnits } from "../units/decimals.ts";
import { priceOf } from "../units/prices.ts";
import { holdingOf, leaderboardRows, pnlOf, settledOf } from "../views/holdings.ts";
import type { Engines } from "../journal/waking.ts";

export interface RecordedSession {
  sessionId: string;
  room: string;
  name: string;
  createdAt: number;
  /** Null while it runs. */
  closedAt: number | null;
  participants: Omit<ParticipantRow, "since_ts">[];
  data: ExportData;
}

/**
 * @param engine a new one
 * @param entries all from the first, in order
 */
export function recordSession(
  engine: EnginePort,
  entries: Iterable<JournalEntry>,
): RecordedSession {
  const room = new Room(engine, { append() {}, read: () => null, fullness: 0 }, silence);
  const history = new History();
  const accepted: JournalEntry[] = [];
  for (const entry of entries) {
    room.replay(entry, history);
    if (entry.accepted || (entry.reply !== null && entry.reply.type !== "error"))
      accepted.push(entry);
  }
  const { state } = room;
  const data = Object.fromEntries(tableNames.map((name) => [name, []])) as unknown as ExportData;
  const listed = (inst: number) => {
    const { symbol = "", round = null } = state.instruments[inst - 1] ?? {};
    return { symbol, round };
  };
  const nameOf = (userId: number) => state.users.get(userId)?.name ?? "";
  data.trades = history.trades.map((trade) => tradeRow(trade, listed, nameOf));
  data.orders = [...history.orders.values()].map((order) => orderRow(order, listed, nameOf));
  data.events = accepted.map((entry) => eventRow(entry, nameOf));
  data.instruments = instrumentRows(room);
  Object.assign(data, standingRows(room));
  for (const { round, hands, scores } of history.rounds.values()) {
    data.rounds.push(round);
    data.hands.push(...hands.map((row) => named(row, nameOf)));
    data.scores.push(...scores.map((row) => named(row, nameOf)));
  }
  return {
    sessionId: state.sessionId,
    room: state.room,
    name: state.name,
    createdAt: state.createdAt,
    closedAt: state.closedAt,
    participants: [...state.users.values()].map(({ userId, name, role }) => ({
      user_id: userId,
      name,
      role,
    })),
    data,
  };
}

class History implements Recorder {
  readonly trades: TradeRecord[] = [];
  readonly orders = new Map<number, OrderRecord & { updated_ts: number }>();
  readonly rounds = new Map<number, RoundRecord>();

  order(order: OrderRecord): void {
    this.orders.set(order.order_id, { ...order, updated_ts: order.ts });
  }

  change(orderId: number, ts: number, { price, qty, filled, status }: OrderChange): void {
    const order = this.orders.get(orderId);
    if (order === undefined) return;
    if (price !== undefined) order.price = price;
    if (qty !== undefined) order.qty = qty;
    Object.assign(order, { filled, status, updated_ts: ts });
  }

  trade(trade: TradeRecord): void {
    this.trades.push(trade);
  }

  round(round: RoundRecord): void {
    this.rounds.set(round.round.round, round);
  }
}

type Naming = (id: number) => string;
type Listed = (inst: number) => { symbol: string; round: number | null };

function tradeRow(trade: TradeRecord, listed: Listed, nameOf: Naming): ExportRow<"trades"> {
  const [buyer, seller] = [nameOf(trade.buyer_id), nameOf(trade.seller_id)];
  return { ...trade, ...listed(trade.inst), buyer, seller };
}

function named<R extends { user_id: number | null }>(row: R, nameOf: Naming) {
  return { ...row, name: row.user_id === null ? null : nameOf(row.user_id) };
}

function orderRow(
  order: OrderRecord & { updated_ts: number },
  listed: Listed,
  nameOf: Naming,
): ExportRow<"orders"> {
  return { ...order, ...listed(order.inst), name: nameOf(order.user_id) };
}

const eventNames: Record<string, string> = {
  $create: "create_room",
  $join: "join",
  $seat: "join_by_seat_code",
  $miss: "wrong_seat_code",
  $drop: "cancel_on_disconnect",
  $clock: "session",
  $step: "round_step",
  $rest: "round_rest",
  $back: "round_back",
};

/** Fields that stand elsewhere in the row, or that nobody must see. */
const withheld = new Set([
  ...["op", "of", "digest", "tokenHash", "hostTokenHash", "passcodeHash"],
  ...["secretHash", "codeHash", "linkHash", "seed", "drawnSeed"],
]);

function eventRow(entry: JournalEntry, nameOf: Naming): ExportRow<"events"> {
  const { input, userId } = entry;
  const detail = Object.fromEntries(
    Object.entries(input).filter(([field]) => !withheld.has(field)),
  );
  if (input.op === "$clock") detail["state"] = "paused";
  // A removed person may be in no other file, and the name may be another's soon.
  if (input.op === "kick") detail["name"] = nameOf(input.user_id);
  const op = input.op === "brief" ? input.of : input.op;
  return {
    seq: entry.seq,
    ts: entry.ts,
    user_id: userId,
    name: userId === 0 ? "" : nameOf(userId),
    op: eventNames[op] ?? op,
    detail: JSON.stringify(detail),
  };
}

function instrumentRows(room: Room): ExportRow<"instruments">[] {
  const { engine, state } = room.context;
  return state.instruments.map((one) => {
    const settlement = engine.settlementUnits(one.inst);
    return {
      inst: one.inst,
      symbol: one.symbol,
      type: one.type,
      reference:
        one.reference === null ? null : (state.instruments[one.reference - 1]?.symbol ?? null),
      strike: one.strike,
      tick_size: one.tickSize,
      lot_size: one.lotSize,
      tick_value: one.tickValue,
      settlement:
        settlement === null ? null : fromUnits(Number(settlement), engine.decimals(one.inst)),
      description: one.description,
      min_price: priceOf(engine, one.inst, one.minTicks),
      max_price: priceOf(engine, one.inst, one.maxTicks),
      round: one.round,
    };
  });
}

function standingRows(room: Room): Pick<ExportData, "positions" | "pnl"> {
  const ctx = room.context;
  const positions: ExportRow<"positions">[] = [];
  const pnl: ExportRow<"pnl">[] = [];
  const rows = leaderboardRows(ctx);
  for (const { user_id: userId, name, pnl: total } of rows) {
    const stats = ctx.state.users.get(userId)?.stats;
    if (stats === undefined) continue;
    for (const instrument of ctx.state.instruments) {
      const holding = holdingOf(ctx, userId, instrument);
      if (!stats.traded.has(instrument.inst) || instrument.isVoid) continue;
      positions.push({
        user_id: userId,
        name,
        inst: instrument.inst,
        symbol: instrument.symbol,
        qty: holding.qty,
        vwap: holding.vwap,
        mark: holding.mark,
        realized_pnl: holding.realized,
        unrealized_pnl: holding.unrealized,
        ...settledOf(ctx, userId, instrument),
        pnl: holding.pnl,
        round: instrument.round,
      });
    }
    pnl.push({
      rank: 1 + rows.filter((row) => row.pnl > total).length,
      user_id: userId,
      name,
      ...pnlOf(ctx, userId),
      volume: stats.volume,
      trades: stats.trades,
      maker_qty: stats.makerQty,
      taker_qty: stats.takerQty,
      max_abs_position: stats.maxAbsPosition,
      bot: ctx.state.users.get(userId)?.bot?.kind ?? null,
    });
  }
  return { positions, pnl };
}

/** The session made by record.ts, with its rows put together as the room's database does it. */
export function recordInSlices(
  entries: readonly JournalEntry[],
  engines: Engines,
  sliceEntries: number,
): ExportData & { participants: RecordedSession["participants"] } {
  let record = new SessionRecord(engines.create());
  const orders = new Map<number, ExportRow<"orders">>();
  const trades: ExportRow<"trades">[] = [];
  const events: ExportRow<"events">[] = [];
  const rounds: RoundRows = new Map();
  for (let at = 0; at < entries.length; at += sliceEntries) {
    const changes = record.changes();
    for (const entry of entries.slice(at, at + sliceEntries)) record.take(entry, changes);
    trades.push(...changes.trades);
    events.push(...changes.events);
    for (const table of ["rounds", "hands", "scores"] as const)
      for (const row of changes[table]) rounds.set(keyOf(table, row), { table, row });
    for (const [id, row] of changes.orders) orders.set(id, row);
    for (const [id, { price, qty, ...rest }] of changes.updates) {
      const row = orders.get(id);
      if (row === undefined) throw new Error(`order ${id} changes and has no row`);
      Object.assign(row, rest, price !== null && { price }, qty !== null && { qty });
    }
    // The record goes on from its snapshot a hundred times.
    if ((at / sliceEntries) % Math.ceil(entries.length / sliceEntries / 100) > 0) continue;
    const snapshot = readSnapshot(record.snapshot());
    if (snapshot === null) throw new Error("the snapshot is not of this build");
    record = new SessionRecord(engines.restore(snapshot.engine), snapshot.state);
  }
  const standing: StandingRows = { positions: [], pnl: [], instruments: [], participants: [] };
  for (const part of record.standing())
    for (const [table, rows] of Object.entries(part))
      (standing[table as keyof StandingRows] as object[]).push(...rows);
  const rows = { trades, orders: [...orders.values()], events, ...ofRounds(rounds) };
  for (const who of standing.participants) namePresent(rows, who);
  const participants = standing.participants.map(({ since_ts: _since, ...who }) => who);
  return { ...rows, ...standing, participants };
}

type RoundTable = "rounds" | "hands" | "scores";
/** Rows of rounds by their keys: later ones take the place of earlier ones. */
type RoundRows = Map<string, { table: RoundTable; row: ExportRow<RoundTable> }>;

function keyOf(table: RoundTable, row: ExportRow<RoundTable>): string {
  const cells = exportKeys[table].map((column) => row[column as keyof typeof row]);
  return JSON.stringify([table, ...cells]);
}

function ofRounds(rows: RoundRows): Pick<ExportData, RoundTable> {
  const of = (wanted: RoundTable) =>
    [...rows.values()].filter(({ table }) => table === wanted).map(({ row }) => row);
  return {
    rounds: of("rounds") as ExportRow<"rounds">[],
    hands: of("hands") as ExportRow<"hands">[],
    scores: of("scores") as ExportRow<"scores">[],
  };
}

/** Puts a person's present name into the rows since the person came in. */
function namePresent(
  { trades, orders, events }: Pick<ExportData, "trades" | "orders" | "events">,
  { user_id: userId, name, since_ts: sinceMs }: ParticipantRow,
): void {
  for (const row of [...orders, ...events])
    if (row.user_id === userId && (row.ts ?? 0) >= sinceMs) row.name = name;
  for (const row of trades) {
    if (row.buyer_id === userId) row.buyer = name;
    if (row.seller_id === userId) row.seller = name;
  }
}

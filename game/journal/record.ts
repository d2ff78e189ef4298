/**
 * A session as tables, entry by entry: a second room follows the journal, and each entry's additions and changes to the
 * tables come out as rows. Keeps no history, so a session of any length takes no more memory than its room.
 */

import { ranksOf, type ExportRow, type Role } from "#protocol";
import type { OrderChange, OrderRecord, Recorder, RoundRecord, TradeRecord } from "../context.ts";
import type { EnginePort } from "../engine-port.ts";
import type { JournalEntry } from "./entry.ts";
import { silence } from "../outbox.ts";
import { Room } from "../room.ts";
import { isRunning, isSettled } from "../rounds/state.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { RoomState } from "../state.ts";
import { fromUnits } from "../units/decimals.ts";
import { priceOf } from "../units/prices.ts";
import { holdingOf, isHeld, leaderboardRows, pnlOf, settledOf } from "../views/holdings.ts";

/** Change to an order that has a row already. Null: unchanged. */
export interface OrderUpdate {
  order_id: number;
  updated_ts: number;
  price: number | null;
  qty: number | null;
  filled: number;
  status: string;
}

export interface ParticipantRow {
  user_id: number;
  name: string;
  role: Role;
  /** When the person came in, Unix ms: rows of an earlier time tell of another who had the id. */
  since_ts: number;
}

/** Rows of the standing tables, which show the present state and are rewritten whole; other tables only grow. */
export interface StandingRows {
  positions: ExportRow<"positions">[];
  pnl: ExportRow<"pnl">[];
  instruments: ExportRow<"instruments">[];
  participants: ParticipantRow[];
}

/** Changes of the tables by some entries. An order that is entered and changed among them is one row. */
export class RowChanges implements Recorder {
  readonly trades: ExportRow<"trades">[] = [];
  readonly orders = new Map<number, ExportRow<"orders">>();
  readonly updates = new Map<number, OrderUpdate>();
  readonly events: ExportRow<"events">[] = [];
  readonly #rounds = new Map<number, RoundRecord>();
  readonly #state: Readonly<RoomState>;

  /** @param state of the following room: names and symbols are those of the moment; readers put present names in their place */
  constructor(state: Readonly<RoomState>) {
    this.#state = state;
  }

  /** Number of rows to write. */
  get size(): number {
    const { trades, orders, updates, events, hands, scores } = this;
    const ofRounds = hands.length + scores.length + this.#rounds.size;
    return trades.length + orders.size + updates.size + events.length + ofRounds;
  }

  get rounds(): ExportRow<"rounds">[] {
    return [...this.#rounds.values()].map(({ round }) => round);
  }
  get hands(): ExportRow<"hands">[] {
    return [...this.#rounds.values()].flatMap(({ hands }) => hands.map(this.#named));
  }
  get scores(): ExportRow<"scores">[] {
    return [...this.#rounds.values()].flatMap(({ scores }) => scores.map(this.#named));
  }

  /**
   * The last event that may be told while a round is under way; null: all of them. Its start is the first that is not: the
   * host's own questions are in it, with their answers.
   */
  get shownEvents(): number | null {
    const { round } = this.#state;
    return isRunning(round) && !isSettled(round) ? round.startedSeq - 1 : null;
  }

  order(order: OrderRecord): void {
    const { order_id, ts, user_id, inst } = order;
    const named = { name: this.nameOf(user_id), ...this.#listed(inst) };
    this.updates.delete(order_id);
    this.orders.set(order_id, { ...order, ...named, updated_ts: ts });
  }

  change(orderId: number, ts: number, { price, qty, filled, status }: OrderChange): void {
    const row = this.orders.get(orderId) ?? this.updates.get(orderId);
    if (row === undefined) {
      this.updates.set(orderId, {
        ...{ order_id: orderId, updated_ts: ts, price: price ?? null, qty: qty ?? null },
        ...{ filled, status },
      });
      return;
    }
    if (price !== undefined) row.price = price;
    if (qty !== undefined) row.qty = qty;
    Object.assign(row, { filled, status, updated_ts: ts });
  }

  trade(trade: TradeRecord): void {
    const { inst, buyer_id, seller_id } = trade;
    const named = { buyer: this.nameOf(buyer_id), seller: this.nameOf(seller_id) };
    this.trades.push({ ...trade, ...named, ...this.#listed(inst) });
  }

  round(round: RoundRecord): void {
    this.#rounds.set(round.round.round, round);
  }

  /** @param name of the user before the entry, for one who has left with it */
  event(entry: JournalEntry, name: string): void {
    const nameOf = (userId: number) => this.nameOf(userId) || name;
    this.events.push(eventRow(entry, nameOf));
  }

  readonly nameOf = (userId: number) => this.#state.users.get(userId)?.name ?? "";

  readonly #named = <R extends { user_id: number | null }>(row: R) => ({
    ...row,
    name: row.user_id === null ? null : this.nameOf(row.user_id),
  });

  #listed(inst: number): { symbol: string; round: number | null } {
    const { symbol = "", round = null } = this.#state.instruments[inst - 1] ?? {};
    return { symbol, round };
  }
}

/** The room that follows the journal. */
export class SessionRecord {
  readonly #room: Room;

  /** @param from the state of the snapshot from which `engine` was restored; by default the record is new */
  constructor(engine: EnginePort, from?: RoomState) {
    this.#room = new Room(engine, { append() {}, read: () => null, fullness: 0 }, silence, from);
  }

  get state(): Readonly<RoomState> {
    return this.#room.state;
  }

  /** Collector of the changes by the next entries. */
  changes(): RowChanges {
    return new RowChanges(this.#room.state);
  }

  /**
   * Applies the next entry.
   * @param changes null: its rows are there already
   */
  take(entry: JournalEntry, changes: RowChanges | null): void {
    const name = changes?.nameOf(entry.userId) ?? "";
    this.#room.replay(entry, changes);
    if (isCommand(entry)) changes?.event(entry, name);
  }

  /** Rows of the standing tables after the last entry, a user at a time. */
  *standing(): Generator<Partial<StandingRows>> {
    const { state } = this.#room;
    yield { instruments: instrumentRows(this.#room) };
    yield {
      participants: [...state.users.values()].map(({ userId, name, role, joinedMs }) => ({
        ...{ user_id: userId, name, role, since_ts: joinedMs },
      })),
    };
    yield* standingRows(this.#room);
  }

  /** Snapshot of the record so far, to go on from: see snapshot.ts. */
  snapshot(): Uint8Array {
    return takeSnapshot(this.#room.state, this.#room.context.engine);
  }
}

type Naming = (id: number) => string;

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
  $return: "seat_back",
  $client: "client",
  $fast: "fast_trader",
};

/** Fields that stand elsewhere in the row, or that nobody must see. */
const withheld = new Set([
  ...["op", "of", "digest", "tokenHash", "hostTokenHash", "passcodeHash"],
  ...["secretHash", "codeHash", "linkHash"],
  // The seed leaves with the result, in rounds.csv.
  ...["seed", "drawnSeed"],
]);

/** True for a command that was accepted, whether or not there was anything to change. */
export function isCommand({ accepted, reply }: JournalEntry): boolean {
  return accepted || (reply !== null && reply.type !== "error");
}

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

function* standingRows(room: Room): Generator<Pick<StandingRows, "positions" | "pnl">> {
  const ctx = room.context;
  const rows = leaderboardRows(ctx);
  const ranks = ranksOf(rows.map(({ pnl }) => pnl));
  for (const [index, { user_id: userId, name }] of rows.entries()) {
    const stats = ctx.state.users.get(userId)?.stats;
    if (stats === undefined) continue;
    const positions: ExportRow<"positions">[] = [];
    for (const instrument of ctx.state.instruments) {
      if (!isHeld(ctx, userId, instrument)) continue;
      const holding = holdingOf(ctx, userId, instrument);
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
    const pnl: ExportRow<"pnl"> = {
      rank: ranks[index] ?? 0,
      user_id: userId,
      name,
      ...pnlOf(ctx, userId),
      volume: stats.volume,
      trades: stats.trades,
      maker_qty: stats.makerQty,
      taker_qty: stats.takerQty,
      max_abs_position: stats.maxAbsPosition,
      bot: ctx.state.users.get(userId)?.bot?.kind ?? null,
    };
    yield { positions, pnl: [pnl] };
  }
}

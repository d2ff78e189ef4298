/**
 * The dear checks: at rest, when nothing is under way, everybody must know the same; and the journal, replayed into a
 * new room, must give the same room, trades and answers.
 */

import type { Recorder, TradeRecord } from "#game/context.ts";
import { silence, type Outbox } from "#game/outbox.ts";
import type { Room } from "#game/room.ts";
import { exactly, Ledger, micros } from "#game/test-ledger.ts";
import type { Message, Position } from "#protocol";
import { book, fingerprint, openOrders, positions, userOf } from "./adapter.ts";
import type { Audit, Trade } from "./audit.ts";
import type { Client } from "./client.ts";
import type { RoomHost } from "./room-host.ts";
import { same, violated } from "./violation.ts";

const scratch = { qty: 0, vwapUnits: 0, cashUnits: 0, openBuyQty: 0, openSellQty: 0 };

/** Nothing is under way: the room against the audit, and every client against the room. */
export function checkAtRest(host: RoomHost, audit: Audit, clients: readonly Client[]): void {
  const { room } = host;
  const { users, instruments } = room.state;
  audit.checkAll(room.context.engine, users.size, instruments.length);
  checkWorking(room);
  checkAnswers(host, clients);
  for (const client of clients)
    if (client.userId !== null && !client.isGone) checkClient(host, client);
}

/** What works for each user is what the own open orders add up to, and the room keeps a note of no other order. */
function checkWorking(room: Room): void {
  const { engine, state } = room.context;
  let count = 0;
  for (const { userId, kicked, killed } of state.users.values()) {
    const orders = engine.openOrders(userId, 0);
    count += orders.length;
    const mayHaveOrders = !kicked && !killed && !state.killed && state.session !== "closed";
    if (!mayHaveOrders && orders.length > 0)
      violated("somebody has orders who may not have any", { userId, kicked, killed, orders });
    for (const { orderId } of orders)
      if (!state.orders.has(orderId))
        violated("the room knows nothing of an open order", { orderId });
    for (const { inst } of state.instruments) {
      const leaves = [0, 0];
      for (const order of orders)
        if (order.inst === inst) leaves[order.side] = (leaves[order.side] ?? 0) + order.leaves;
      const { openBuyQty, openSellQty } = engine.position(userId, inst, scratch);
      same(
        "working quantities are not those of the open orders",
        [openBuyQty, openSellQty],
        leaves,
      );
    }
  }
  if (count !== state.orders.size)
    violated("the room keeps notes of orders that are gone", {
      open: count,
      notes: state.orders.size,
    });
}

function checkClient(host: RoomHost, client: Client): void {
  const { room, nowMs } = host;
  const { mirror } = client;
  const userId = client.userId ?? 0;
  for (const { inst } of room.state.instruments) {
    if (host.staleBooks.has(inst)) continue;
    const { bids, asks, last } = book(room, inst, client.depth, nowMs) as Message<"md_inc">;
    const seen = mirror.books.get(inst);
    const shown = { bids: seen?.bids, asks: seen?.asks, last: seen?.last };
    same(`user ${userId} sees another book of instrument ${inst}`, shown, { bids, asks, last });
  }
  if (client.role !== "trader") return;
  same(`connections of user ${userId}`, host.connections.count(userId), 1);
  const held = (rows: readonly Position[]) => rows.map(({ inst, qty }) => ({ inst, qty }));
  const now = held(positions(room, userId));
  same(`user ${userId} was not sent the positions of now`, held(mirror.positions), now);
  mirror.apply({ type: "orders", orders: openOrders(room, userId) });
  mirror.apply({ type: "positions", positions: positions(room, userId) });
}

/** Everything that clients were answered is in the journal with the same outcome. */
function checkAnswers(host: RoomHost, clients: readonly Client[]): void {
  const answered: { n: number; answer: Message }[] = [];
  for (const client of clients) {
    for (const [cid, answer] of client.newAnswers) {
      const n = host.rowOf(client.userId ?? 0, cid);
      if (n === undefined) violated("an answered request is not in the journal", { cid, answer });
      answered.push({ n, answer });
    }
    client.forgetAnswers();
  }
  // In the journal's order, for its entries are decoded by the batch.
  answered.sort((a, b) => a.n - b.n);
  for (const { n, answer } of answered)
    same("the journal has another outcome than was answered", host.journal.replyOf(n), answer);
}

/** Replays the journal, all of it durable, into a new room. Throws if anything differs from the live one. */
export function checkReplay(host: RoomHost, audit: Audit, clients: readonly Client[]): void {
  const trades: TradeRecord[] = [];
  const recorder: Recorder = {
    order() {},
    change() {},
    trade: (trade) => trades.push(trade),
  };
  const answers = new Answers();
  const room = host.journal.replay(answers.outbox, recorder);
  host.replayed += host.journal.length;
  same("replay gives another room", fingerprint(room), fingerprint(host.room));
  if (trades.length !== audit.trades.length)
    violated("replay gives other trades", { live: audit.trades.length, again: trades.length });
  for (const [index, trade] of trades.entries())
    same("replay gives another trade", ofRecord(trade), ofMessage(audit.trades[index] as Trade));
  for (const client of clients) probe(room, client, answers, host);
}

/** The last requests once more, to the replayed room: nothing may happen but the first reply again. */
function probe(room: Room, client: Client, answers: Answers, host: RoomHost): void {
  const { userId } = client;
  if (userId === null || userOf(room, userId)?.kicked !== false) return;
  for (const request of client.lastRequests()) {
    const n = host.rowOf(userId, request.cid ?? "");
    if (n === undefined) continue;
    answers.last = null;
    room.request(userId, 1, 10, request, host.nowMs);
    const wanted = { ...host.journal.replyOf(n), duplicate: true };
    same("a replayed room has another answer to a known cid", answers.last, wanted);
  }
}

/** Keeps the last answer that a room gives. */
class Answers {
  last: Message | null = null;
  readonly outbox: Outbox = {
    ...silence,
    toConnection: (_id, message) => {
      this.last = message;
    },
  };
}

/** Exact fractions are slow: only one of so many accounts is checked with them. */
export const moneyParts = 4;

/** Average prices and P&L against exact fractions of the fills. */
export function checkMoney(room: Room, audit: Audit, part: number): void {
  const isChecked = (userId: number, inst: number) => (userId + inst) % moneyParts === part;
  const ledgers = new Map<string, Ledger>();
  for (const { user_id: userId, inst, side, qty, price } of audit.fills) {
    if (!isChecked(userId, inst)) continue;
    const key = `${userId} ${inst}`;
    const ledger = ledgers.get(key) ?? new Ledger(audit.instruments.get(inst)?.tick_value ?? 1);
    ledger.fill(side, qty, price);
    ledgers.set(key, ledger);
  }
  for (const { userId } of room.state.users.values())
    for (const row of positions(room, userId)) {
      const ledger = ledgers.get(`${userId} ${row.inst}`);
      if (ledger !== undefined && !room.state.instruments[row.inst - 1]?.settled)
        checkHolding(userId, row, ledger);
    }
}

function checkHolding(userId: number, row: Position, ledger: Ledger): void {
  const mark = exactly(row.mark ?? 0);
  const exact = {
    vwap: micros(ledger.vwap),
    realized_pnl: micros(ledger.realized),
    unrealized_pnl: micros(ledger.unrealized(mark)),
  };
  // Shown to six decimals; realised and unrealised may share one rounding.
  for (const [name, value] of Object.entries(exact) as [keyof typeof exact, number][])
    if (Math.abs(row[name] * 1e6 - value) > 1.2)
      violated("P&L is not what the fills make", { userId, row, [name]: value });
}

function ofRecord({ tradeId, seq, ts, inst, price, qty, aggressor }: TradeRecord) {
  return { tradeId, seq, ts, inst, price, qty, side: aggressor };
}

function ofMessage({ trade_id, seq, ts, inst, price, qty, side }: Trade) {
  return { tradeId: trade_id, seq, ts, inst, price, qty, side };
}

/**
 * The dear checks: at rest, when nothing is under way, everybody must know the same; and the room that has followed the
 * journal must be the same room, with the same answers.
 */

import type { Room } from "#game/room.ts";
import { exactly, Ledger, micros } from "#game/testing/ledger.ts";
import type { Message, Position } from "#protocol";
import { book, fingerprint, openOrders, positions, userOf } from "./adapter.ts";
import type { Audit } from "./audit.ts";
import type { Client } from "./players/client.ts";
import type { RoomHost } from "./platform/room-host.ts";
import { same, violated } from "./violation.ts";

const scratch = { qty: 0, vwapUnits: 0, cashUnits: 0, openBuyQty: 0, openSellQty: 0 };

/** Nothing is under way: the room against the audit, and every client against the room. */
export function checkAtRest(host: RoomHost, audit: Audit, clients: readonly Client[]): void {
  const { room } = host;
  const { users, instruments } = room.state;
  audit.checkAll(room.context.engine, users.size, instruments.length);
  checkWorking(room);
  for (const { userId, connections } of users.values())
    same(`what the room thinks that user ${userId} has open`, connections, host.count(userId));
  for (const client of clients)
    if (client.userId !== null && !client.isGone) {
      checkClient(host, client);
      same(`the trades of user ${client.userId}`, client.mirror.lastTrade, audit.trades.length);
    }
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
    const { bids, asks, last } = book(room, inst, client.depth, nowMs) as Message<"md_inc">;
    const seen = mirror.books.get(inst);
    const shown = { bids: seen?.bids, asks: seen?.asks, last: seen?.last };
    same(`user ${userId} sees another book of instrument ${inst}`, shown, { bids, asks, last });
  }
  if (client.role !== "trader") return;
  same(`connections of user ${userId}`, host.count(userId), 1);
  const held = (rows: readonly Position[]) => rows.map(({ inst, qty }) => ({ inst, qty }));
  const now = held(positions(room, userId));
  same(`user ${userId} was not sent the positions of now`, held(mirror.positions), now);
  mirror.apply({ type: "orders", orders: openOrders(room, userId) });
  mirror.apply({ type: "positions", positions: positions(room, userId) });
}

/** The room that follows the journal must be the live one, and know the answers that were given. */
export function checkReplay(host: RoomHost, clients: readonly Client[]): void {
  same("replay gives another room", fingerprint(host.standby.room), fingerprint(host.room));
  for (const client of clients) probe(client, host);
}

/** The last requests once more, to the replayed room: nothing may happen but the first reply again. */
function probe(client: Client, host: RoomHost): void {
  const { userId } = client;
  const { standby, disk } = host;
  if (userId === null || userOf(standby.room, userId)?.kicked !== false) return;
  for (const request of client.lastRequests()) {
    const n = host.rowOf(userId, request.cid ?? "");
    if (n === undefined) continue;
    const wanted = { ...disk.replyOf(n), duplicate: true };
    const answer = standby.probe(userId, request, host.nowMs);
    same("a replayed room has another answer to a known cid", answer, wanted);
  }
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

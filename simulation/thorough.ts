/**
 * Expensive checks: at rest, with nothing under way, all clients must agree with the room, and the room that follows
 * the journal must equal it, with the same answers.
 */

import { emptyPosition } from "#game/engine-port.ts";
import type { Room } from "#game/room.ts";
import { exactly, Ledger, micros } from "#game/testing/ledger.ts";
import type { Message, Position } from "#protocol";
import { book, fingerprint, openOrders, positions, userOf } from "./adapter.ts";
import type { Audit } from "./audit.ts";
import type { Client } from "./players/client.ts";
import type { SimulatedServer } from "./platform/simulated-server.ts";
import { same, violated } from "./violation.ts";

const scratch = emptyPosition();

/** Compares the room with the audit, and every client with the room, at rest. */
export function checkAtRest(
  server: SimulatedServer,
  audit: Audit,
  clients: readonly Client[],
): void {
  const { room } = server;
  const { users, instruments } = room.state;
  audit.checkAll(room.context.engine, users.size, instruments.length);
  checkWorking(room);
  checkTraded(room, audit);
  for (const { userId, connections } of users.values())
    same(`what the room thinks that user ${userId} has open`, connections, server.count(userId));
  for (const client of clients)
    if (client.userId !== null && !client.isGone) {
      checkClient(server, client);
      same(`the trades of user ${client.userId}`, client.mirror.lastTrade, audit.trades.length);
    }
}

/** Checks that each user's working quantities are the sum of the open orders, and that the room notes no others. */
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

/** Checks that the room's figures of each instrument are those of all its trades. */
function checkTraded(room: Room, audit: Audit): void {
  for (const { inst, lastPrice, traded } of room.state.instruments) {
    const trades = audit.trades.filter((trade) => trade.inst === inst);
    const prices = trades.map(({ price }) => price);
    const { volume, trades: count, first, high, low } = traded;
    same(
      `what was traded in instrument ${inst}`,
      { volume, count, first, high, low, last: lastPrice },
      {
        volume: trades.reduce((sum, { qty }) => sum + qty, 0),
        count: trades.length,
        first: prices[0] ?? null,
        high: trades.length === 0 ? null : prices.reduce((a, b) => Math.max(a, b)),
        low: trades.length === 0 ? null : prices.reduce((a, b) => Math.min(a, b)),
        last: prices.at(-1) ?? null,
      },
    );
  }
}

function checkClient(server: SimulatedServer, client: Client): void {
  const { room, nowMs } = server;
  const { mirror } = client;
  const userId = client.userId ?? 0;
  for (const { inst } of room.state.instruments) {
    const { bids, asks, last } = book(room, inst, client.depth, nowMs) as Message<"md_inc">;
    const seen = mirror.books.get(inst);
    const shown = { bids: seen?.bids, asks: seen?.asks, last: seen?.last };
    same(`user ${userId} sees another book of instrument ${inst}`, shown, { bids, asks, last });
  }
  for (const { userId: other, name, kicked } of room.state.users.values())
    if (!kicked)
      same(`the name that user ${userId} knows of user ${other}`, mirror.names.get(other), name);
  if (client.role !== "trader") return;
  same(`connections of user ${userId}`, server.count(userId), 1);
  const held = (rows: readonly Position[]) => rows.map(({ inst, qty }) => ({ inst, qty }));
  const now = held(positions(room, userId));
  same(`user ${userId} was not sent the positions of now`, held(mirror.positions), now);
  mirror.apply({ type: "orders", orders: openOrders(room, userId) });
  mirror.apply({ type: "positions", positions: positions(room, userId) });
}

/** Checks that the following room equals the live one, and knows the answers that were given. */
export function checkReplay(server: SimulatedServer, clients: readonly Client[]): void {
  same("replay gives another room", fingerprint(server.standby.room), fingerprint(server.room));
  for (const client of clients) probe(client, server);
}

/** Repeats the last requests to the following room: it must give the first reply and change nothing. */
function probe(client: Client, server: SimulatedServer): void {
  const { userId } = client;
  const { standby, disk } = server;
  if (userId === null || userOf(standby.room, userId)?.kicked !== false) return;
  for (const request of client.lastRequests()) {
    const n = server.rowOf(userId, request.cid ?? "");
    if (n === undefined) continue;
    const wanted = { ...disk.replyOf(n), duplicate: true };
    const answer = standby.probe(userId, request, server.nowMs);
    same("a replayed room has another answer to a known cid", answer, wanted);
  }
}

/** One of so many accounts is checked with exact fractions, which are slow. */
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
  // Values have six decimals; realised and unrealised may share one rounding.
  for (const [name, value] of Object.entries(exact) as [keyof typeof exact, number][])
    if (Math.abs(row[name] * 1e6 - value) > 1.2)
      violated("P&L is not what the fills make", { userId, row, [name]: value });
}

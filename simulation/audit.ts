/**
 * Independent books, kept only from messages that leave the room: every trade, both its fills, every payout, every
 * executed request. Compared with the engine after every turn; entries that a crash loses are taken back here as well.
 */

import { emptyPosition, Side, type EnginePort } from "#game/engine-port.ts";
import type { Outbox } from "#game/outbox.ts";
import type { Instrument, Message } from "#protocol";
import { violated } from "./violation.ts";

export type Trade = Message<"trade">;
export type Fill = Message<"fill">;
type Settlement = Message<"settlement" | "option_expired">;

export interface Account {
  userId: number;
  inst: number;
  qty: number;
  /** Millionths of a unit of price, times contracts. */
  cashMicros: number;
  /** Contracts that were settled, and what each was paid. */
  settledQty: number;
  payoffMicros: number;
}

/** Lengths of all lists at some moment. */
export interface AuditPoint {
  trades: number;
  fills: number;
  executions: number;
  settlements: number;
}

/** One executed request as one number, for there are many. */
const executionOf = (userId: number, cid: number) => userId * 2 ** 32 + cid;

const scratch = emptyPosition();
const usersMost = 1024;

export const toMicros = (price: number) => Math.round(price * 1e6);

export class Audit {
  readonly trades: Trade[] = [];
  readonly fills: Fill[] = [];
  readonly instruments = new Map<number, Instrument>();
  readonly #accounts = new Map<number, Account>();
  readonly #executions: number[] = [];
  /** Journal row by user and cid (bots count theirs), or 0. */
  readonly #rows: number[][] = [];
  /** Accounts as they were before they were settled, or corrected. */
  readonly #settlements: { account: Account; before: Account }[] = [];
  #turnTrades = 0;
  #turnFills = 0;
  #sealed: AuditPoint = this.#point();
  #durable: AuditPoint = this.#point();

  // Messages that leave the room

  /** The same outbox, with every message noted here. */
  watching(out: Outbox): Outbox {
    return {
      ...out,
      toUser: (userId, message, except) => {
        if (message.type === "fill") this.fill(message);
        out.toUser(userId, message, except);
      },
      toRole: (role, message, except) => {
        const isSettlement = message.type === "settlement" || message.type === "option_expired";
        if (role === "exchange" && isSettlement) this.settled(message);
        out.toRole(role, message, except);
      },
      toAll: (message, except) => {
        if (message.type === "trade") this.trade(message);
        if (message.type === "instrument_added" || message.type === "instrument_edited")
          this.instruments.set(message.inst, message.instrument);
        out.toAll(message, except);
      },
    };
  }

  fill(fill: Fill): void {
    this.#post(fill, 1);
    this.fills.push(fill);
  }

  trade(trade: Trade): void {
    const last = this.trades.at(-1);
    if (trade.trade_id !== this.trades.length + 1 || trade.seq <= (last?.seq ?? 0))
      violated("trades are not numbered one after the other", { last, trade });
    this.trades.push(trade);
  }

  settled(message: Settlement): void {
    const instrument = this.instruments.get(message.inst);
    if (instrument === undefined) return violated("what is not listed was settled", { message });
    const value = "value" in message ? message.value : message.spot_price;
    const payoff = toMicros(payoffOf(instrument, value));
    const paid = new Map((message.payouts ?? []).map((one) => [one.user_id, one]));
    for (const account of this.#accounts.values()) {
      const isCorrected = message.corrected === true;
      const qty = isCorrected ? account.settledQty : account.qty;
      if (account.inst !== message.inst || qty === 0) continue;
      const { userId } = account;
      const payout = paid.get(userId);
      const money = (qty * payoff * instrument.tick_value) / 1e6;
      if (payout?.qty !== qty || Math.abs(payout.payout - money) > 1e-6)
        violated("a payout is not the position times the payoff", { account, payout, money });
      paid.delete(userId);
      this.#settlements.push({ account, before: { ...account } });
      account.qty = 0;
      account.cashMicros += qty * (isCorrected ? payoff - account.payoffMicros : payoff);
      account.settledQty = qty;
      account.payoffMicros = payoff;
    }
    for (const payout of paid.values())
      if (payout.qty !== 0) violated("somebody without a position was paid", { payout });
  }

  executed(userId: number, cid: string, n: number): void {
    const rows = (this.#rows[userId] ??= []);
    const count = Number(cid);
    const first = rows[count] ?? 0;
    if (first !== 0) violated("a cid was executed twice", { userId, cid, first, n });
    while (rows.length < count) rows.push(0);
    rows[count] = n;
    this.#executions.push(executionOf(userId, count));
  }

  // Facts known of it

  rowOf(userId: number, cid: string): number | undefined {
    const row = this.#rows[userId]?.[Number(cid)] ?? 0;
    return row === 0 ? undefined : row;
  }

  /** Trades in durable commits. */
  get durableTrades(): number {
    return this.#durable.trades;
  }

  account(userId: number, inst: number): Account {
    const key = inst * usersMost + userId;
    let account = this.#accounts.get(key);
    if (account === undefined) {
      account = { userId, inst, qty: 0, cashMicros: 0, settledQty: 0, payoffMicros: 0 };
      this.#accounts.set(key, account);
    }
    return account;
  }

  // Turns, commits and crashes

  beginTurn(): void {
    this.#turnTrades = this.trades.length;
    this.#turnFills = this.fills.length;
  }

  /** Checks the turn's changes: fills come in pairs, accounts equal the engine's, no touched book is crossed. */
  endTurn(engine: EnginePort, inst: number): void {
    const [trades, fills] = [this.#turnTrades, this.#turnFills];
    for (let at = trades; at < this.trades.length; at++) {
      const first = fills + 2 * (at - trades);
      this.#checkPair(this.trades[at] as Trade, this.fills[first], this.fills[first + 1]);
    }
    if (this.fills.length - fills !== 2 * (this.trades.length - trades))
      violated("there are fills that belong to no trade", { fills: this.fills.slice(fills) });
    for (let at = fills; at < this.fills.length; at++) {
      const fill = this.fills[at] as Fill;
      this.checkAccount(engine, this.account(fill.user_id, fill.inst));
    }
    if (inst > 0) checkUncrossed(engine, inst);
  }

  /** Takes back everything that is in no commit yet. */
  abandonOpen(): void {
    this.#takeBack(this.#sealed);
    this.beginTurn();
  }

  /** Notes that everything until now is written. */
  seal(): void {
    this.#sealed = this.#point();
  }
  get sealed(): AuditPoint {
    return this.#sealed;
  }

  /** Notes that everything up to the point is durable. */
  commit(point: AuditPoint): void {
    this.#durable = point;
  }

  /** Takes back the writes lost in a crash. @param point of the last durable write */
  lose(point: AuditPoint): void {
    this.#takeBack(point);
    this.#sealed = this.#durable = this.#point();
    this.beginTurn();
  }

  /** Compares everybody's accounts with the engine; in every instrument contracts and cash add up to zero. */
  checkAll(engine: EnginePort, users: number, instruments: number): void {
    for (let inst = 1; inst <= instruments; inst++) {
      let [qty, cash] = [0, 0];
      for (let userId = 1; userId <= users; userId++) {
        const account = this.account(userId, inst);
        this.checkAccount(engine, account);
        qty += account.qty;
        cash += account.cashMicros;
      }
      if (qty !== 0 || cash !== 0)
        violated("contracts or money were made or lost", { inst, qty, cash });
      checkUncrossed(engine, inst);
    }
  }

  /** Compares what a client was told of an instrument's trades with all of them. */
  checkHistory({ inst, seq, by_price, path }: Message<"history">): void {
    const trades = this.trades.filter((trade) => trade.inst === inst && trade.seq <= seq);
    const [volume, told] = [trades, by_price.map(([, qty]) => ({ qty }))].map((some) =>
      some.reduce((sum, { qty }) => sum + qty, 0),
    );
    if (volume !== told)
      violated("the quantities by price are not those of the trades", { inst, volume, told });
    for (const at of [0, -1]) {
      const [trade, point] = [trades.at(at), path.at(at)];
      if (trade?.ts !== point?.[0] || trade?.price !== point?.[1])
        violated("the path does not begin and end with a trade", { inst, trade, point });
    }
  }

  checkAccount(engine: EnginePort, account: Account): void {
    const { userId, inst } = account;
    engine.position(userId, inst, scratch);
    const cashMicros = Number(scratch.cashUnits) * 10 ** (6 - engine.decimals(inst));
    if (scratch.qty !== account.qty || cashMicros !== account.cashMicros)
      violated("the engine's account is not what the fills make", {
        engine: { qty: scratch.qty, cashMicros },
        fills: account,
      });
  }

  #checkPair(trade: Trade, maker: Fill | undefined, taker: Fill | undefined): void {
    const fits = (fill: Fill | undefined, side: string) =>
      fill?.trade_id === trade.trade_id &&
      fill.side === side &&
      fill.qty === trade.qty &&
      fill.price === trade.price &&
      fill.inst === trade.inst &&
      fill.seq === trade.seq;
    const other = trade.side === "buy" ? "sell" : "buy";
    if (!fits(maker, other) || !fits(taker, trade.side))
      violated("a trade has not its two fills", { trade, maker, taker });
  }

  #post(fill: Fill, sign: 1 | -1): void {
    const account = this.account(fill.user_id, fill.inst);
    const bought = (fill.side === "buy" ? fill.qty : -fill.qty) * sign;
    account.qty += bought;
    account.cashMicros -= bought * toMicros(fill.price);
  }

  #point(): AuditPoint {
    return {
      trades: this.trades.length,
      fills: this.fills.length,
      executions: this.#executions.length,
      settlements: this.#settlements.length,
    };
  }

  #takeBack(point: AuditPoint): void {
    // Nobody trades after a settlement, so the settlements are undone first.
    for (const { account, before } of this.#settlements.splice(point.settlements).reverse())
      Object.assign(account, before);
    for (const fill of this.fills.splice(point.fills)) this.#post(fill, -1);
    for (const execution of this.#executions.splice(point.executions)) {
      const rows = this.#rows[Math.floor(execution / 2 ** 32)];
      if (rows !== undefined) rows[execution % 2 ** 32] = 0;
    }
    this.trades.length = point.trades;
  }
}

function payoffOf({ type, strike }: Instrument, value: number): number {
  if (type === "SCALAR") return value;
  const inTheMoney = type === "CALL" ? value - (strike ?? 0) : (strike ?? 0) - value;
  return Math.max(inTheMoney, 0);
}

export function checkUncrossed(engine: EnginePort, inst: number): void {
  const bid = engine.best(inst, Side.buy);
  const ask = engine.best(inst, Side.sell);
  if (bid !== null && ask !== null && bid >= ask)
    violated("the book is crossed", { inst, bid, ask });
}

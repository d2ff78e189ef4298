/**
 * The debrief of a session from its journal, in one pass: a second room follows the entries, and each is looked at once.
 * Keeps sums, the orders that rest, the fills of the last half minute and thinned paths, however long the session is.
 */

import { definitions, type Debrief, type DebriefInstrument, type NotedTrade } from "#protocol";
import type { OrderChange, OrderRecord, Recorder, TradeRecord } from "../context.ts";
import type { EnginePort } from "../engine-port.ts";
import { tradingOps, type JournalEntry } from "../journal/entry.ts";
import { silence } from "../outbox.ts";
import { Room } from "../room.ts";
import type { RoomInstrument, RoomState, RoomUser } from "../state.ts";
import { pnlOf } from "../views/holdings.ts";
import { halfMicros, toAmount, wholeMoney, type ExactMoney, type HalfMicros } from "./amounts.ts";
import { awardsOf } from "./awards.ts";
import { Discovery } from "./discovery.ts";
import type { Ending } from "./ending.ts";
import { Fills, TraderFills } from "./fills.ts";
import { FreeMoneyWatch } from "./free-money.ts";
import { Listed } from "./listed.ts";
import { Prices } from "./prices.ts";
import { Quoting } from "./quoting.ts";
import { Rounds } from "./rounds.ts";
import { Thinned } from "./thinned.ts";
import { traderRows } from "./traders.ts";

/** The debrief but for the session that it is of. */
export type Analysed = Omit<Debrief, "session">;

export class Analysis implements Recorder {
  readonly #room: Room;
  readonly #ending: Ending;
  readonly #takeLine: (line: string) => void;
  readonly #prices: Prices;
  readonly #rounds: Rounds;
  readonly #fills = new Fills();
  readonly #quoting = new Quoting();
  readonly #freeMoney = new FreeMoneyWatch((inst) => this.#quoting.book(inst));
  readonly #listed: Listed;
  readonly #discoveries = new Map<number, Discovery>();
  readonly #curves = new Map<number, Thinned>();
  /** Instruments whose reference price has changed at the present moment. */
  readonly #moved = new Set<number>();
  /** Whether P&L has changed by a trade or a settlement at the present moment. */
  #isCurveDue = false;
  /** Time of the last entry, Unix ms. */
  #now = 0;

  /**
   * @param engine a new one
   * @param ending of the room that the journal leads to
   * @param takeLine is given each line of the log
   */
  constructor(engine: EnginePort, ending: Ending, takeLine: (line: string) => void = () => {}) {
    this.#room = new Room(engine, { append() {}, read: () => null, fullness: 0 }, silence);
    this.#ending = ending;
    this.#takeLine = takeLine;
    this.#prices = new Prices(this.#room.context, ending.instruments);
    this.#rounds = new Rounds(this.#room.context);
    this.#listed = new Listed(this.#room.state);
  }

  /** The state after the last entry. */
  get state(): Readonly<RoomState> {
    return this.#room.state;
  }

  /** Whether the entry begins the round that runs: nothing is told from there on. */
  isSecret({ input, accepted }: JournalEntry): boolean {
    const { openRound } = this.#ending;
    const next = (this.state.round?.round ?? 0) + 1;
    return accepted && input.op === "round_start" && openRound !== null && next >= openRound;
  }

  /** Takes the next entry. */
  take(entry: JournalEntry): void {
    const { ts, seq } = entry;
    if (ts > this.#now) this.#pass(ts);
    this.#room.replay(entry, this);
    const changed = this.#quoting.settle();
    // An entry of trading reaches no other instruments, and opens or closes none.
    if (tradingOps.has(entry.input.op)) this.#prices.refreshSome(changed, this.#hasMoved);
    else {
      this.#prices.refresh(this.#hasMoved);
      this.#follow(ts, changed);
    }
    for (const inst of changed) this.#freeMoney.look(inst, ts);
    this.#rounds.after({ ts, seq });
  }

  /** The debrief, after the last entry. */
  end(): Analysed {
    const endMs = this.#ending.closedAt ?? this.#now;
    this.#pass(Infinity);
    for (const book of this.#quoting.books.values()) book.advance(endMs);
    const freeMoney = this.#freeMoney.findings(endMs);
    const rounds = this.#rounds.end();
    const sources = this.#traders().map((user) => {
      const fills = this.#fills.traders.get(user.userId) ?? new TraderFills();
      const other = this.#other(user.userId, fills);
      return { user, fills, other, curve: this.#curves.get(user.userId)?.kept ?? [] };
    });
    const traders = traderRows(sources, this.#quoting, rounds, this.#ending);
    for (const row of traders) endCurve(row.curve, endMs, row.pnl);
    return {
      definitions,
      instruments: this.state.instruments.map((one) => this.#instrumentRow(one)),
      traders,
      matrix: [...this.#fills.matrix.values()].map(({ buyer, seller, qty, gain }) => ({
        ...{ buyer_id: buyer, seller_id: seller, qty, buyer_pnl: this.#amount(gain) },
      })),
      noted_trades: notedTrades(sources.map(({ fills }) => fills)),
      free_money: freeMoney,
      awards: awardsOf(traders),
      rounds,
    };
  }

  // The recorder of the room that follows

  order(order: OrderRecord): void {
    this.#quoting.order(order);
  }

  change(orderId: number, ts: number, change: OrderChange): void {
    this.#quoting.change(orderId, ts, change);
  }

  trade(trade: TradeRecord): void {
    const { inst } = trade;
    this.#quoting.traded(inst);
    const end = this.#ending.instruments.get(inst);
    const instrument = this.state.instruments[inst - 1];
    if (end?.counts === false || instrument === undefined) return;
    const { tickValueMicros } = instrument;
    const value = end?.value ?? halfMicros(trade.price ?? 0);
    this.#fills.trade(trade, this.#prices.before(inst), { tickValueMicros, value });
    this.#isCurveDue = true;
  }

  line(line: string): void {
    this.#takeLine(line);
  }

  // Inside

  /** Ends the present moment: no entry of its time comes any more. */
  #pass(untilMs: number): void {
    this.#fills.pass(untilMs, (inst, dueMs) => this.#priceAt(inst, dueMs));
    const isOver = this.state.closedAt !== null;
    for (const inst of this.#moved) this.#discover(inst, isOver);
    this.#moved.clear();
    if (this.#isCurveDue) this.#drawCurves();
    this.#isCurveDue = false;
    if (untilMs !== Infinity) this.#now = untilMs;
  }

  /** The reference price at a moment up to which everything was taken, or `S` if the session was over. */
  #priceAt(inst: number, dueMs: number): HalfMicros | null {
    const endMs = this.#ending.closedAt ?? this.#now;
    const isOver = dueMs > endMs;
    return isOver ? (this.#ending.instruments.get(inst)?.value ?? null) : this.#prices.m(inst);
  }

  readonly #hasMoved = (inst: number): void => {
    this.#moved.add(inst);
    if (this.#prices.before(inst).isSettled) this.#isCurveDue = true;
  };

  #discover(inst: number, isOver: boolean): void {
    const { m, isSettled } = this.#prices.before(inst);
    if (isSettled || isOver || m === null) return;
    let discovery = this.#discoveries.get(inst);
    if (discovery === undefined) {
      discovery = new Discovery(this.#ending.instruments.get(inst)?.value ?? null);
      this.#discoveries.set(inst, discovery);
    }
    discovery.take(this.#now, m);
  }

  #drawCurves(): void {
    for (const [userId, fills] of this.#fills.traders) {
      let curve = this.#curves.get(userId);
      if (curve === undefined) this.#curves.set(userId, (curve = new Thinned()));
      if (curve.isDue()) curve.add(this.#now, this.#amount(this.#worth(fills)));
    }
  }

  /** P&L at the present reference prices. */
  #worth({ cash, held }: TraderFills): ExactMoney {
    let worth = cash;
    for (const [inst, qty] of held) {
      if (qty === 0) continue;
      const tickValue = this.state.instruments[inst - 1]?.tickValueMicros ?? 0;
      worth += BigInt(qty) * (this.#prices.m(inst) ?? 0n) * BigInt(tickValue);
    }
    return worth;
  }

  /** Notes which instruments are open. */
  #follow(now: number, changed: Set<number>): void {
    const { instruments, session } = this.state;
    this.#freeMoney.list(instruments);
    for (const one of this.#listed.now()) {
      const isQuiet = one.halted || one.settled || one.hidden || one.retired || one.isVoid;
      const isOpen = session === "open" && !isQuiet;
      const book = this.#quoting.book(one.inst);
      if (book.isOpen === isOpen) continue;
      book.advance(now);
      book.isOpen = isOpen;
      changed.add(one.inst);
    }
  }

  #traders(): RoomUser[] {
    return [...this.state.users.values()].filter(
      ({ role, kicked, userId }) =>
        role === "trader" && (!kicked || this.#fills.traders.has(userId)),
    );
  }

  /** P&L of a closed session beyond that of the trades. */
  #other(userId: number, fills: TraderFills): number {
    if (this.#ending.closedAt === null) return 0;
    const { maker, taker } = fills;
    let traded: ExactMoney = 0n;
    for (const { spread, selection, drift } of [maker, taker]) traded += spread + selection + drift;
    return pnlOf(this.#room.context, userId).pnl - this.#amount(traded);
  }

  #amount(money: ExactMoney): number {
    const { decimals } = this.#ending;
    return toAmount(wholeMoney(money, decimals), decimals);
  }

  #instrumentRow(one: RoomInstrument): DebriefInstrument {
    const { inst, symbol, type, reference, strike, tickSize, tickValue, isVoid } = one;
    const discovery = this.#discoveries.get(inst);
    const values = this.#rounds.fair.get(inst);
    const settlement = this.#ending.instruments.get(inst)?.settlement ?? null;
    return {
      ...{ inst, symbol, type, reference_id: reference, strike },
      ...{ tick_size: tickSize, tick_value: tickValue },
      ...{ round: values?.round ?? null, counts: !isVoid, settlement: isVoid ? null : settlement },
      ...{ fair: values?.fair ?? null, fair_path: values?.path ?? [] },
      path: discovery?.path ?? [],
      error_s: isVoid ? null : (discovery?.errorS ?? null),
    };
  }
}

/** Lets a curve end with the P&L. */
function endCurve(curve: [number, number][], endMs: number, pnl: number): void {
  const last = curve.at(-1);
  if (last !== undefined && last[0] >= endMs) last[1] = pnl;
  else curve.push([endMs, pnl]);
}

function notedTrades(all: readonly TraderFills[]): NotedTrade[] {
  const noted = new Map<number, NotedTrade>();
  for (const { best, worst } of all)
    for (const one of [best, worst]) if (one !== null) noted.set(one.trade.trade_id, one.trade);
  return [...noted.values()].sort((a, b) => a.trade_id - b.trade_id);
}

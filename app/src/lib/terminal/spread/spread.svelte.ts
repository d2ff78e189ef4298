/** The spread that the user builds, at the prices of now, and its last sending. */

import type { Instrument, Level, Side } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { checkOrder, orderContextOf } from "#lib/terminal/orders/check.ts";
import type { Orders } from "#lib/terminal/orders/orders.svelte.ts";
import { outsideBook } from "#lib/trading/book.ts";
import {
  settlementBounds,
  extremes,
  type Extreme,
  positionOfOrder,
  type PlannedOrder,
} from "#lib/trading/settlement.ts";
import {
  MAX_LEGS,
  nameOf,
  netOf,
  possibleOf,
  pressed,
  stepOf,
  withRatio,
  type SpreadLeg,
  type PricedLeg,
} from "./legs.ts";
import { SpreadRun } from "./run.svelte.ts";
import { spreadWords } from "./words.ts";

export class SpreadState {
  readonly #room: RoomClient;
  readonly #orders: Orders;
  legs = $state.raw<readonly SpreadLeg[]>([]);
  qty = $state<number | null>(1);
  /** The last sending, until the user goes back to the form. */
  run = $state.raw<SpreadRun | null>(null);

  /** Legs at the others' prices: the user's own orders cannot be traded. */
  readonly priced = $derived.by(() => this.legs.flatMap((leg) => this.#price(leg)));
  readonly name = $derived(nameOf(this.priced));
  readonly net = $derived(netOf(this.priced));
  readonly possible = $derived(possibleOf(this.priced));
  readonly step = $derived(stepOf(this.priced));
  /** The orders of all legs; none while a leg has no price or there is no quantity. */
  readonly orders: readonly PlannedOrder[] = $derived.by(() => {
    const { priced, qty } = this;
    if (qty === null || qty <= 0 || this.net === null) return [];
    return priced.flatMap(({ instrument, side, ratio, price }) =>
      price === null ? [] : [{ instrument, side, qty: ratio * qty, price }],
    );
  });
  readonly underlying = $derived.by(() => {
    const first = this.priced[0]?.instrument;
    return first && this.#room.instrument(first.reference_id ?? first.id);
  });
  /** Worst and best P&L of these spreads alone; null while they have no price. */
  readonly ends: { worst: Extreme; best: Extreme } | null = $derived.by(() => {
    const { orders, underlying } = this;
    if (orders.length === 0 || underlying === undefined) return null;
    return extremes(orders.map(positionOfOrder), settlementBounds(underlying));
  });
  /** The reason for which it cannot be sent, in words; null if it can. */
  readonly problem = $derived.by(() => this.#problem());
  /** A warning about a spread that can be sent. */
  readonly warning = $derived.by(() =>
    this.problem === null && (this.qty ?? 0) > this.possible
      ? spreadWords.only(this.possible)
      : null,
  );

  constructor(room: RoomClient, orders: Orders) {
    this.#room = room;
    this.#orders = orders;
  }

  /** The ratio of the leg in this instrument and side; 0 if there is none. */
  ratioAt(inst: number, side: Side): number {
    const leg = this.legs.find((one) => one.inst === inst);
    return leg?.side === side ? leg.ratio : 0;
  }

  /** Changes the legs by a press on a cell of the chain. Sends nothing. */
  press(inst: number, side: Side): void {
    if (!this.#begin()) return;
    const { underlying } = this;
    const isOther = underlying !== undefined && this.#rootOf(inst) !== underlying.id;
    if (isOther) this.#say(spreadWords.other(underlying.symbol));
    const before = isOther ? [] : this.legs;
    const after = pressed(before, inst, side);
    if (after === before) this.#say(spreadWords.full(MAX_LEGS));
    this.legs = after;
  }

  setRatio(inst: number, ratio: number): void {
    this.legs = withRatio(this.legs, inst, ratio);
  }

  /** Takes over the trades of a violation. @param sets the number that their sizes allow */
  load(
    legs: readonly {
      readonly side: Side;
      readonly instrument: Instrument;
      readonly count: number;
    }[],
    sets: number,
  ): void {
    if (!this.#begin()) return;
    this.legs = legs.map(({ side, instrument, count }) => ({
      ...{ side, inst: instrument.id, ratio: count },
    }));
    const most = this.#room.limits?.max_order_qty ?? Infinity;
    const largest = Math.max(...legs.map(({ count }) => count));
    this.qty = Math.max(1, Math.min(sets, Math.floor(most / largest)));
  }

  clear(): void {
    this.legs = [];
    this.qty = 1;
  }

  /** The question about the spread, while it waits for a second press; else null. */
  get question(): string | null {
    return this.#orders.guard.questionFor(this.#key);
  }

  /** Legs and number: their prices may move before the second press. */
  get #key(): string {
    return `spread ${JSON.stringify(this.legs)} ${this.qty}`;
  }

  /** Sends the spread leg by leg, at the prices of now. An unusual one waits for a second press. */
  async send(): Promise<void> {
    const { qty, problem } = this;
    if (qty === null || problem !== null || this.run !== null) return;
    const orders = this.orders.map((order) => ({ ...order, inst: order.instrument.id }));
    if (!this.#orders.guard.lets(this.#key, orders)) return;
    this.run = new SpreadRun(this.#room, this.#orders, this.priced, qty);
    await this.run.send();
  }

  /** Closes the report, unless legs are still being sent. */
  back(): void {
    if (this.run?.busy !== true) this.run = null;
  }

  /** Stops the sending when the line drops. To be called whenever the connection changes. */
  follow(connection: RoomClient["connection"]): void {
    if (connection.state !== "online") this.run?.drop();
  }

  /** The best level of others at which this side trades, also of the underlying. */
  quoteOf(inst: number, side: Side): Level | undefined {
    const { bids, asks } = outsideBook(this.#room, inst);
    return (side === "buy" ? asks : bids)[0];
  }

  /** Closes the report for a new spread. @returns false if the last sending needs the user's attention first */
  #begin(): boolean {
    const { run } = this;
    if (run !== null && (run.busy || !run.isCertain || run.left.length > 0)) {
      this.#say(spreadWords.unfinished);
      return false;
    }
    this.run = null;
    return true;
  }

  #say(text: string): void {
    this.#room.notices.add({ type: "remark", text });
  }

  #rootOf(inst: number): number {
    return this.#room.instrument(inst)?.reference_id ?? inst;
  }

  #price({ inst, side, ratio }: SpreadLeg): PricedLeg[] {
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return [];
    const [price = null, size = 0] = this.quoteOf(inst, side) ?? [];
    return [{ instrument, side, ratio, price, size }];
  }

  #problem(): string | null {
    const { priced, qty, step } = this;
    for (const { instrument } of priced) {
      const block = this.#orders.blockOf(instrument.id);
      if (block !== null) return block;
    }
    const missing = priced.find(({ price }) => price === null);
    if (missing) return spreadWords.missing(missing.side, missing.instrument.symbol);
    if (qty === null || !Number.isSafeInteger(qty) || qty <= 0 || qty % step !== 0)
      return spreadWords.whole(step);
    for (const { instrument, side, ratio, price } of priced) {
      const draft = { side, type: "limit", price, qty: ratio * qty, tif: "IOC" } as const;
      const context = orderContextOf(this.#room, instrument, side);
      const checked = checkOrder({ ...draft, postOnly: false }, context);
      const why = checked.price ?? checked.qty ?? checked.order;
      if (why !== null) return spreadWords.problem(instrument.symbol, why);
    }
    return priced.length === 0 ? spreadWords.none : null;
  }
}

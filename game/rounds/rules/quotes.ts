/**
 * Quotes in an instrument of a round: whose are large and close enough for a duty to quote, and how much each user has at
 * the best prices. Follows from the books; only users whose orders have changed, or whose price is the best no more, are
 * looked at again.
 */

import type { Context } from "../../context.ts";
import { Side, type EngineOrder } from "../../engine-port.ts";
import type { Quoting } from "../../formats/format.ts";
import { priceOf } from "../../units/prices.ts";
import { openRound, type RoundState } from "../state.ts";

/** Both sides of a user's quote, taken together. */
export interface Quoted {
  /** Contracts at the best prices, of the side with fewer. */
  readonly lots: number;
  /** Whether a bid and an ask are large and close enough. */
  readonly counts: boolean;
}

const nothing: Quoted = { lots: 0, counts: false };
/** The rule where there is no duty: any bid and ask. */
const anyQuote = { max_width: Infinity, min_qty: 1 };

class QuoteIndex {
  readonly inst: number;
  /** Users whose orders may be others than those known. */
  readonly dirty: Set<number>;
  /** Quotes that are others than those last taken. */
  readonly changed = new Map<number, Quoted>();
  readonly #orders = new Map<number, readonly EngineOrder[]>();
  readonly #quoted = new Map<number, Quoted>();
  #best: readonly (number | null)[] = [];

  constructor(inst: number, users: Iterable<number>) {
    this.inst = inst;
    this.dirty = new Set(users);
  }

  refresh({ engine }: Context, rule: Pick<Quoting, "max_width" | "min_qty">): void {
    const { inst } = this;
    const best = [engine.best(inst, Side.buy), engine.best(inst, Side.sell)];
    const isMoved = best.some((price, side) => price !== this.#best[side]);
    if (!isMoved && this.dirty.size === 0) return;
    this.#best = best;
    const tick = priceOf(engine, inst, 1);
    for (const userId of this.dirty) this.#orders.set(userId, engine.openOrders(userId, inst));
    for (const userId of isMoved ? this.#orders.keys() : this.dirty)
      this.#look(userId, { ...rule, max_width: rule.max_width / tick });
    this.dirty.clear();
  }

  #look(userId: number, rule: Pick<Quoting, "max_width" | "min_qty">): void {
    const quoted = quotedBy(this.#orders.get(userId) ?? [], this.#best, rule);
    const before = this.#quoted.get(userId);
    if (before?.lots === quoted.lots && before.counts === quoted.counts) return;
    this.#quoted.set(userId, quoted);
    this.changed.set(userId, quoted);
  }
}

/** @param rule with its width in ticks */
function quotedBy(
  orders: readonly EngineOrder[],
  best: readonly (number | null)[],
  rule: Pick<Quoting, "max_width" | "min_qty">,
): Quoted {
  if (orders.length < 2) return nothing;
  const [bids, asks] = [Side.buy, Side.sell].map((side) =>
    orders.filter((order) => order.side === side),
  ) as [EngineOrder[], EngineOrder[]];
  const [bid, ask] = [priceFor(bids, rule.min_qty, -1), priceFor(asks, rule.min_qty, 1)];
  return {
    lots: Math.min(leavesAt(bids, best[Side.buy]), leavesAt(asks, best[Side.sell])),
    // Prices are whole ticks, and the width may come out of a division.
    counts: bid !== null && ask !== null && ask - bid <= rule.max_width + 1e-6,
  };
}

/** Price up to which so many contracts stand, the best first; null: there are fewer. @param away 1: up, -1: down */
function priceFor(orders: readonly EngineOrder[], qty: number, away: 1 | -1): number | null {
  let wanted = qty;
  for (const { price, leaves } of orders.toSorted((a, b) => away * (a.price - b.price))) {
    wanted -= leaves;
    if (wanted <= 0) return price;
  }
  return null;
}

function leavesAt(orders: readonly EngineOrder[], best: number | null | undefined): number {
  return orders.reduce((sum, { price, leaves }) => (price === best ? sum + leaves : sum), 0);
}

const indexes = new WeakMap<RoundState, QuoteIndex>();

/** Quotes that have changed since they were last taken. @param place of the instrument */
export function changedQuotes(ctx: Context, round: RoundState, place: number) {
  const inst = round.insts[place] ?? 0;
  let index = indexes.get(round);
  if (index?.inst !== inst) {
    // A room that has woken does not know who has quoted since the last count: also somebody without a seat, as the house.
    index = new QuoteIndex(inst, ctx.state.users.keys());
    indexes.set(round, index);
  }
  index.refresh(ctx, openRound(round).plan.rules.quoting ?? anyQuote);
  return index.changed;
}

/** Notes that the user's orders may have changed. */
export function noteOrders(round: RoundState | null, userId: number): void {
  if (round !== null) indexes.get(round)?.dirty.add(userId);
}

/**
 * Asks again before unusual orders, by the trader's settings: joins their checks (guard.ts) with the second press
 * (confirmation.svelte.ts).
 */

import type { Level, Side } from "#protocol";
import { formatAverage, formatPrice, formatQty } from "#lib/format.ts";
import { bookDepth } from "#lib/state/queue-position.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { best, outsideBook } from "#lib/trading/book.ts";
import { Confirmation, type Asked } from "./confirmation.svelte.ts";
import { concernsOf, type Concern, type GuardedOrder, type GuardSettings } from "./guard.ts";
import { words } from "./words.ts";

/** The guard before a trader has set anything. */
export const usualGuard: GuardSettings = {
  guard: true,
  guardQty: null,
  guardTicks: 10,
  guardPercent: 5,
  presets: [],
};

export class PressGuard {
  readonly #room: RoomClient;
  readonly #settings: Partial<GuardSettings>;
  readonly confirmation = new Confirmation();

  constructor(room: RoomClient, settings: Partial<GuardSettings>) {
    this.#room = room;
    this.#settings = settings;
  }

  /** The newest press that waits for its second; null: none. */
  get asked(): Asked | null {
    return this.confirmation.newest;
  }

  /** The question about this thing, while it waits for its second press; else null. */
  questionFor(key: string): string | null {
    return this.confirmation.waiting.find((one) => one.key === key)?.text ?? null;
  }

  /**
   * @param key the thing that is pressed: its second press has the same
   * @returns whether the press may send the orders: they are usual, or it is the second one
   */
  lets(key: string, orders: readonly GuardedOrder[]): boolean {
    const isNamed = new Set(orders.map(({ inst }) => inst)).size > 1;
    const reasons = orders.flatMap((order) => this.#reasonsOf(order, isNamed));
    const [first] = orders;
    if (first === undefined || reasons.length === 0) return true;
    const { inst, side, price } = first;
    const text = words.guard.again(reasons);
    return this.confirmation.presses({ key, text, inst, side, price });
  }

  #reasonsOf(order: GuardedOrder, isNamed: boolean): string[] {
    const instrument = this.#room.instrument(order.inst);
    if (instrument === undefined) return [];
    const book = outsideBook(this.#room, order.inst);
    const { last } = this.#room.market(order.inst);
    const mark = midOf(book) ?? last;
    const concerns = concernsOf(
      order,
      { instrument, ...book, depth: bookDepth, mark },
      { ...usualGuard, ...this.#settings },
    );
    const name = isNamed ? `${instrument.symbol}: ` : "";
    return concerns.map((concern) => name + sayConcern(concern, order.side, instrument.tick_size));
  }
}

function midOf({ bids, asks }: { bids: readonly Level[]; asks: readonly Level[] }): number | null {
  const [bid, ask] = [best(bids), best(asks)];
  return bid === null || ask === null ? null : (bid + ask) / 2;
}

function sayConcern(concern: Concern, side: Side, tick: number): string {
  switch (concern.kind) {
    case "size":
      return words.guard.size(formatQty(concern.qty), formatQty(concern.most));
    case "far": {
      const { price, ticks, from, reference } = concern;
      const at = formatPrice(reference, tick);
      return words.guard.far(formatPrice(price, tick), ticks, side, from, at);
    }
    case "deep": {
      const { average, worst, ticks, unseen } = concern;
      return (
        words.guard.deep(formatAverage(average, tick), formatPrice(worst, tick), ticks) +
        (unseen > 0 ? words.guard.unseen(formatQty(unseen)) : "")
      );
    }
  }
}

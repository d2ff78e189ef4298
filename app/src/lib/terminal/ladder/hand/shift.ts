/**
 * Moves own orders row by row, by presses of keys. Presses that are faster than the exchange's replies add up: one replace is
 * under way at a time, and the next goes to the price that the keys have reached meanwhile.
 */

import type { Side } from "#protocol";
import type { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";
import type { Orders } from "#lib/terminal/orders/orders.svelte.ts";

/** The orders that keys are moving. Own orders that rest at a price that they pass stay there. */
interface ShiftedOrders {
  readonly side: Side;
  readonly ids: ReadonlySet<number>;
  /** Their present price and the price that the keys have reached, ticks. */
  at: number;
  goal: number;
  isUnderWay: boolean;
}

export class LadderShift {
  readonly #ladder: LadderState;
  readonly #orders: Orders;
  #held: ShiftedOrders | null = null;

  constructor(ladder: LadderState, orders: Orders) {
    this.#ladder = ladder;
    this.#orders = orders;
  }

  /**
   * Moves the orders at a price by a number of rows.
   * @returns their new price in ticks; null if there are none, the price is out of bounds or waits for a second press, or
   * one of them is being changed already: either all move, or none.
   */
  step(side: Side, ticks: number, rows: number): number | null {
    const goal = ticks + rows;
    const { min, max } = this.#ladder.bounds;
    if (goal < min || goal > max) return null;
    const held = this.#heldAt(side, ticks) ?? this.#takeUp(side, ticks);
    if (held === null) return null;
    const price = this.#ladder.grid.price(goal);
    if (!this.#orders.letsChange(this.#resting(held), price, null)) return null;
    held.goal = goal;
    if (!held.isUnderWay) void this.#follow(held);
    return goal;
  }

  /** Ends the move when the cursor goes elsewhere: the next press moves all orders at its price. */
  letGo(): void {
    this.#held = null;
  }

  #heldAt(side: Side, ticks: number): ShiftedOrders | null {
    const held = this.#held;
    return held?.side === side && held.goal === ticks && this.#resting(held).length > 0
      ? held
      : null;
  }

  #takeUp(side: Side, ticks: number): ShiftedOrders | null {
    const orders = this.#ladder.ordersAt(side, ticks);
    const { moving } = this.#orders;
    if (orders.length === 0 || orders.some((order) => moving.has(order.order_id))) return null;
    const ids = new Set(orders.map((order) => order.order_id));
    this.#held = { side, ids, at: ticks, goal: ticks, isUnderWay: false };
    return this.#held;
  }

  #resting(held: ShiftedOrders) {
    return this.#ladder.orders.filter((order) => held.ids.has(order.order_id));
  }

  async #follow(held: ShiftedOrders): Promise<void> {
    held.isUnderWay = true;
    while (held.at !== held.goal) {
      const to = held.goal;
      await this.#orders.move(this.#resting(held), this.#ladder.grid.price(to));
      held.at = to;
      const hasArrived = this.#resting(held).every(
        ({ price }) => price !== null && this.#ladder.grid.rowOf(price, held.side) === to,
      );
      // A refusal, which is shown at its price, ends the move: the orders go no further by themselves.
      if (!hasArrived) held.goal = to;
      if (!hasArrived && this.#held === held) this.#held = null;
    }
    held.isUnderWay = false;
  }
}

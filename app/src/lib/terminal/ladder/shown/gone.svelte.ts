/** Own orders of an instrument that have just been cancelled: a ladder shows them struck through for a moment. */

import type { OpenOrder, Side } from "#protocol";

/** Time for which they are shown; the frame fades as long in the style of the cell. */
const SHOWN_MS = 2_500;

export interface GoneOrder {
  readonly side: Side;
  readonly price: number;
  readonly qty: number;
}

/** Orders cancelled after `seq`, with the quantity that was cancelled. @param done newest first */
export function cancelledSince(done: readonly OpenOrder[], inst: number, seq: number): GoneOrder[] {
  const gone: GoneOrder[] = [];
  for (const order of done) {
    if (order.seq <= seq) break;
    const { side, price, qty, filled, status } = order;
    if (order.inst === inst && status === "cancelled" && price !== null && qty > filled)
      gone.push({ side, price, qty: qty - filled });
  }
  return gone;
}

export class GoneOrders {
  shown = $state.raw<readonly GoneOrder[]>([]);
  #seq: number;

  /** @param done orders that are done already: they are not shown */
  constructor(done: readonly OpenOrder[]) {
    this.#seq = done[0]?.seq ?? 0;
  }

  note(done: readonly OpenOrder[], inst: number): void {
    const fresh = cancelledSince(done, inst, this.#seq);
    this.#seq = Math.max(this.#seq, done[0]?.seq ?? 0);
    if (fresh.length === 0) return;
    this.shown = [...this.shown, ...fresh];
    setTimeout(() => (this.shown = this.shown.filter((gone) => !fresh.includes(gone))), SHOWN_MS);
  }
}

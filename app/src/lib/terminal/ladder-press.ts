/** What a press at a place of a ladder does, and how that is said before. Knows nothing of pointers and keys. */

import type { Desk } from "./desk.svelte.ts";
import { describeClick, sideOf } from "./hint.ts";
import type { LadderState } from "./ladder.svelte.ts";
import type { Place } from "./ladder-place.ts";
import type { Side } from "./rows.ts";

/** An order that a press would send. */
interface Sent {
  readonly side: Side;
  readonly price: number;
  readonly qty: number;
}

export class LadderPress {
  readonly #desk: Desk;
  readonly #ladder: LadderState;

  constructor(desk: Desk, ladder: LadderState) {
    this.#desk = desk;
    this.#ladder = ladder;
  }

  /** What a press would do, in words. */
  hintAt({ column, ticks }: Place): string | null {
    const ladder = this.#ladder;
    const { layout } = this.#desk;
    const side = sideOf(column);
    return describeClick({
      column,
      symbol: ladder.instrument?.symbol ?? "",
      price: ladder.grid.text(ticks),
      size: layout.sizeOf(ladder.inst),
      second: layout.secondSizeOf(ladder.inst),
      working: side === null ? 0 : ladder.workingAt(side, ticks),
      takes: side === null ? 0 : ladder.takesAt(side, ticks),
      armed: layout.armed,
      block: ladder.block,
    });
  }

  /** The order that a press would send, for its payoff to be previewed. */
  orderAt({ column, ticks }: Place): { inst: number; side: Side; price: number } | null {
    const side = column === "bid" || column === "ask" ? sideOf(column) : null;
    if (side === null || this.#desk.spectator) return null;
    return { inst: this.#ladder.inst, side, price: this.#ladder.grid.price(ticks) };
  }

  /** Own orders of a cell, which a press cancels and a drag moves. */
  ownAt(place: Place | null): { side: Side; ticks: number } | null {
    if (place === null || (place.column !== "myBid" && place.column !== "myAsk")) return null;
    const side = sideOf(place.column);
    if (side === null || this.#ladder.workingAt(side, place.ticks) === 0) return null;
    return { side, ticks: place.ticks };
  }

  act({ column, ticks }: Place): void {
    const ladder = this.#ladder;
    const desk = this.#desk;
    if (!this.#isInBounds(ticks)) return;
    const side = sideOf(column);
    const price = ladder.grid.price(ticks);
    desk.layout.choose(ladder.inst);
    if (ladder.carried !== null) {
      ladder.carryTo(ticks);
      ladder.drop();
    } else if (column === "price") desk.draft(ladder.inst, null, price);
    else if (side !== null && (column === "myBid" || column === "myAsk"))
      desk.trading.cancel(ladder.ordersAt(side, ticks));
    else if (side !== null) desk.click(ladder.inst, side, price);
  }

  /** What the right button would send; null where the button is the browser's. */
  secondAt(place: Place | null): Sent | null {
    const qty = this.#desk.layout.secondSizeOf(this.#ladder.inst);
    if (place === null || qty === null || this.#desk.spectator) return null;
    if (place.column !== "bid" && place.column !== "ask") return null;
    const side = place.column === "bid" ? "buy" : "sell";
    return { side, price: this.#ladder.grid.price(place.ticks), qty };
  }

  actSecond(place: Place | null): void {
    const order = this.secondAt(place);
    if (order === null || place === null || !this.#isInBounds(place.ticks)) return;
    this.#desk.click(this.#ladder.inst, order.side, order.price, order.qty);
  }

  #isInBounds(ticks: number): boolean {
    const { min, max } = this.#ladder.bounds;
    return ticks >= min && ticks <= max;
  }
}

/** Describes and carries out presses at a place of a ladder. Knows nothing of pointers and keys. */

import type { Side } from "#protocol";
import { formatTicks, formatPrice } from "#lib/format.ts";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import type { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";
import { metNothing } from "#lib/trading/met.ts";
import { beyondSettlement } from "#lib/trading/settlement.ts";
import { isOwn, sideOf, type LadderColumn, sidePressed } from "./columns.ts";
import { describeClick } from "./hint.ts";
import type { LadderPlace } from "./place.ts";
import { LadderShift } from "./shift.ts";

/** An order that a press would send. */
interface PressOrder {
  readonly side: Side;
  readonly price: number;
  readonly qty: number;
}

/** The device of a press: only the buttons of a mouse can stand for sides. */
export type PressDevice = "mouse" | "other";

export class LadderPress {
  readonly #desk: Desk;
  readonly #ladder: LadderState;
  /** Moves own orders by keys. */
  readonly shift: LadderShift;

  constructor(desk: Desk, ladder: LadderState) {
    this.#desk = desk;
    this.#ladder = ladder;
    this.shift = new LadderShift(ladder, desk.orders);
  }

  /** The effect of a press, in words. */
  hintAt({ column, ticks }: LadderPlace, by: PressDevice): string | null {
    const ladder = this.#ladder;
    const side = this.#placed(column, by) ?? sideOf(column);
    const size = this.#desk.sizes.sizeOf(ladder.inst);
    return describeClick({
      column,
      symbol: ladder.instrument?.symbol ?? "",
      price: formatTicks(ticks, ladder.grid),
      span: side === null ? null : ladder.spanOf(ticks, side),
      size,
      second: by === "mouse" ? this.#desk.sizes.secondSizeOf(ladder.inst) : null,
      sold: this.#byButtons(by) ? ladder.meets("sell", ticks, size) : null,
      working: side === null ? 0 : ladder.workingAt(side, ticks),
      meets: side === null ? metNothing : ladder.meets(side, ticks, size),
      beyond: side === null ? null : this.#beyondAt(side, ticks),
      soldBeyond: this.#byButtons(by) ? this.#beyondAt("sell", ticks) : null,
      armed: this.#desk.orders.armed,
      block: ladder.block,
    });
  }

  #beyondAt(side: Side, ticks: number): string | null {
    const { inst, instrument, grid } = this.#ladder;
    const { room } = this.#desk;
    if (instrument === undefined) return null;
    const order = {
      instrument,
      side,
      qty: this.#desk.sizes.sizeOf(inst),
      limit: grid.price(ticks),
    };
    const worth = beyondSettlement(room, { ...order, rests: true });
    return worth === null ? null : formatPrice(worth, instrument.tick_size);
  }

  /** The order that a press would send, for the preview of its payoff. */
  orderAt(
    { column, ticks }: LadderPlace,
    by: PressDevice,
  ): { inst: number; side: Side; price: number } | null {
    const side = this.#placed(column, by);
    if (side === null || this.#desk.spectator) return null;
    return { inst: this.#ladder.inst, side, price: this.#ladder.grid.price(ticks) };
  }

  /** Own orders of a cell: a press cancels them, a drag moves them. */
  ownAt(place: LadderPlace | null): { side: Side; ticks: number } | null {
    if (place === null || !isOwn(place.column)) return null;
    const side = sideOf(place.column);
    if (side === null || this.#ladder.workingAt(side, place.ticks) === 0) return null;
    return { side, ticks: place.ticks };
  }

  act({ column, ticks }: LadderPlace, by: PressDevice): void {
    const ladder = this.#ladder;
    const desk = this.#desk;
    if (!this.#isInBounds(ticks)) return;
    const side = sideOf(column);
    const placed = this.#placed(column, by);
    const price = ladder.grid.price(ticks);
    desk.choose(ladder.inst);
    if (ladder.carried !== null) {
      // While a drop waits for its second press, a press elsewhere puts the orders back.
      if (ladder.isDropAsked && ticks !== ladder.carried.to) return ladder.letGo();
      ladder.carryTo(ticks);
      ladder.drop();
    } else if (column === "price") desk.fillTicket(ladder.inst, null, price);
    else if (side !== null && isOwn(column)) desk.orders.cancel(ladder.ordersAt(side, ticks));
    else if (placed !== null) desk.click(ladder.inst, placed, price);
  }

  /**
   * Moves own orders of a cell up by a number of rows: on a grouped ladder each is several ticks.
   * @returns whether there were any, and the new price is in bounds
   */
  moveBy(place: LadderPlace, rows: number): boolean {
    const side = isOwn(place.column) ? sideOf(place.column) : null;
    if (side === null || this.shift.step(side, place.ticks, rows) === null) return false;
    this.#desk.choose(this.#ladder.inst);
    return true;
  }

  /** Opens the editor on own orders of a cell. @returns whether there were any */
  edit(place: LadderPlace | null): boolean {
    const own = this.ownAt(place);
    if (own === null || this.#desk.spectator) return false;
    this.#desk.choose(this.#ladder.inst);
    this.#ladder.editing = own;
    return true;
  }

  /** The order that the right button would send; null where the button opens the browser's menu. */
  #secondAt(place: LadderPlace): PressOrder | null {
    const { inst, grid } = this.#ladder;
    const byButtons = this.#byButtons("mouse");
    const qty = byButtons ? this.#desk.sizes.sizeOf(inst) : this.#desk.sizes.secondSizeOf(inst);
    const side = sidePressed(place.column, "columns");
    if (qty === null || side === null || this.#desk.spectator) return null;
    return { side: byButtons ? "sell" : side, price: grid.price(place.ticks), qty };
  }

  #byButtons(by: PressDevice): boolean {
    return by === "mouse" && this.#desk.preferences.mouseScheme === "buttons";
  }

  #placed(column: LadderColumn, by: PressDevice): Side | null {
    return sidePressed(column, this.#byButtons(by) ? "buttons" : "columns");
  }

  /** Whether the right button acts on the ladder there. */
  hasSecond(place: LadderPlace): boolean {
    return this.ownAt(place) !== null || this.#secondAt(place) !== null;
  }

  /**
   * Carries out a press of the right button: opens the editor on own orders, else sends the second size or the sale.
   */
  actSecond(place: LadderPlace): void {
    if (this.edit(place)) return;
    const order = this.#secondAt(place);
    if (order === null || !this.#isInBounds(place.ticks)) return;
    this.#desk.click(this.#ladder.inst, order.side, order.price, order.qty);
  }

  #isInBounds(ticks: number): boolean {
    const { min, max } = this.#ladder.bounds;
    return ticks >= min && ticks <= max;
  }
}

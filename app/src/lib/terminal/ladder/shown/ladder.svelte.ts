/**
 * The state of one ladder: its window of prices, the rule that it never moves by itself under a pointer, and own orders
 * that are carried to another price. Its contents are in contents.svelte.ts.
 */

import type { Side } from "#protocol";
import type { RoomEvent } from "#lib/state/events.ts";
import { anchorOf, best, outsideBook, startPrice, take } from "#lib/trading/book.ts";
import { flip } from "#lib/trading/sides.ts";
import { LadderContents } from "./contents.svelte.ts";
import { buildRows, type LadderRow } from "./rows.ts";
import { clampCentre, nearEdge, windowTicks, outOfSight } from "./window.ts";

/** Distance of the market from an edge, in rows, at which the window follows it. */
const EDGE_ROWS = 3;
/** Time for which the window stays after a scroll by the user. */
export const SCROLLED_MS = 4_000;

/** Own orders being moved: by mouse until the button is released, by touch until the next tap. Prices are in ticks. */
export interface CarriedOrders {
  readonly side: Side;
  readonly from: number;
  readonly qty: number;
  readonly to: number;
}

/** An instrument and the position in it, for components that show nothing else of a ladder. */
export type InstrumentPosition = Pick<LadderState, "inst" | "instrument" | "position" | "tick">;

export class LadderState extends LadderContents {
  centre = $state(0);
  rowCount = $state(0);
  pointerOver = $state(false);
  /** The keys have a cursor on the ladder. */
  cursorOn = $state(false);
  carried = $state.raw<CarriedOrders | null>(null);
  /** The carried orders were dropped, and wait for a second press at the same price. */
  isDropAsked = $state(false);
  /** The user has scrolled a moment ago. */
  #scrolled = $state(false);
  #scrollTimer: ReturnType<typeof setTimeout> | undefined;
  /** The clock has called for recentring. */
  #timeIsUp = $state(false);
  /** The price at which the editor of own orders is open. */
  editing = $state.raw<{ readonly side: Side; readonly ticks: number } | null>(null);
  #former: readonly LadderRow[] = [];

  constructor(...source: ConstructorParameters<typeof LadderContents>) {
    super(...source);
    this.recentre();
  }

  /** Whether the window shows the event at its price. */
  tells(event: RoomEvent): boolean {
    if (event.type !== "refused" || event.inst !== this.inst || event.price == null) return false;
    const ticks = this.grid.ticks(event.price);
    return ticks <= this.top && ticks >= this.bottom;
  }

  /** Whether the window shows a refusal with these words at its price. */
  saysAtPrice(text: string): boolean {
    return this.room.notices.list.some(
      ({ event }) => event.type === "refused" && event.message === text && this.tells(event),
    );
  }

  readonly #ticks = $derived(
    windowTicks(clampCentre(this.centre, this.rowCount, this.bounds), this.rowCount),
  );
  readonly rows: readonly LadderRow[] = $derived.by(() => {
    this.#former = buildRows(this.source, this.#ticks, this.#former);
    return this.#former;
  });
  readonly top = $derived(this.#ticks[0] ?? 0);
  readonly bottom = $derived(this.#ticks.at(-1) ?? 0);
  readonly outOfSight = $derived(
    outOfSight({
      top: this.top,
      bottom: this.bottom,
      inside: this.inside,
      mine: this.orders.flatMap((o) =>
        o.price === null ? [] : [this.grid.rowOf(o.price, o.side)],
      ),
      average: this.average,
    }),
  );
  /** Orders in the editor, oldest first. */
  readonly edited = $derived(
    this.editing === null ? [] : this.ordersAt(this.editing.side, this.editing.ticks),
  );

  /** The user is at these prices, or was a moment ago: they must not move. */
  readonly #held = $derived(
    this.pointerOver ||
      this.cursorOn ||
      this.#scrolled ||
      this.carried !== null ||
      this.editing !== null,
  );
  /**
   * Whether the window is to recentre by itself: the market is near an edge or the clock calls, and nothing holds it.
   */
  readonly due = $derived.by(
    () => !this.#held && this.rowCount > 0 && this.#wantsToMove() && this.#isOffCentre(),
  );

  #wantsToMove(): boolean {
    if (this.#timeIsUp) return true;
    return this.preferences.follows && nearEdge(this.centre, this.rowCount, this.inside, EDGE_ROWS);
  }

  /** Whether recentring would move the window. */
  #isOffCentre(): boolean {
    return this.#targetCentre() !== clampCentre(this.centre, this.rowCount, this.bounds);
  }

  /** Calls for recentring by the clock. If something holds the prices, they move when it ends. */
  timeUp(): void {
    this.#timeIsUp = this.#isOffCentre();
  }

  /** Drops the clock's call for recentring. */
  stopClock(): void {
    this.#timeIsUp = false;
  }

  #targetCentre(): number {
    const anchor = anchorOf(this.inside);
    const centre = anchor ?? this.grid.ticks(startPrice(this.room, this.inst));
    return this.rowCount === 0 ? centre : clampCentre(centre, this.rowCount, this.bounds);
  }

  recentre(): void {
    this.centre = this.#targetCentre();
    this.#timeIsUp = false;
    this.#scrolled = false;
  }

  /** Scrolls so that a price is in the middle. */
  show(ticks: number): void {
    this.#noteScroll();
    this.centre = clampCentre(ticks, this.rowCount, this.bounds);
  }

  /** Scrolls up by a number of rows. */
  scroll(rows: number): void {
    this.#noteScroll();
    const from = clampCentre(this.centre, this.rowCount, this.bounds);
    this.centre = clampCentre(from + rows, this.rowCount, this.bounds);
  }

  #noteScroll(): void {
    this.#scrolled = true;
    clearTimeout(this.#scrollTimer);
    this.#scrollTimer = setTimeout(() => (this.#scrolled = false), SCROLLED_MS);
  }

  /** Shows another number of ticks in a row, with the market in the middle. */
  setGroup(group: number): void {
    this.groups.set(this.inst, group);
    this.recentre();
  }

  takeUp(side: Side, ticks: number): void {
    const qty = this.workingAt(side, ticks);
    if (qty > 0) this.carried = { side, from: ticks, to: ticks, qty };
  }

  carryTo(ticks: number): void {
    const { carried } = this;
    if (
      carried !== null &&
      carried.to !== ticks &&
      ticks <= this.bounds.max &&
      ticks >= this.bounds.min
    )
      this.carried = { ...carried, to: ticks };
  }

  get carrying(): boolean {
    return this.carried !== null;
  }

  letGo(): void {
    this.carried = null;
    this.isDropAsked = false;
  }

  /** Moves the carried orders to where they are. An unusual move waits for a second press there, and carries on. */
  drop(): void {
    const { carried } = this;
    if (carried === null) return;
    const orders = this.ordersAt(carried.side, carried.from);
    const price = this.grid.price(carried.to);
    if (carried.to === carried.from || this.#refusesMove(price)) return this.letGo();
    this.isDropAsked = !this.sender.letsChange(orders, price, null);
    if (this.isDropAsked) return;
    this.letGo();
    void this.sender.move(orders, price);
  }

  /** Whether trading has stopped while the orders were carried. Says so at the price. */
  #refusesMove(price: number): boolean {
    const { block: message, inst } = this;
    if (message !== null) this.room.notices.add({ type: "refused", message, inst, price });
    return message !== null;
  }

  /**
   * Follows what happens to carried orders: a part fills, or all of them are gone. To be run in an effect.
   * @returns whether they are gone
   */
  followCarried(): boolean {
    const { carried } = this;
    if (carried === null) return false;
    const qty = this.workingAt(carried.side, carried.from);
    const isAnswerLate = this.isDropAsked && this.sender.guard.asked === null;
    if (qty === 0 || isAnswerLate) this.letGo();
    else if (qty !== carried.qty) this.carried = { ...carried, qty };
    return qty === 0;
  }

  /** The others' quantity that carried orders would take where they are, with its prices; null: they would rest. */
  readonly carriedTakes: { qty: number; from: number; to: number } | null = $derived.by(() => {
    const { carried, grid } = this;
    if (carried === null || carried.to === carried.from) return null;
    const { bids, asks } = outsideBook(this.room, this.inst);
    const levels = carried.side === "buy" ? asks : bids;
    const { qty, worst } = take(levels, carried.side, grid.price(carried.to), carried.qty);
    const first = best(levels);
    if (first === null || worst === null) return null;
    const there = flip(carried.side);
    return { qty, from: grid.rowOf(first, there), to: grid.rowOf(worst, there) };
  });
}

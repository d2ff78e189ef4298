/**
 * The state of one ladder: its window of prices, the maps from which its rows are made, and the rule that the window
 * never moves by itself under a pointer.
 */

import type { Instrument, Side } from "#protocol";
import type { RoomEvent } from "#lib/state/events.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import type { Orders } from "#lib/terminal/orders/orders.svelte.ts";
import { anchorOf, type InsideMarket, startPrice, insideOf } from "#lib/trading/book.ts";
import { gridOf, tickRange } from "#lib/trading/grid.ts";
import { ShownChanges } from "./changes.svelte.ts";
import { GoneOrders } from "./gone.svelte.ts";
import {
  buildRows,
  cumulate,
  largest,
  scaleFor,
  levelMap,
  ownMap,
  type LadderRow,
  type LadderSource,
} from "./rows.ts";
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

export interface LadderPreferences {
  /** Sizes are added up from the best price outwards. */
  readonly cumulative: boolean;
  /** The window recentres by itself before the market leaves it. */
  readonly follows: boolean;
}

/** An instrument and the position in it, for components that show nothing else of a ladder. */
export type InstrumentPosition = Pick<LadderState, "inst" | "instrument" | "position" | "tick">;

export class LadderState {
  readonly #room: RoomClient;
  readonly #orders: Orders;
  readonly inst: number;
  centre = $state(0);
  rowCount = $state(0);
  pointerOver = $state(false);
  /** The keys have a cursor on the ladder. */
  cursorOn = $state(false);
  carried = $state.raw<CarriedOrders | null>(null);
  /** The user has scrolled a moment ago. */
  #scrolled = $state(false);
  #scrollTimer: ReturnType<typeof setTimeout> | undefined;
  /** The clock has called for recentring. */
  #timeIsUp = $state(false);
  /** The price at which the editor of own orders is open. */
  editing = $state.raw<{ readonly side: Side; readonly ticks: number } | null>(null);
  readonly #preferences: LadderPreferences;
  #former: readonly LadderRow[] = [];

  constructor(
    room: RoomClient,
    orders: Orders,
    inst: number,
    preferences: LadderPreferences = { cumulative: false, follows: true },
  ) {
    this.#preferences = preferences;
    this.#room = room;
    this.#orders = orders;
    this.inst = inst;
    this.gone = new GoneOrders(room.doneOrders);
    this.recentre();
  }

  readonly instrument: Instrument | undefined = $derived.by(() => this.#room.instrument(this.inst));
  readonly tick = $derived(this.instrument?.tick_size ?? 1);
  readonly grid = $derived(gridOf(this.tick));
  readonly bounds = $derived(
    this.instrument === undefined ? { min: 0, max: 0 } : tickRange(this.instrument),
  );
  readonly #market = $derived.by(() => this.#room.market(this.inst));
  readonly gone: GoneOrders;
  /** Recent changes of sizes, while they are shown. */
  readonly changes = new ShownChanges();
  readonly #bids = $derived(levelMap(this.grid, this.#market.bids));
  readonly #asks = $derived(levelMap(this.grid, this.#market.asks));
  readonly levels = $derived({ bids: this.#bids, asks: this.#asks });
  readonly #last = $derived(this.#ticksOf(this.#market.last));
  readonly inside: InsideMarket = $derived(insideOf(this.#market, this.grid));
  readonly #volume = $derived.by(() => {
    const map = new Map<number, number>();
    for (const [key, qty] of this.#market.volumeAt)
      map.set(this.grid.ticks(Number(key) / 1e6), qty);
    return map;
  });
  readonly orders = $derived.by(() => this.#room.ordersIn(this.inst));
  readonly #own = $derived.by(() => {
    const here = { inst: this.inst };
    const sent = this.#room.pending.filter((p) => p.inst === here.inst && p.state !== "unsent");
    const moving = [...this.#orders.moving.values()].filter((m) => m.inst === here.inst);
    return ownMap(
      this.grid,
      this.orders,
      sent,
      moving,
      this.#orders.leaving,
      this.#market.queue,
      this.gone.shown,
    );
  });
  readonly #refusals = $derived.by(() => {
    const map = new Map<number, string>();
    for (const { event } of this.#room.notices.list)
      if (event.type === "refused" && event.inst === this.inst && event.price != null)
        map.set(this.grid.ticks(event.price), event.message);
    return map;
  });
  readonly position = $derived.by(() => this.#room.position(this.inst));
  /** Whether the window shows the event at its price. */
  tells(event: RoomEvent): boolean {
    if (event.type !== "refused" || event.inst !== this.inst || event.price == null) return false;
    const ticks = this.grid.ticks(event.price);
    return ticks <= this.top && ticks >= this.bottom;
  }

  /** Whether the window shows a refusal with these words at its price. */
  saysAtPrice(text: string): boolean {
    return this.#room.notices.list.some(
      ({ event }) => event.type === "refused" && event.message === text && this.tells(event),
    );
  }

  readonly block = $derived.by(() => this.#orders.blockOf(this.inst));

  /** The sizes as they are shown: single or added up. */
  readonly #shown = $derived.by(() =>
    this.#preferences.cumulative
      ? { bids: cumulate(this.#bids, "buy"), asks: cumulate(this.#asks, "sell") }
      : { bids: this.#bids, asks: this.#asks },
  );
  readonly #source: LadderSource = $derived.by(() => {
    const qty = this.position?.qty ?? 0;
    return {
      grid: this.grid,
      ...this.bounds,
      ...this.#shown,
      deepest: scaleFor(Math.max(largest(this.#shown.bids), largest(this.#shown.asks))),
      bestBid: this.inside.bid,
      bestAsk: this.inside.ask,
      own: this.#own,
      volume: this.#volume,
      busiest: scaleFor(largest(this.#volume)),
      last: this.#last,
      lastQty: this.#market.lastQty,
      lastMove: this.#market.lastMove,
      average: this.#average,
      held: qty > 0 ? 1 : qty < 0 ? -1 : 0,
      high: this.#ticksOf(this.#market.high),
      low: this.#ticksOf(this.#market.low),
      bidChanges: this.changes.bids,
      askChanges: this.changes.asks,
      refusals: this.#refusals,
    };
  });
  readonly #ticks = $derived(
    windowTicks(clampCentre(this.centre, this.rowCount, this.bounds), this.rowCount),
  );
  readonly rows: readonly LadderRow[] = $derived.by(() => {
    this.#former = buildRows(this.#source, this.#ticks, this.#former);
    return this.#former;
  });
  readonly top = $derived(this.#ticks[0] ?? 0);
  readonly bottom = $derived(this.#ticks.at(-1) ?? 0);
  readonly #average = $derived(
    this.position === undefined || this.position.qty === 0
      ? null
      : this.grid.ticks(this.position.vwap),
  );
  readonly outOfSight = $derived(
    outOfSight({
      top: this.top,
      bottom: this.bottom,
      inside: this.inside,
      mine: this.orders.flatMap((o) => (o.price === null ? [] : [this.grid.ticks(o.price)])),
      average: this.#average,
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
    return (
      this.#preferences.follows && nearEdge(this.centre, this.rowCount, this.inside, EDGE_ROWS)
    );
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

  #ticksOf(price: number | null): number | null {
    return price === null ? null : this.grid.ticks(price);
  }

  #targetCentre(): number {
    const anchor = anchorOf(this.inside);
    const centre = anchor ?? this.grid.ticks(startPrice(this.#room, this.inst));
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

  ordersAt(side: Side, ticks: number) {
    return this.orders.filter(
      (o) => o.side === side && o.price !== null && this.grid.ticks(o.price) === ticks,
    );
  }

  /** Own quantity working at a price. */
  workingAt(side: Side, ticks: number): number {
    const own = this.#own.get(ticks);
    return (side === "buy" ? own?.bid : own?.ask) ?? 0;
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
  }

  drop(): void {
    const { carried } = this;
    this.carried = null;
    if (carried === null || carried.to === carried.from) return;
    void this.#orders.move(this.ordersAt(carried.side, carried.from), this.grid.price(carried.to));
  }

  /** Quantity on the other side that an order at this price could take at once. */
  takesAt(side: Side, ticks: number): number {
    let there = 0;
    for (const [price, qty] of side === "buy" ? this.#asks : this.#bids)
      if (side === "buy" ? price <= ticks : price >= ticks) there += qty;
    return there;
  }
}

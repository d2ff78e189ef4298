/** Contents of one ladder: the market, the own orders and the position, row by row. Knows no window and no pointer. */

import type { Instrument, Side } from "#protocol";
import { formatPrice } from "#lib/format.ts";
import { TickGroups } from "#lib/terminal/desk/tick-groups.svelte.ts";
import { words } from "#lib/terminal/ladder/words.ts";
import type { Orders } from "#lib/terminal/orders/orders.svelte.ts";
import { insideOf, type InsideMarket } from "#lib/trading/book.ts";
import { gridOf, RowGrid, roundUp, tickRange } from "#lib/trading/grid.ts";
import { met, onTheWay, type Met } from "#lib/trading/met.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { ShownChanges } from "./changes.svelte.ts";
import { GoneOrders } from "./gone.svelte.ts";
import { cumulate, largest, levelMap, ownMap, type LadderSource } from "./rows.ts";

export interface LadderPreferences {
  /** Sizes are added up from the best price outwards. */
  readonly cumulative: boolean;
  /** The window recentres by itself before the market leaves it. */
  readonly follows: boolean;
}

export class LadderContents {
  protected readonly room: RoomClient;
  protected readonly sender: Orders;
  protected readonly preferences: LadderPreferences;
  protected readonly groups: TickGroups;
  readonly inst: number;
  readonly gone: GoneOrders;

  constructor(
    room: RoomClient,
    sender: Orders,
    inst: number,
    preferences: LadderPreferences = { cumulative: false, follows: true },
    groups: TickGroups = new TickGroups(),
  ) {
    this.room = room;
    this.sender = sender;
    this.inst = inst;
    this.preferences = preferences;
    this.groups = groups;
    this.gone = new GoneOrders(room.doneOrders);
  }

  readonly instrument: Instrument | undefined = $derived.by(() => this.room.instrument(this.inst));
  readonly tick = $derived(this.instrument?.tick_size ?? 1);
  readonly #range = $derived(
    this.instrument === undefined ? { min: 0, max: 0 } : tickRange(this.instrument),
  );
  /** Ticks in a row. */
  readonly group = $derived.by(() => this.groups.of(this.inst));
  /** The grid of the rows: what this class and its users call ticks are rows. */
  readonly grid = $derived(new RowGrid(this.tick, this.group, this.#range));
  readonly bounds = $derived(this.grid.rows);
  readonly #market = $derived.by(() => this.room.market(this.inst));
  /** Recent changes of sizes, while they are shown. */
  readonly changes = new ShownChanges();
  readonly #bids = $derived(levelMap(this.grid, this.#market.bids, "buy"));
  readonly #asks = $derived(levelMap(this.grid, this.#market.asks, "sell"));
  readonly levels = $derived({ bids: this.#bids, asks: this.#asks });
  readonly #last = $derived(this.ticksOf(this.#market.last));
  readonly inside: InsideMarket = $derived(insideOf(this.#market, this.grid));
  readonly #volume = $derived.by(() => {
    const map = new Map<number, number>();
    for (const [key, qty] of this.#market.volumeAt) {
      const ticks = this.grid.ticks(Number(key) / 1e6);
      map.set(ticks, (map.get(ticks) ?? 0) + qty);
    }
    return map;
  });
  readonly orders = $derived.by(() => this.room.ordersIn(this.inst));
  readonly #own = $derived.by(() => {
    const { inst } = this;
    const orders = {
      resting: this.orders,
      sent: this.room.pending.filter((p) => p.inst === inst && p.state !== "unsent"),
      moving: [...this.sender.moving.values()].filter((m) => m.inst === inst),
      leaving: this.sender.leaving,
      queue: this.#market.queue,
      gone: this.gone.shown,
    };
    return { bid: ownMap(this.grid, "buy", orders), ask: ownMap(this.grid, "sell", orders) };
  });
  readonly #refusals = $derived.by(() => {
    const map = new Map<number, string>();
    for (const { event } of this.room.notices.list)
      if (event.type === "refused" && event.inst === this.inst && event.price != null)
        map.set(this.grid.ticks(event.price), event.message);
    for (const { inst, price, text } of this.sender.guard.confirmation.waiting)
      if (inst === this.inst && price !== null) map.set(this.grid.ticks(price), text);
    return map;
  });
  readonly position = $derived.by(() => this.room.position(this.inst));
  protected readonly average = $derived(
    this.position === undefined || this.position.qty === 0
      ? null
      : this.grid.ticks(this.position.vwap),
  );
  readonly block = $derived.by(() => this.sender.blockOf(this.inst));

  /** The sizes as they are shown: single or added up. */
  readonly #shown = $derived.by(() =>
    this.preferences.cumulative
      ? { bids: cumulate(this.#bids, "buy"), asks: cumulate(this.#asks, "sell") }
      : { bids: this.#bids, asks: this.#asks },
  );
  protected readonly source: LadderSource = $derived.by(() => {
    const qty = this.position?.qty ?? 0;
    const { bids, asks } = this.#shown;
    return {
      grid: this.grid,
      ...this.bounds,
      bid: {
        levels: bids,
        best: this.inside.bid,
        changes: this.changes.bids,
        own: this.#own.bid,
      },
      ask: {
        levels: asks,
        best: this.inside.ask,
        changes: this.changes.asks,
        own: this.#own.ask,
      },
      // Bars grow in steps, so that they are seldom rescaled.
      deepest: roundUp(Math.max(largest(bids), largest(asks))),
      volume: this.#volume,
      volumeTicks: Math.max(1, this.ticksOf(this.#market.volumeStep) ?? 1),
      busiest: roundUp(largest(this.#volume)),
      last: this.#last,
      lastQty: this.#market.lastQty,
      lastMove: this.#market.lastMove,
      average: this.average,
      held: qty > 0 ? 1 : qty < 0 ? -1 : 0,
      high: this.ticksOf(this.#market.high),
      low: this.ticksOf(this.#market.low),
      refusals: this.#refusals,
    };
  });

  ordersAt(side: Side, ticks: number) {
    return this.orders.filter(
      (o) => o.side === side && o.price !== null && this.grid.rowOf(o.price, side) === ticks,
    );
  }

  /** The best price of a side, with the quantity at it and its row; null if there is none. */
  bestOf(side: Side): { price: number; qty: number; ticks: number } | null {
    const [level] = side === "buy" ? this.#market.bids : this.#market.asks;
    if (level === undefined) return null;
    return { price: level[0], qty: level[1], ticks: this.grid.rowOf(level[0], side) };
  }

  /** The prices of a side in a row, in words; null if the row has one price. */
  spanOf(ticks: number, side: Side): string | null {
    if (this.group === 1) return null;
    const [low, high] = this.grid.span(ticks, side);
    return words.span(formatPrice(low, this.tick), formatPrice(high, this.tick));
  }

  /** Own quantity working at a price. */
  workingAt(side: Side, ticks: number): number {
    const own = side === "buy" ? this.#own.bid : this.#own.ask;
    return own.get(ticks)?.working ?? 0;
  }

  /** The part of the book that an order at this price would meet at once. */
  meets(side: Side, ticks: number, qty: number): Met {
    const { bids, asks } = this.#market;
    const mine = onTheWay(this.room, this.inst, side);
    const order = { side, limit: this.grid.price(ticks), qty };
    return met(gridOf(this.tick), side === "buy" ? asks : bids, mine, order);
  }
  ticksOf(price: number | null): number | null {
    return price === null ? null : this.grid.ticks(price);
  }
}

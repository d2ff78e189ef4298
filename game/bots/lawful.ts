/** Cuts the wishes of a bot down to what limits and rules allow, so that it never breaks one. */

import type { Side } from "#protocol";
import { round6 } from "../units/decimals.ts";
import type { BotRequest, BotView, Market } from "./view.ts";

/** Orders of a bot that may rest in an instrument: it is no person who forgets them. */
const restingMost = 12;

export function lawful(view: BotView, wishes: readonly BotRequest[]): BotRequest[] {
  const { limits, pnl } = view;
  const mayOrder = limits.max_loss === null || pnl > -limits.max_loss;
  const room = new Room(view);
  let ordersLeft = Math.floor(view.ordersLeft);
  const taken: BotRequest[] = [];
  for (const wish of wishes) {
    if (wish.op !== "order_new" && wish.op !== "quote") {
      taken.push(wish);
      continue;
    }
    if (!mayOrder || ordersLeft < 1) continue;
    const fits = wish.op === "quote" ? room.quote(wish) : room.order(wish);
    if (fits === null) continue;
    ordersLeft--;
    taken.push(fits);
  }
  return taken;
}

/** The rest that the limits leave free, as the wishes take it one by one. */
class Room {
  readonly #view: BotView;
  /** Contracts that rest or were wished for, by instrument and side. */
  readonly #working = new Map<string, number>();
  #resting: number;

  constructor(view: BotView) {
    this.#view = view;
    this.#resting = view.markets.reduce((sum, { orders }) => sum + orders.length, 0);
    for (const { instrument, orders } of view.markets)
      for (const { side, leaves } of orders) this.#add(instrument.inst, side, leaves);
  }

  order(wish: BotRequest & { op: "order_new" }): BotRequest | null {
    const market = this.#market(wish.inst);
    if (market === undefined || wish.price === undefined) return null;
    const rests = wish.tif === undefined || wish.tif === "GFD";
    if (rests && (!this.#hasPlace(1) || market.orders.length >= restingMost)) return null;
    const qty = this.#fit(market, wish.side, wish.qty, 0);
    if (qty === 0) return null;
    this.#add(wish.inst, wish.side, qty);
    if (rests) this.#resting++;
    return { ...wish, qty };
  }

  quote(wish: BotRequest & { op: "quote" }): BotRequest | null {
    const market = this.#market(wish.inst);
    const { bid, ask } = wish;
    if (market === undefined || bid === undefined || ask === undefined) return null;
    const [ownBid, ownAsk] = [ownQuote(market, "buy"), ownQuote(market, "sell")];
    if (!this.#hasPlace(2 - (ownBid > 0 ? 1 : 0) - (ownAsk > 0 ? 1 : 0))) return null;
    const sides = this.#narrowed(market, bid, ask);
    const bidQty = this.#fit(market, "buy", wish.bid_qty ?? 0, ownBid);
    const askQty = this.#fit(market, "sell", wish.ask_qty ?? 0, ownAsk);
    if (bidQty === 0 && askQty === 0 && ownBid === 0 && ownAsk === 0) return null;
    this.#add(wish.inst, "buy", bidQty - ownBid);
    this.#add(wish.inst, "sell", askQty - ownAsk);
    return { ...wish, ...sides, bid_qty: bidQty, ask_qty: askQty };
  }

  /** A quote no wider than the rules of the round say. */
  #narrowed({ instrument }: Market, bid: number, ask: number): { bid: number; ask: number } {
    const { tick_size: tick, min_price: min, max_price: max } = instrument;
    const widest = this.#view.rules.max_width ?? Infinity;
    if (ask - bid <= widest + 1e-9) return { bid, ask };
    const steps = Math.max(1, Math.floor(widest / tick + 1e-9));
    const low = Math.round((bid + ask - steps * tick) / 2 / tick) * tick;
    const from = Math.max(min, Math.min(max - steps * tick, low));
    return { bid: round6(from), ask: round6(from + steps * tick) };
  }

  /** The quantity of a wish that limits and rules allow: all, a part, or 0. */
  #fit(market: Market, side: Side, wished: number, replaced: number): number {
    if (wished <= 0) return 0;
    const { limits, rules } = this.#view;
    const { inst, lot_size: lot } = market.instrument;
    const { position } = market;
    const held = side === "buy" ? position : -position;
    const working = (this.#working.get(`${inst} ${side}`) ?? 0) - replaced;
    const free = limits.max_position - held - working;
    const holds = rules.no_shorts === true && side === "sell" ? position - working : Infinity;
    const least = Math.max(wished, rules.min_qty ?? 0);
    const most = Math.min(least, limits.max_order_qty, free, holds);
    const qty = Math.floor(most / lot) * lot;
    return qty >= (rules.min_qty ?? 1) ? Math.max(0, qty) : 0;
  }

  #hasPlace(orders: number): boolean {
    return this.#resting + orders <= this.#view.limits.max_open_orders;
  }

  #add(inst: number, side: Side, qty: number): void {
    const key = `${inst} ${side}`;
    this.#working.set(key, (this.#working.get(key) ?? 0) + qty);
  }

  #market(inst: number): Market | undefined {
    return this.#view.markets.find(({ instrument }) => instrument.inst === inst);
  }
}

function ownQuote({ orders }: Market, side: Side): number {
  return orders.find((order) => order.quote && order.side === side)?.leaves ?? 0;
}

/** Describes a click on a cell of the chain, in words and as the order that it would send. */

import { formatQty, formatTicks } from "#lib/format.ts";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import type { PointedOrder } from "#lib/terminal/desk/order-preview.svelte.ts";
import { shared } from "#lib/terminal/desk/words.ts";
import { outsideBook } from "#lib/trading/book.ts";
import { gridOf } from "#lib/trading/grid.ts";
import { met, onTheWay } from "#lib/trading/met.ts";
import { beyondSettlement } from "#lib/trading/settlement.ts";
import { legHint } from "./legs.ts";
import type { ChainPlace } from "./place.ts";
import { words } from "./words.ts";

const DEPTH_SHOWN = 4;

/** The order that a click on the cell would send, for the preview; null if it sends none. */
export function chainOrder(desk: Desk, { inst, column }: ChainPlace): PointedOrder | null {
  if (column === null || desk.spectator || desk.spread?.addsLegs) return null;
  return { inst, side: column === "bid" ? "sell" : "buy", price: null };
}

/** The effect of a click on the cell, in words, with the depth of the book, for which the chain has no room. */
export function chainHint(desk: Desk, { inst, column }: ChainPlace): string | null {
  const instrument = desk.room.instrument(inst);
  if (instrument === undefined) return null;
  const market = desk.room.market(inst);
  const levels = column === "bid" ? market.bids : market.asks;
  const best = levels[0];
  if (column === null || (best === undefined && desk.spectator))
    return shared.openLadder(instrument.symbol);
  const leg = legHint(desk, { inst, column });
  const orLeg = leg === null ? "" : ` · ${leg}`;
  if (desk.spread?.addsLegs && leg !== null) return leg;
  if (best === undefined) return words.hint.openEmpty(instrument.symbol, column) + orLeg;
  const grid = gridOf(instrument.tick_size);
  const price = (value: number) => formatTicks(grid.ticks(value), grid);
  const others = outsideBook(desk.room, inst);
  const depth = (column === "bid" ? others.bids : others.asks)
    .slice(0, DEPTH_SHOWN)
    .map(([p, qty]) => `${formatQty(qty)} at ${price(p)}`)
    .join(", ");
  const block = desk.orders.blockOf(inst);
  const side = column === "bid" ? "sell" : "buy";
  const qty = desk.sizes.sizeOf(inst);
  const order = { instrument, side, qty, limit: best[0], rests: true } as const;
  const beyond = beyondSettlement(desk.room, order);
  const { own } = met(grid, levels, onTheWay(desk.room, inst, side), order);
  const now = desk.takeable(inst, side, best[0]);
  const part = now > 0 && now < qty;
  const size = part ? shared.partOf(formatQty(now), formatQty(qty)) : formatQty(qty);
  const { takingRest } = desk.preferences;
  // A click takes no own order: see Chain.svelte.
  const isOwnOnly = others[column === "bid" ? "bids" : "asks"][0]?.[0] !== best[0];
  const action =
    block ??
    (desk.orders.armed && isOwnOnly
      ? words.hint.ownOnly(price(best[0]))
      : desk.orders.armed
        ? shared.place(side, size, instrument.symbol, price(best[0])) +
          (part ? shared.restGoes(formatQty(qty - now), takingRest) : "") +
          (own > 0 ? shared.cancelsOwn(side, formatQty(own)) : "") +
          (beyond === null ? "" : shared.beyond(side, price(beyond)))
        : shared.locked);
  return action + (depth === "" ? "" : words.hint.depth(depth)) + orLeg;
}

/** Finds the option and column of the chain under the pointer, and describes a click there. */

import { formatQty, formatTicks } from "#lib/format.ts";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import type { Pointed } from "#lib/terminal/desk/preview.svelte.ts";
import { shared } from "#lib/terminal/desk/words.ts";
import { gridOf } from "#lib/trading/grid.ts";
import { beyondSettlement } from "#lib/trading/settlement.ts";
import { legHint } from "./legs.ts";
import { words } from "./words.ts";

export interface ChainPlace {
  readonly inst: number;
  readonly column: "bid" | "ask" | null;
}

const DEPTH_SHOWN = 4;

export function placeIn(target: EventTarget | null): ChainPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-inst]") : null;
  if (cell === null) return null;
  const column = cell.dataset["chain"];
  return {
    inst: Number(cell.dataset["inst"]),
    column: column === "bid" || column === "ask" ? column : null,
  };
}

/** The order that a click there would send. */
export function chainOrder(desk: Desk, { inst, column }: ChainPlace): Pointed | null {
  if (column === null || desk.spectator || desk.legs?.building) return null;
  return { inst, side: column === "bid" ? "sell" : "buy", price: null };
}

/** With the depth behind the best price, which the chain itself has no room for. */
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
  if (desk.legs?.building && leg !== null) return leg;
  if (best === undefined) return words.hint.openEmpty(instrument.symbol, column) + orLeg;
  const grid = gridOf(instrument.tick_size);
  const price = (value: number) => formatTicks(grid.ticks(value), grid);
  const depth = levels
    .slice(0, DEPTH_SHOWN)
    .map(([p, qty]) => `${formatQty(qty)} at ${price(p)}`)
    .join(", ");
  const block = desk.orders.blockOf(inst);
  const side = column === "bid" ? "sell" : "buy";
  const qty = desk.sizes.sizeOf(inst);
  const order = { instrument, side, qty, limit: best[0], rests: true } as const;
  const beyond = beyondSettlement(desk.room, order);
  const action =
    block ??
    (desk.orders.armed
      ? shared.place(side, formatQty(qty), instrument.symbol, price(best[0])) +
        (beyond === null ? "" : shared.beyond(side, price(beyond)))
      : shared.locked);
  return action + words.hint.depth(depth) + orLeg;
}

/** An order or a quote that somebody wants to enter, as the rules of a round see it. */

import { Side } from "../../engine-port.ts";

/** A side of an order or a quote, as asked for. */
export interface WantedSide {
  /** Null: at any price. */
  price: number | null;
  qty: number;
  /** Contracts of the user's own on this side that make way. */
  replaced: number;
}

/** An order or a quote that is about to be entered: an order has one side. */
export interface Wanted {
  how: "order" | "replace" | "quote";
  inst: number;
  buy: WantedSide | null;
  sell: WantedSide | null;
}

/** One side of an order. */
export function oneSide(side: Side, wanted: WantedSide): Pick<Wanted, "buy" | "sell"> {
  return side === Side.buy ? { buy: wanted, sell: null } : { buy: null, sell: wanted };
}

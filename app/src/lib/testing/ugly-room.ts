/**
 * A room with figures that are hard to fit: quantities of seven digits, prices such as 12,345.5, losses of millions, and
 * names and symbols of the greatest length. Names have no digits, so that every digit on a screen is a figure.
 */

import { Exchange, type Program } from "./exchange.ts";
import type { LivelyRoom } from "./lively-room.ts";

const PRICE = 12_345.5;
const QTY = 1_000_000;
const symbols = [
  "INDEX WITH A NAM",
  "RAIN IN BERGEN M",
  "GDP OF PORTUGAL ",
  "EGGS IN A BASKET",
].map((symbol) => symbol.trim());
const names = [
  "Maximilian von Habsburgia",
  "Bartholomew Featherstoneh",
  "Guðrún Þorvaldsdóttir Jón",
].map((name) => name.slice(0, 24));
/** Instruments of each kind come in this order. */
export const uglyScalars = symbols.map((_, index) => index + 1);

/** @param tickValue of the scalars: a loss is so much greater */
export function uglyRoom(tickValue = 30): LivelyRoom {
  const exchange = new Exchange({
    lens: "always",
    name: "A room of sixty characters with a name that is as long as can",
  });
  for (const symbol of symbols)
    exchange.list(symbol, {
      ...{ tick_size: 0.5, tick_value: tickValue },
      description:
        "What the sum of all that is counted comes to in the end, as the newspaper will print it",
    });
  for (const strike of [12_300, 12_350, 12_400])
    for (const type of ["CALL", "PUT"] as const)
      exchange.list(`INDEX ${strike}${type[0]}`, {
        ...{ type, strike, reference_id: 1, tick_size: 0.5, tick_value: tickValue },
      });
  exchange.host.ask("set_limits", { max_order_qty: QTY, max_position: QTY });
  const traders = names.map((name) => exchange.program(name));
  const insts = [...uglyScalars, 5, 6, 7, 8, 9, 10];
  for (const inst of uglyScalars) {
    trade(traders[1]!, traders[2]!, inst, PRICE + 1, 420_000);
    trade(traders[1]!, traders[2]!, inst, PRICE - 29, 999);
  }
  for (const inst of insts) quoteIn(traders[0]!, inst);
  exchange.host.ask("news", { text: "The harvest is late: a higher index is expected." });
  return { exchange, traders, play: () => {} };
}

const mid = (inst: number) => (inst <= symbols.length ? PRICE : 1_234.5);

function quoteIn(maker: Program, inst: number): void {
  const price = mid(inst);
  maker.ask("quote", {
    ...{ inst, bid: price - 0.5, bid_qty: 199_999, ask: price + 0.5, ask_qty: 765_432 },
  });
}

/** The second buys from the first. */
function trade(seller: Program, buyer: Program, inst: number, price: number, qty: number): void {
  seller.ask("order_new", { inst, side: "sell", price, qty, tif: "GFD" });
  buyer.ask("order_new", { inst, side: "buy", price, qty, tif: "IOC" });
  seller.ask("cancel_inst", { inst });
}

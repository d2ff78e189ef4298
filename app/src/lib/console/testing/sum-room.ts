/** A room for tests of the console: a bounded scalar with a call on it, and one without bounds. Ana has sold Bo three calls. */

import { Exchange, type Program } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";

export interface SumRoom {
  exchange: Exchange;
  ana: Program;
  bo: Program;
  /** The host's page. */
  seat: Page;
  /** Ana sells to Bo. */
  trade: (inst: number, qty: number, price: number) => void;
}

export async function openSumRoom(): Promise<SumRoom> {
  const exchange = new Exchange({ onDisconnect: "cancel" });
  exchange.list("SUM", { min_price: 0, max_price: 200 });
  exchange.list("SUM 100C", { type: "CALL", tick_size: 0.5, reference_id: 1, strike: 100 });
  exchange.list("WILD", { tick_size: 0.25, tick_value: 5, description: "No bounds" });
  exchange.host.ask("set_limits", { max_position: 77, max_loss: 5000 });
  const [ana, bo] = [exchange.program("Ana"), exchange.program("Bo")];
  const trade = (inst: number, qty: number, price: number) => {
    ana.ask("order_new", { inst, side: "sell", qty, price });
    bo.ask("order_new", { inst, side: "buy", qty, price });
  };
  trade(2, 3, 5);
  const seat = await Page.open(exchange, "Exchange", { role: "exchange" });
  return { exchange, ana, bo, seat, trade };
}

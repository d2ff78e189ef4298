/** A room for most tests: the scalar X with options struck around 100, the trader Bo, and Ana's page. */

import { expect } from "vitest";
import { ladderCell, size, text } from "./driver.ts";
import { Exchange, type Program } from "./exchange.ts";
import { Page, type PageSettings } from "./page.ts";

/** The scalar, the first instrument; calls and puts follow by strike. */
export const X = 1;

export interface TestMarket {
  exchange: Exchange;
  host: Program;
  bo: Program;
  cy: Program;
  /** Ana's page. */
  seat: Page;
}

/** @param strikes of the options on X */
export async function openMarket(
  settings: PageSettings & { strikes?: readonly number[]; tickValue?: number } = {},
): Promise<TestMarket> {
  const { strikes = [90, 100, 110], tickValue = 1, ...look } = settings;
  const exchange = new Exchange();
  exchange.list("X", { tick_value: tickValue });
  exchange.listStrip(X, "X", strikes);
  const [bo, cy] = [exchange.program("Bo"), exchange.program("Cy")];
  bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  const seat = await Page.open(exchange, "Ana", look);
  await expect.poll(() => text(ladderCell(X, "bid", 99))).toBe("50");
  await size(X, 10);
  return { exchange, host: exchange.host, bo, cy, seat };
}

/** Every screen under a browser's translator, which puts all texts into elements of its own: live values go on. */

import { createRawSnippet } from "svelte";
import { beforeEach, describe, expect, test } from "vitest";
import {
  bodyText,
  click,
  count,
  css,
  fillTicket,
  id,
  ladderCell,
  positionText,
  press,
  shown,
  text,
} from "#lib/testing/driver.ts";
import type { Exchange, Program } from "#lib/testing/exchange.ts";
import { openMarket, X } from "#lib/testing/market.ts";
import { Page } from "#lib/testing/page.ts";
import { phone, put } from "#lib/testing/stage.ts";
import { translatePage } from "#lib/testing/translator.ts";
import Layout from "../routes/+layout.svelte";

let exchange: Exchange;
let host: Program;
let bo: Program;
let cy: Program;
let seat: Page;

/** One that leaves the marked texts alone, and one that does not. */
const translators = [{ respects: true }, { respects: false }];

beforeEach(async () => {
  put(Layout, { children: createRawSnippet(() => ({ render: () => "<i></i>" })) });
  ({ exchange, host, bo, cy, seat } = await openMarket());
});

const fonts = () => count(css("font"));
/** A text whose parts are laid out beside each other, as one line. */
const line = (what: string) => text(what).replace(/\s+/g, " ");

describe.each(translators)(
  "a translator that respects what is marked: $respects",
  (translating) => {
    test("the terminal follows fills, prices, halts and news, and the button says what it sends", async () => {
      await fillTicket("buy", "101", "10");
      await expect.poll(() => line("ticket-submit")).toContain("Buy 10 X at 101");
      host.ask("news", { text: "Rain in Brazil." });
      await expect.poll(() => text("news")).toContain("Rain in Brazil.");
      expect(translatePage(translating)).toBeGreaterThan(0);
      await expect.poll(fonts).toBe(0);
      // Text to read is translated.
      expect(text("news")).toContain("«Rain in Brazil.»");
      expect(line("ticket-submit")).toContain("Buy 10 X at 101");

      await fillTicket("sell", "95", "10");
      await expect.poll(() => line("ticket-submit")).toContain("Sell 10 X at 95");
      await fillTicket("buy", "101", "10");
      await expect.poll(() => line("ticket-submit")).toContain("Buy 10 X at 101");
      await click("ticket-submit");
      await expect.poll(() => positionText(X)).toBe("+10");
      translatePage(translating);
      bo.ask("quote", { inst: X, bid: 105, bid_qty: 50, ask: 107, ask_qty: 50 });
      await expect.poll(() => text("pnl-total")).toContain("50.00");
      await expect.poll(() => text(`instrument-${X}`)).toContain("105");
      host.ask("news", { text: "Sun in Brazil." });
      await expect.poll(() => text("news")).toContain("Sun in Brazil.");
      expect(text("news")).not.toContain("Rain");
      // A new text is translated as the one before.
      translatePage(translating);
      await expect.poll(() => text("news")).toContain("«Sun in Brazil.»");
      host.ask("session", { state: "paused" });
      await expect.poll(() => text("session-state")).toContain("Paused");
      translatePage(translating);
      host.ask("session", { state: "open" });
      await expect.poll(() => text("session-state")).toContain("Open");
      await press("?");
      await shown("help");
      translatePage(translating);
      await expect.poll(() => text("help")).toMatch(/«[^»]+»/);
      await press("Escape");
      await expect.poll(() => text(`position-${X}`)).toContain("10");
      await expect.poll(fonts).toBe(0);
    });

    test("the phone follows, view by view", async () => {
      seat.close();
      await Page.open(exchange, "Dee", { size: phone });
      await shown(`ladder-${X}`);
      translatePage(translating);
      bo.ask("quote", { inst: X, bid: 98, bid_qty: 7, ask: 102, ask_qty: 8 });
      await expect.poll(() => text(ladderCell(X, "bid", 98))).toBe("7");
      for (const view of ["ticket", "orders", "people", "ladder"]) {
        await click(`view-${view}`);
        translatePage(translating);
      }
      bo.ask("quote", { inst: X, bid: 97, bid_qty: 6, ask: 102, ask_qty: 8 });
      await expect.poll(() => text(ladderCell(X, "bid", 97))).toBe("6");
      expect(text(ladderCell(X, "bid", 98))).toBe("");
      await expect.poll(fonts).toBe(0);
    });

    test("the console follows people, states and settlements", async () => {
      seat.close();
      await Page.open(exchange, "Exchange", { role: "exchange" });
      await shown("console");
      translatePage(translating);
      exchange.program("Dora");
      cy.ask("order_new", { inst: X, side: "buy", qty: 2, price: 101 });
      await expect.poll(() => bodyText()).toContain("Dora");
      await expect.poll(() => text(id(`instrument-${X}`))).toContain("101");
      translatePage(translating);
      host.ask("halt", { inst: X, on: true });
      await expect.poll(() => text(id(`instrument-${X}`))).toContain("Halted");
      await expect.poll(fonts).toBe(0);
    });

    test("the projector follows trades and the leaderboard", async () => {
      seat.close();
      await Page.open(exchange, "Screen", { role: "spectator", isProjector: true });
      await shown("market");
      translatePage(translating);
      cy.ask("order_new", { inst: X, side: "buy", qty: 2, price: 101 });
      await expect.poll(() => text("market")).toContain("101");
      translatePage(translating);
      cy.ask("order_new", { inst: X, side: "sell", qty: 3, price: 99 });
      await expect.poll(() => bodyText()).toMatch(/3( X)? hit at 99/);
      host.ask("session", { state: "paused" });
      await expect.poll(() => bodyText()).toContain("Trading is paused");
      host.ask("session", { state: "open" });
      await expect.poll(() => bodyText()).not.toContain("Trading is paused");
      await expect.poll(fonts).toBe(0);
    });
  },
);

/** Coming back to a seat from another device, by the code that the host hands out; and one more host, by a link. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { playerSeat } from "#lib/state/seats.ts";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { click, fill, gone, id, shown, text } from "#lib/testing/driver.ts";
import { Exchange, roomCode, type Program } from "#lib/testing/exchange.ts";
import { answerHttp } from "#lib/testing/http.ts";
import { Page } from "#lib/testing/page.ts";
import { put } from "#lib/testing/stage.ts";
import { page } from "../testing/kit/state.ts";
import Room from "../../routes/r/[room]/+page.svelte";

let exchange: Exchange;
let ana: Program;
let console: Page;

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  exchange = new Exchange();
  exchange.list("SUM");
  ana = exchange.program("Ana");
  const bo = exchange.program("Bo");
  bo.ask("order_new", { inst: 1, side: "sell", qty: 3, price: 100 });
  ana.ask("order_new", { inst: 1, side: "buy", qty: 3, price: 100 });
  console = await Page.open(exchange, "Exchange", { role: "exchange" });
});

/** All files share one page. */
afterEach(() => {
  page.url = new URL(`/r/${roomCode}`, location.href);
  localStorage.clear();
});

/** Opens the room's page in another browser. @param hash fragment of its address */
function visit(hash: string): () => void {
  console.close();
  answerHttp(exchange);
  page.url = new URL(`/r/${roomCode}${hash}`, location.href);
  return put(Room, {});
}

test("a code from the console opens the seat with its position, once, and puts the old device out", async () => {
  await click(id(`person-menu-${ana.userId}`));
  await click(id(`seat-${ana.userId}`));
  await shown("handed-code");
  const code = await text("handed-code");
  await expectAccessible("the code");
  expect(await text("handed-link")).toContain(`/r/${roomCode}#seat=${code}`);
  await click(id("hand-out-done"));
  await gone("hand-out-dialog");

  const leave = visit("");
  // Who joins anew under the own name is told the way back, and the field for the code opens and stays.
  await fill("join-name", "Ana");
  await fill("join-passcode", "any");
  await click(id("join-submit"));
  await expect.poll(() => document.body.textContent).toContain("Is it you? Come back to your seat");
  await shown("seat-code");
  await fill("seat-code", "000000");
  await click(id("take-seat"));
  await expect.poll(() => document.body.textContent).toContain("This code is wrong");
  await expectAccessible("the form with a wrong code");
  await fill("seat-code", code);
  await click(id("take-seat"));
  await shown("ladder-1");
  expect(exchange.held("Ana")).toEqual({ 1: 3 });
  expect(playerSeat.find(roomCode)).toMatchObject({ name: "Ana", role: "trader", hostToken: null });
  leave();

  localStorage.clear();
  visit(`#seat=${code}`);
  await expect.poll(() => document.body.textContent).toContain("This code is wrong");
});

test("a link from the console makes one more host, who has a token to come back with", async () => {
  await click(id("add-host"));
  await shown("handed-link");
  const link = new URL(await text("handed-link"));
  expect(link.hash).toMatch(/^#host=/);
  visit(link.hash);
  await shown("console");
  const seat = playerSeat.find(roomCode);
  expect(seat).toMatchObject({ role: "exchange" });
  expect(seat?.hostToken).toMatch(/^host /);
});

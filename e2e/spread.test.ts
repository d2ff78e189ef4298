/** Spreads: built from the chain without sending anything, sent leg by leg, and what is told when a leg falls short. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Message } from "#protocol";
import { root } from "../scripts/build.mjs";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, laptop, launch, Person, phone } from "./support/browser.ts";
import type { WireClient } from "./support/wire-client.ts";
import { listStrip, WireRoom } from "./support/wire-room.ts";

const url = process.env["MMG_URL"] ?? "";
const pictures = path.join(root, "e2e/out");
const X = 1;
const [C90, P90, C100, P100, C110, P110] = [2, 3, 4, 5, 6, 7];
const all = [X, C90, P90, C100, P100, C110, P110];

let browser: Browser;
let room: WireRoom;
let host: WireClient;
let bo: WireClient;
let ana: Person;
let atFirst: Record<number, number>;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  room = await WireRoom.make(url, { settings: { lens: "always" } });
  host = await room.hostWith("X");
  await listStrip(host, X, "X", [90, 100, 110]);
  bo = await room.trader("Bo");
  browser = await launch();
  ana = await Person.open(browser, desktop);
  await ana.join(room.link, "Ana");
});
afterAll(async () => {
  for (const client of [host, bo]) client.close();
  await browser.close();
});

const quote = (inst: number, bid: number, bid_qty: number, ask: number, ask_qty: number) =>
  bo.ask("quote", { inst, bid, bid_qty, ask, ask_qty });
/** Nothing is free: a market of Bo's around fair values, with the 100 call scarce. */
beforeEach(async () => {
  await ana.page.mouse.move(700, 3);
  for (const id of ["spread-back", "spread-clear"])
    if (await ana.id(id).isVisible()) await ana.id(id).click();
  await bo.ask("cancel_all", {});
  atFirst = await held();
  await quote(X, 99, 50, 101, 50);
  await quote(C90, 11, 30, 12, 40);
  await quote(P90, 1, 30, 2, 40);
  await quote(C100, 4, 6, 5, 20);
  await quote(P100, 4, 30, 5, 20);
  await quote(C110, 1, 30, 2, 20);
  await quote(P110, 11, 30, 12, 20);
  await expect.poll(() => cell(P110, "ask").innerText()).toMatch(/^12/);
});

const cell = (inst: number, column: "bid" | "ask") => ana.id(`chain-${inst}-${column}`);
const ctrl: { modifiers: ["Control"] } = { modifiers: ["Control"] };
const text = (id: string, who = ana) => who.id(id).innerText();
const picture = (name: string, who = ana) =>
  who.page.screenshot({ path: path.join(pictures, `spread-${name}.png`) });

/** What somebody holds by the exchange's books. */
async function held(name = "Ana"): Promise<Record<number, number>> {
  const user_id = userId(name);
  const answer = await host.ask("get_positions", {});
  const { positions } = answer as Message<"positions">;
  return Object.fromEntries(
    positions
      .filter((one) => one.user_id === user_id && one.qty !== 0)
      .map(({ inst, qty }) => [inst, qty]),
  );
}
const userId = (name: string) =>
  host.all("user_joined").find((user) => user.name === name)?.user_id;
/** What Ana has traded in this test. */
async function gained(): Promise<Record<number, number>> {
  const now = await held();
  const changes = all.map((inst) => [inst, (now[inst] ?? 0) - (atFirst[inst] ?? 0)] as const);
  return Object.fromEntries(changes.filter(([, qty]) => qty !== 0));
}
/** Quantities at the best prices, as the exchange has them. */
async function sizes(): Promise<[number, number][]> {
  const books = await Promise.all(all.map((inst) => bo.ask("get_snapshot", { inst })));
  return books.map((book) => {
    const { bids, asks } = book as Message<"snapshot">;
    return [bids[0]?.[1] ?? 0, asks[0]?.[1] ?? 0];
  });
}
test("Ctrl-click builds a spread and sends nothing; the panel says what it is and costs", async () => {
  const before = await sizes();
  const place = () => ana.page.locator("aside").getByTestId("tab-orders").boundingBox();
  await cell(C100, "ask").hover();
  await expect.poll(() => text("hint")).toMatch(/Ctrl-click: buy it in a spread/);
  await ana.id("tab-spread").click();
  await expect.poll(() => text("spread-name")).toBe("No legs yet.");
  await ana.id("tab-order").click();
  await ana.id("ticket-submit").waitFor();
  const there = await place();
  await cell(C90, "ask").click(ctrl);
  await expect.poll(() => text("spread-name")).toBe("One leg");
  await cell(C100, "bid").click(ctrl);
  await expect.poll(() => text("spread-name")).toBe("Bull call vertical 90/100");
  await expect.poll(() => text("spread-net")).toBe("8.0 debit");
  await expect.poll(() => text("spread-possible")).toBe("6 now");
  expect(await place()).toEqual(there);
  await ana.id("spread-qty").fill("2");
  await ana.page.mouse.move(700, 3);
  await expect.poll(() => text("spread-worst")).toMatch(/^−16\.00\s+at 90$/);
  await expect.poll(() => text("spread-best")).toMatch(/^\+4\.00\s+at 100$/);
  await expect.poll(() => text("payoff-worst")).toBe("worst 0.00 → −16.00 at 90");
  await expect.poll(() => text("spread-note")).toMatch(/^The legs go one after the other/);
  await cell(C100, "bid").hover();
  await expect.poll(() => text("hint")).toMatch(/Ctrl-click: 2 of it in each spread/);
  const place100 = ana.id("chain").locator(`[data-inst="${C100}"][data-chain="bid"]`);
  await expect.poll(() => place100.innerText()).toMatch(/^S1/);
  await expect
    .poll(() => cell(C100, "bid").getAttribute("aria-label"))
    .toMatch(/, in the spread: sell 1$/);
  await cell(C100, "bid").click(ctrl);
  await expect.poll(() => text("spread-name")).toBe("Custom spread");
  await expectAccessible(ana);
  await picture("built");
  await cell(C100, "ask").click(ctrl);
  await expect.poll(() => text("spread-name")).toBe("One leg");
  await ana.id("spread-clear").click();
  await expect.poll(() => text("spread-name")).toBe("No legs yet.");
  expect([await sizes(), await gained()]).toEqual([before, {}]);
});

test("with keys: S on a price, and Ctrl with Enter; neither sends", async () => {
  const before = await sizes();
  await cell(C100, "ask").focus();
  await ana.page.keyboard.press("s");
  await expect.poll(() => text("spread-name")).toBe("One leg");
  await cell(P100, "ask").focus();
  await ana.page.keyboard.press("Control+Enter");
  await expect.poll(() => text("spread-name")).toBe("Long straddle 100");
  await ana.id(`spread-more-${P100}`).focus();
  await ana.page.keyboard.press("Enter");
  await expect.poll(() => text("spread-name")).toBe("Custom spread");
  for (const inst of [P100, P100, C100]) await ana.id(`spread-less-${inst}`).press("Enter");
  await expect.poll(() => text("spread-name")).toBe("No legs yet.");
  expect([await sizes(), await gained()]).toEqual([before, {}]);
});

test("a vertical is sent leg by leg, each at its price; locked it cannot be", async () => {
  await cell(C90, "ask").click(ctrl);
  await cell(C100, "bid").click(ctrl);
  await ana.id("spread-qty").fill("5");
  await ana.id("arm").click();
  await expect.poll(() => text("spread-send")).toMatch(/^Locked/);
  await expect.poll(() => ana.id("spread-send").isDisabled()).toBe(true);
  await ana.id("arm").click();
  await expect.poll(() => text("spread-send")).toBe("Send 5: 8.0 debit each");
  await ana.id("spread-send").click();
  await expect.poll(() => text("spread-done")).toBe("5 of 5 spreads done");
  await expect.poll(() => text("spread-left")).toBe("All legs are filled.");
  await expect.poll(gained).toEqual({ [C90]: 5, [C100]: -5 });
  expect(await sizes()).toEqual([
    [50, 50],
    [30, 35],
    [30, 40],
    [1, 20],
    [30, 20],
    [30, 20],
    [30, 20],
  ]);
});

test("what falls short is told leg by leg, and the rest can be closed out", async () => {
  // One spread sells two of the 100 call, and of those only five are bid for.
  await quote(C100, 4, 5, 5, 20);
  await expect.poll(() => cell(C100, "bid").innerText()).toMatch(/^4/);
  await cell(C90, "ask").click(ctrl);
  for (let i = 0; i < 2; i++) await cell(C100, "bid").click(ctrl);
  await ana.id("spread-qty").fill("3");
  await expect.poll(() => text("spread-note")).toMatch(/^The prices shown allow 2 spreads now/);
  await ana.id("spread-send").click();
  await expect.poll(() => text("spread-done")).toBe("2 of 3 spreads done");
  await expect.poll(() => text(`spread-outcome-${C100}`)).toMatch(/sold 5 of 6$/);
  await expect.poll(() => text(`spread-outcome-${C90}`)).toMatch(/bought 2 of 2$/);
  await expect.poll(() => text("spread-left")).toBe("Left with −1 X 100C.");
  await expect.poll(gained).toEqual({ [C90]: 2, [C100]: -5 });
  await expectAccessible(ana);
  await picture("short");
  await ana.id("spread-close-out").click();
  await expect.poll(() => text("spread-left")).toBe("Nothing is left over.");
  await expect.poll(gained).toEqual({ [C90]: 2, [C100]: -4 });
});

test("a leg that the exchange refuses stops the rest, in its words", async () => {
  await cell(P110, "bid").click(ctrl);
  await cell(C110, "ask").click(ctrl);
  await ana.id("spread-qty").fill("3");
  await expect.poll(() => text("spread-name")).toBe("Long synthetic 110");
  await host.ask("halt", { inst: P110, on: true });
  await expect.poll(() => text("spread-note")).toMatch(/^X 110P is halted/);
  await expect.poll(() => ana.id("spread-send").isDisabled()).toBe(true);
  await host.ask("halt", { inst: P110, on: false });
  await expect.poll(() => ana.id("spread-send").isEnabled()).toBe(true);
  await host.ask("set_limits", { user_id: userId("Ana"), orders_per_sec: 1 });
  await ana.id("spread-send").click();
  await expect.poll(() => text("spread-done")).toBe("0 of 3 spreads done");
  await expect.poll(() => text(`spread-outcome-${P110}`)).toMatch(/nothing traded: /);
  await expect.poll(() => text("spread-left")).toBe("Left with +3 X 110C.");
  await expect.poll(gained).toEqual({ [C110]: 3 });
  await picture("refused");
  await host.ask("set_limits", { user_id: userId("Ana"), orders_per_sec: 1_000 });
  await ana.id("spread-close-out").click();
  await expect.poll(() => text("spread-left")).toBe("Nothing is left over.");
  await expect.poll(gained).toEqual({});
});

test("the lens hands its box over as a spread, and all of it is there to be taken", async () => {
  // 12 - 7 + 5 - 1 = 9 for what pays 10.
  await quote(C100, 7, 6, 8, 20);
  await ana.id("lens").click();
  await ana.id("lens-90").click();
  await ana.id("lens-90-load-box").click();
  await expect.poll(() => text("spread-name")).toBe("Long box 90/100");
  await expect.poll(() => text("spread-net")).toBe("9.0 debit");
  await expect.poll(() => ana.id("spread-qty").inputValue()).toBe("6");
  await expect.poll(() => text("spread-worst")).toMatch(/^\+6\.00/);
  await ana.page.mouse.move(700, 3);
  await expectAccessible(ana);
  await picture("box-1440");
  await ana.id("spread-send").click();
  await expect.poll(() => text("spread-done")).toBe("6 of 6 spreads done");
  await picture("done");
  await expect.poll(gained).toEqual({ [C90]: 6, [P90]: -6, [C100]: -6, [P100]: 6 });
});

test("on a phone a switch makes taps into legs; beside it the bar says what there is", async () => {
  const before = await sizes();
  const small = await Person.open(browser, phone);
  await small.join(room.link, "Dee");
  await small.id("view-chain").click();
  await small.id("chain-build").click();
  await small.id(`chain-${C100}-ask`).click();
  await small.id(`chain-${P100}-ask`).click();
  await expect.poll(() => text("spread-bar", small)).toMatch(/Long straddle 100\s+10\.0 debit/);
  await expectAccessible(small);
  await picture("phone-chain", small);
  expect([await sizes(), await held("Dee")]).toEqual([before, {}]);
  await small.id("spread-open").click();
  await small.id("spread-qty").fill("4");
  await expectAccessible(small);
  await picture("phone", small);
  const wide = await small.page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(phone.width);
  await small.id("spread-send").click();
  await expect.poll(() => text("spread-done", small)).toBe("4 of 4 spreads done");
  await expect.poll(() => held("Dee")).toEqual({ [C100]: 4, [P100]: 4 });
  await picture("phone-done", small);
  expect(small.faults).toEqual([]);
  await small.close();
});

test("it has its place on a small screen in the light, and no page reported a fault", async () => {
  const eve = await Person.open(browser, laptop, "light");
  await eve.join(room.link, "Eve");
  for (const id of [`chain-${C90}-ask`, `chain-${C100}-bid`, `chain-${C100}-bid`])
    await eve.id(id).click(ctrl);
  await eve.id(`chain-${C110}-ask`).click(ctrl);
  await expect.poll(() => text("spread-name", eve)).toBe("Long call butterfly 90/100/110");
  await eve.id("spread-underlying-sell").click();
  await expect.poll(() => text("spread-name", eve)).toBe("Custom spread");
  await eve.page.mouse.move(500, 3);
  await expectAccessible(eve);
  await picture("1024-light", eve);
  await eve.close();
  expect([...ana.faults, ...eve.faults]).toEqual([]);
});

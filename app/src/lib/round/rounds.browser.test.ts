/** Tests a round on console, terminal, phone and projector: chosen, started, led to its result. */

import { beforeEach, expect, test } from "vitest";
import { commands } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  box,
  click,
  choose,
  count,
  css,
  fill,
  fillTicket,
  gone,
  id,
  shown,
  text,
  texts,
  value,
} from "#lib/testing/driver.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import { Exchange, type Program } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";
import { desktop, phone } from "#lib/testing/stage.ts";

const classroom = { width: 1280, height: 720 };
let exchange: Exchange;
let ana: Program;
let bo: Program;

beforeEach(() => {
  exchange = new Exchange({});
  [ana, bo] = [exchange.program("Ana"), exchange.program("Bo")];
});

const start = (fields: object = {}) =>
  exchange.host.ask("round_start", { format: "card_sum", auto: false, ...fields });
const next = () => exchange.host.ask("round_step", { action: "next" });
function goTo(kind: string): void {
  while (exchange.host.all("round").at(-1)?.step.kind !== kind) next();
}
const labels = (testId: string) => texts(id(testId).css("li"));

test("the host chooses a game, starts it, and reaches the result with Next alone", async () => {
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await choose("game-format", "Seventeen");
  await expect.poll(() => text("game-text")).toContain("-10, 1 to 15, and 20");
  await expect.poll(() => text("game-forecast")).toContain("5 numbers · SUM: mean 38.2 ± 12.8");
  await click("game-auto");
  await expectAccessible();
  await click("game-start");
  await expect.poll(() => text("round-next")).toBe("Next: The deal");
  expect(ana.all("round").at(-1)).toMatchObject({ format: "seventeen", step: { kind: "brief" } });
  expect(text("round-says")).toContain("everybody sees the own cards");
  await expect.poll(() => texts(css("li[aria-current=step]"))).toEqual(["The game"]);
  for (let presses = 0; presses < 9; presses++) await click("round-next");
  await shown("round-result");
  expect(count("round-abort")).toBe(0);
  expect(texts(id("round-result").css("tbody th"))).toEqual(["Ana", "Bo"]);
  await expectAccessible();
  await click("round-next");
  await click("round-next");
  // The next game can be chosen, and the result is still there.
  await shown("game-start");
  await shown("round-result");
  // The start repeats the game, unless another one is chosen beside it.
  expect(value("next-game")).toBe("seventeen");
  await choose("next-game", "Sum of the cards");
  await expect.poll(() => value("game-format")).toBe("card_sum");
  await click("game-start");
  await expect.poll(() => ana.all("round").at(-1)).toMatchObject({ round: 2, format: "card_sum" });
});

test("settings of a game go with its start, and a refusal is shown", async () => {
  exchange.setup = { setup: "saved", format: { id: "card_sum", params: { table: 1 } } };
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await expect.poll(() => text("next-game")).toBe("Sum of the cards");
  await click(id("game-settings").css("summary").first());
  await fill("param-cards_each", "3");
  await click("game-start");
  const params = () => ana.all("round").at(-1)?.params;
  await expect.poll(params).toMatchObject({ cards_each: 3, table: 1 });
  exchange.host.ask("round_step", { action: "abort" });
  for (const program of [ana, bo]) program.leave();
  await shown("game-start");
  await click("game-start");
  await expect
    .poll(() => text("game-refusal"))
    .toBe("This game is for 2 to 200 traders, and there are 0.");
});

test.each([
  ["wide", desktop],
  ["phone", phone],
])("a seat sees its hand, hides it, and sees the table and the result: %s", async (_name, size) => {
  await Page.open(exchange, "Cy", { size });
  start({ learning: true });
  await shown("round");
  const brief = text("step-text");
  expect(count("rules")).toBe(0);
  expect(count("hand")).toBe(1);
  expect(text("hand")).toContain("No cards yet");
  goTo("deal");
  await click("rules");
  await shown("rules-text");
  expect(brief).toContain(text("rules-text"));
  await click("rules");
  await gone("rules-text");
  await expect.poll(() => labels("hand").length).toBe(2);
  await expect.poll(() => text("hand-worth")).toMatch(/^Worth by your hand SUM \d+\.\d ± \d+\.\d$/);
  await click(id("round").css('button:has-text("Hide")'));
  expect(labels("hand")).toEqual([]);
  expect(count("hand-worth")).toBe(0);
  await click(id("round").css('button:has-text("Show")'));
  goTo("reveal");
  await expect.poll(() => labels("table").length).toBe(1);
  await expectAccessible();
  goTo("settle");
  await shown("round-result");
  // The result has all cards: the hand is not shown twice.
  expect(count("hand")).toBe(0);
  await click("check-deal");
  await expect.poll(() => text("deal-verdict")).toBe("Everything is as it was promised.");
  expect(text("deal-check")).toContain("before anything was dealt");
  expect(text("deal-check")).toContain("it is what the seed deals to Cy");
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(size.width);
  await expectAccessible();
});

test("in learning mode the game's values stand in the ladder, and give the ticket its edge", async () => {
  await Page.open(exchange, "Cy");
  start({ learning: true });
  goTo("trade");
  const [inst = 0] = ana.all("round").at(-1)!.instruments;
  await shown(`ladder-${inst}`);
  await expect.poll(() => count(id(`ladder-${inst}`).css('[title*="theoretical value"]'))).toBe(1);
  await fillTicket("buy", "10", "1");
  await expect.poll(() => text("ticket-edge")).toMatch(/^\+\d/);
});

test("a contest asks for a width, and then says what its winner and the others have to do", async () => {
  const seat = await Page.open(exchange, "Cy");
  start({ format: "width" });
  // The game begins with its question, and is explained beside it.
  await expect.poll(() => text("rules-text")).toContain("Bid for the right to quote");
  goTo("contest");
  await expect.poll(() => text("duty")).toContain("Nobody has bid yet");
  await fill("round-number", "20");
  expect(text("bid-binds")).toMatch(
    /^If you win, you must quote a bid and an ask 20 apart, 2 or more/,
  );
  await click(id("round-answer").css("button[type=submit]"));
  await expect.poll(() => text("duty")).toContain("The narrowest is 20, yours");
  bo.ask("round_answer", { value: 12 });
  await expect.poll(() => text("duty")).toContain("The narrowest is 12, by Bo");
  goTo("trade");
  await expect
    .poll(() => text("duty"))
    .toMatch(/^Bo makes the market: you must buy or sell one\. If you have not by the end/);
  expect(seat.room.round?.contest?.best).toBe(12);
  expect(count("round-answer")).toBe(0);
  await expectAccessible();
  const [inst = 0] = seat.room.round!.instruments;
  const value = exchange.instruments.find(({ id }) => id === inst)?.opening_price ?? 0;
  bo.ask("quote", { inst, bid: value - 6, bid_qty: 2, ask: value + 6, ask_qty: 2 });
  goTo("settle");
  await expect
    .poll(() => text("duty"))
    .toMatch(/^You (bought|sold) 1 at \d+ because Bo won with width 12: the game trades/);
  await expectAccessible();
});

test("a private number is asked for, taken and shown to nobody else", async () => {
  await Page.open(exchange, "Cy");
  start({ format: "numbers" });
  goTo("ask");
  await shown("round-answer");
  await fill("round-number", "4");
  await click(id("round-answer").css("button[type=submit]"));
  await expect.poll(() => labels("hand")).toEqual(["4"]);
  expect(JSON.stringify([ana.all("round"), ana.all("hand")])).not.toContain('"value":4');
  // The field goes while somebody types in it, and reads nothing that has ended.
  await fill("round-number", "5");
  goTo("trade");
  await gone("round-answer");
});

test("who comes late is told so, and the projector shows table and step to the class", async () => {
  start();
  goTo("reveal");
  const late = await Page.open(exchange, "Late");
  await expect.poll(() => text("not-seated")).toContain("you look on");
  late.close();
  await Page.open(exchange, "Screen", { role: "spectator", isProjector: true });
  await expect.poll(() => labels("table").length).toBe(1);
  expect(count("hand")).toBe(0);
  // While it does not trade, the class sees what was turned; then the market; then the result.
  await expect.poll(() => labels("big-table").length).toBe(1);
  await expectAccessible();
  goTo("trade");
  await shown("market");
  goTo("settle");
  await shown("round-final");
  await gone("table");
  await expectAccessible();
});

test("on a phone nothing looks as if it traded before the trading and after the result, and both say what comes", async () => {
  await Page.open(exchange, "Cy", { size: phone, view: "first" });
  start({ format: "goal_suit" });
  await expect.poll(() => text("simple-block")).toBe("Trading opens in a later step: Trading.");
  expect(text("simple-empty")).toContain("No trading now");
  expect([count("simple-make"), count("simple-buy")]).toEqual([0, 0]);
  expect(text("round-rules")).toContain("You pay 50 into the pot");
  await expectAccessible();
  goTo("deal");
  await expect.poll(() => text("simple-block")).toBe("Trading opens in the next step.");
  await expect
    .poll(() => text("simple-position"))
    .toMatch(/^You were dealt (no|\d+) clubs(\.|, and hold all of them\.)$/);
  expect(text("round-rules")).toContain("You paid 50 into the pot");
  goTo("trade");
  await shown("simple-make");
  expect(text("simple-empty")).toContain("Be the first");
  await click("view-ladder");
  goTo("settle");
  await expect.poll(() => text("round-over")).toMatch(/^This round is over/);
  expect([count("view-ladder"), count("view-ticket"), count("cancel-all")]).toEqual([0, 0, 1]);
  await expectAccessible();
});

test("dealt suits are called so; the result tells the whole deck, and the closed session where the own result came from", async () => {
  const seat = await Page.open(exchange, "Cy");
  start({ format: "goal_suit" });
  goTo("trade");
  await expect.poll(() => text("hand")).toContain("Dealt to you");
  goTo("settle");
  await expect.poll(() => text("whole-deck")).toContain("The whole deck");
  const counts = texts(id("whole-deck").css(".card")).length;
  expect(counts).toBe(4);
  expect(
    [...text("whole-deck").matchAll(/×(\d+)/g)].map(([, cards]) => Number(cards)).sort(),
  ).toEqual([10, 10, 12, 8]);
  exchange.host.ask("session", { state: "closed" });
  await shown("session-over");
  const money = (words: string) => Number(words.replace("\u2212", "-").replace(/[+,]/g, ""));
  const rows = texts(id("final-settlements").css("tbody td:nth-child(3)")).filter(Boolean);
  const { pnl } = seat.room.roundResult!.rows.find((row) => row.user_id === seat.room.me?.userId)!;
  expect(rows.reduce((sum, row) => sum + money(row), 0)).toBeCloseTo(pnl, 6);
  // The dialog begins at its top, whatever field it has further down.
  expect(box("final-pnl").y).toBeGreaterThan(box("session-over").y);
});

test("words to those who were dealt cards are not for who came after the start, and nothing looks as if it traded", async () => {
  start();
  goTo("deal");
  await Page.open(exchange, "Late", { size: phone, view: "first" });
  await shown("not-seated");
  expect([count("step-text"), count("hand"), count("simple-make")]).toEqual([0, 0, 0]);
  goTo("trade");
  await expect.poll(() => text("simple-block")).toContain("after the start of this round");
  expect([count("step-text"), count("simple-make")]).toEqual([0, 0]);
  await expectAccessible();
});

test("a free game takes in who comes after its start, and says so", async () => {
  exchange.list("X");
  start({ format: "free" });
  goTo("trade");
  await Page.open(exchange, "Late");
  await expect.poll(() => text("not-seated")).toContain("you trade as everybody else does");
  await shown("ticket-submit");
  await expect.poll(() => text("step-text")).toContain("Trade what the host lists");
});

test("steps open and halt the round's instruments without a notice each time", async () => {
  const seat = await Page.open(exchange, "Cy");
  start();
  goTo("trade");
  goTo("reveal");
  await expect.poll(() => seat.room.round?.step.kind).toBe("reveal");
  const told = seat.room.notices.list.map(({ event }) => event.type);
  expect(told).not.toContain("halted");
  expect(told).not.toContain("resumed");
});

test("after the result no ladder and no ticket stand there as if they traded, unless one asks for them", async () => {
  await Page.open(exchange, "Cy");
  start();
  await expect.poll(() => text("session-state")).toBe("No trading");
  goTo("trade");
  await expect.poll(() => text("session-state")).toBe("Open");
  await shown("ticket-submit");
  goTo("settle");
  await shown("after-round");
  expect(count("ticket-submit")).toBe(0);
  await expectAccessible();
  await click("look-on");
  await shown("ticket-submit");
  goTo("review");
  next();
  start();
  goTo("trade");
  await shown("ticket-submit");
  await gone("after-round");
});

test("the projector shows all hands and the whole table of a result, on pages that turn if there are many seats", async () => {
  const names = Array.from({ length: 18 }, (_, at) => `Bartholomew Longname ${at}`);
  for (const name of names) exchange.program(name);
  stopClock();
  await Page.open(exchange, "Screen", { role: "spectator", isProjector: true, size: classroom });
  for (const _round of [1, 2]) {
    start();
    goTo("settle");
    await shown("round-final");
    if (_round === 1) goTo("review");
    if (_round === 1) next();
  }
  const table = id("final-table");
  await expect.poll(() => texts(table.css(".card")).length).toBe(3);
  // The settlement of each round fills the screen at first.
  await pass(30_000);
  await gone("reveal");
  await expectAccessible();
  await commands.shoot("projector/result-of-20");
  const seen = new Set<string>();
  for (let pages = 0; pages < 3; pages++) {
    const onPage = texts(id("final-seats").css(".name"));
    expect(texts(id("big-hand").css(".card"))).toHaveLength(2 * onPage.length);
    for (const name of onPage) seen.add(name);
    await pass(8_000);
  }
  expect(seen).toEqual(new Set(["Ana", "Bo", ...names]));
  for (const one of document.querySelectorAll(".board"))
    expect([one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight]).toEqual([
      0, 0,
    ]);
});

test("the console has one pause in a round, which stops the clock as well, and says when nothing trades", async () => {
  await Page.open(exchange, "Exchange", { role: "exchange" });
  start({ auto: true });
  await shown("round-next");
  expect(texts(id("console").css("button")).filter((label) => /pause|clock/i.test(label))).toEqual([
    "Pause",
  ]);
  await expect.poll(() => text("session-state")).toBe("No trading");
  await click("session-pause");
  await expect.poll(() => exchange.host.all("round").at(-1)?.step.ends_at).toBe(null);
  await click("session-open");
  await expect.poll(() => exchange.host.all("round").at(-1)?.step.ends_at).not.toBe(null);
  goTo("review");
  next();
  await gone("round-next");
  expect(text("session-state")).toBe("No trading");
});

test.each(["card_sum", "goal_suit", "width", "quiz", "parity", "numbers"])(
  "the console offers no halt, resume or settlement of what a round leads, in no step: %s",
  async (format) => {
    const host = await Page.open(exchange, "Exchange", { role: "exchange" });
    exchange.program("Cy");
    start({ format });
    const byHand = ["halt", "resume", "settle"].map((name) => `[data-testid^="${name}-"]`).join();
    for (;;) {
      const { step, script } = exchange.host.all("round").at(-1)!;
      await expect.poll(() => host.room.round?.step.n).toBe(step.n);
      expect(texts(css(byHand)), step.title).toEqual([]);
      if (step.n === script.length - 1) break;
      next();
    }
  },
);

test("the start of a round of free trading is in sight on a small laptop", async () => {
  const size = { width: 1366, height: 768 };
  await Page.open(new Exchange({ start: "lobby" }), "Exchange", { role: "exchange", size });
  await shown("free-start");
  const { y, height } = box("free-start");
  expect(y + height).toBeLessThan(size.height);
});

test("a closed session shows the standings over all rounds, and the console no more of the round that was on", async () => {
  await Page.open(exchange, "Cy");
  for (const _round of [1, 2]) {
    start();
    goTo("review");
    next();
  }
  start();
  exchange.host.ask("session", { state: "closed" });
  await shown("final-standings");
  expect(texts(id("final-standings").css("tbody .name"))).toEqual(["Ana", "Bo", "Cy"]);
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await shown("session-again");
  expect([count("round-next"), count("round-pause"), count("round-abort")]).toEqual([0, 0, 0]);
});

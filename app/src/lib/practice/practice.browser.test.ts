import type { Component } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page as browser } from "vitest/browser";
import { browserEngines } from "#lib/engine/browser-engines.ts";
import type { FromWorker, ToWorker } from "#lib/engine/messages.ts";
import { RoomService } from "#lib/engine/room-service.ts";
import { browserStore, tabStore } from "#lib/storage.ts";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import {
  box,
  click,
  count,
  css,
  element,
  id,
  shown,
  sidewaysOverflow,
  text,
} from "#lib/testing/driver.ts";
import { clearStage, desktop, dress, phone, put } from "#lib/testing/stage.ts";
import { describeFormats } from "#game/formats/describe.ts";
import "#lib/terminal/Terminal.svelte";
import FreePlay from "./free/FreePlay.svelte";
import LevelPlay from "./LevelPlay.svelte";
import { levels } from "./lessons/levels.ts";
import type { Level } from "./lessons/levels/level.ts";
import { readProgress } from "./lessons/progress.ts";
import { workers, type WorkerLike } from "./game/worker-room.ts";

const { start } = workers;

/** Runs the room in the page, on the clock of the test; a real page has it in a worker. */
function inPage(): WorkerLike {
  let isOver = false;
  const tell = (data: FromWorker) => {
    if (!isOver) worker.onmessage?.({ data } as MessageEvent<FromWorker>);
  };
  const service = new RoomService(browserEngines, tell);
  const worker: WorkerLike = {
    ...{ onmessage: null, onerror: null },
    postMessage: (message: ToWorker) => service.take(message),
    terminate: () => void (isOver = true),
  };
  return worker;
}

// Loaded before a clock stands still: the room is there at once.
await browserEngines();

beforeEach(() => {
  workers.start = inPage;
  browserStore.set("mmg.first", "done");
  browserStore.set("mmg.terminal", JSON.stringify({ simple: false }));
  browserStore.remove("mmg.practice");
  tabStore.remove("mmg.practice.game");
});
afterEach(() => {
  clearStage();
  workers.start = start;
  vi.useRealTimers();
});

async function open(level: Level) {
  await dress({ size: desktop });
  stopClock();
  const went: (Level | null)[] = [];
  const Screen = LevelPlay as unknown as Component<Record<string, unknown>>;
  return { went, remove: put(Screen, { level, go: (to: Level | null) => void went.push(to) }) };
}

/** Lets the game go on, and what page and room have told each other arrive. */
async function goOn(ms: number): Promise<void> {
  await pass(ms);
  // Frames go over message ports, which the test's clock does not stop.
  await new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  });
}

/** Lets the game go on until something is so. */
async function until(isSo: () => boolean, ms = 250, most = 1_000): Promise<void> {
  for (let n = 0; n < most && !isSo(); n++) await goOn(ms);
  if (!isSo()) throw new Error("It does not come.");
}

const asks = css('[data-testid^=ladder-] [data-col="ask"].best');
const isTrading = () => count(asks) > 0 && count(id("ladder-block")) === 0;

const position = () => text(css("[data-testid^=ladder-position-]"));

/**
 * Buys at the best ask: by a click beside it, in the column of the bids. A bot may be there first, or the row may have gone
 * before the click: then once more.
 */
async function buy(): Promise<void> {
  for (let tries = 0; tries < 8 && !/\d/.test(position()); tries++) {
    await until(isTrading);
    const cell = asks.first().element().getAttribute("data-testid") ?? "";
    const beside = id(cell.replace("-ask-", "-bid-")).first();
    await beside.click({ timeout: 2_000 }).catch(() => null);
    await goOn(1_000);
  }
}

const moneyOf = (part: string) =>
  Number(
    text(id(`part-${part}`))
      .replace("−", "-")
      .replace(",", ""),
  );

/** Ends the steps of a game one after the other, as somebody in a hurry does, until its review is there. */
async function hurry(): Promise<void> {
  for (let steps = 0; steps < 60 && count(id("review")) === 0; steps++) {
    if (count(id("next-step")) > 0) await click(id("next-step"));
    await goOn(500);
  }
}

const spread = levels[0] as Level;
const shortened = ({ game, ...level }: Level, trade_seconds: number): Level => ({
  ...level,
  game: { ...game, params: { ...game.params, trade_seconds } },
});

for (const level of levels)
  test(`${level.id}: trades by one click, ends in a review of that trade, and is played again`, async () => {
    // The clock ends the first, a short one; the others would take long to compute.
    const { went } = await open(level === spread ? shortened(level, 25) : level);
    await until(isTrading);
    await buy();
    await goOn(6_000);
    if (level !== spread) await hurry();
    await until(() => count(id("review")) > 0, 5_000);
    await browser.screenshot({ path: `../../../../e2e/out/practice/${level.id}-review.png` });
    expect(count(id("deciding"))).toBeGreaterThan(0);
    const [pnl = 0, ...parts] = ["pnl", "spread", "selection", "drift"].map(moneyOf);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(pnl, 2);
    expect(readProgress()[level.id]?.played).toBe(1);
    await click(id("again"));
    await until(() => count(id("review")) === 0 && isTrading());
    expect(went).toEqual([]);
  });

test("a game goes on after a reload where it was, with its hint line and its seat", async () => {
  const { remove } = await open(spread);
  await until(isTrading);
  await buy();
  await until(() => position() !== "flat" && /\d/.test(position()));
  const before = position();
  await goOn(10_000);
  window.dispatchEvent(new Event("pagehide"));
  remove();
  vi.useRealTimers();

  await open(spread);
  await until(isTrading);
  await until(() => /\d/.test(position()));
  expect(before).not.toBe("");
  await shown(id("hint-line"));
  // The host asks on: an earlier host has asked before it.
  await click(id("pause-game"));
  await until(() => text(id("pause-game")) === "Go on");
  await click(id("pause-game"));
  await click(id("next-step"));
  await until(() => count(id("review")) > 0);
});

test("a hint comes while it fits, one at a time, and goes when it is dismissed", async () => {
  await open(spread);
  await until(() => count(id("practice-hint")) === 1);
  expect(text(id("practice-hint"))).toContain("Make a price");
  await browser.screenshot({ path: "../../../../e2e/out/practice/spread-hint.png" });
  await click(id("dismiss-hint"));
  await until(() => count(id("practice-hint")) === 0);
  vi.useRealTimers();
  await expectAccessible();
});

test.each([
  { name: "a desktop", size: desktop, theme: "light" },
  { name: "a phone", size: phone, theme: "dark" },
] as const)(
  "free play on $name: a game and bots are chosen, and the review counts the pot",
  async (look) => {
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json(describeFormats())));
    await dress(look);
    put(FreePlay as unknown as Component<Record<string, unknown>>, { onleave: () => undefined });
    await click(css("label:has([data-testid=game-goal_suit])"));
    expect(text(id("free-explain"))).toContain("goal suit");
    expect(sidewaysOverflow()).toBe(0);
    await expectAccessible();
    stopClock();
    await click(id("start-free"));
    await until(() => count(id("next-step")) > 0);
    await hurry();
    const [pnl = 0, ...parts] = ["pnl", "spread", "selection", "drift", "apart"].map(moneyOf);
    // Nothing was traded: the ante is lost, and the pot pays for the cards that were dealt.
    expect(pnl).not.toBe(0);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(pnl, 2);
    // A game that is over has nothing to pause, and no next step.
    expect(count(id("pause-game")) + count(id("next-step"))).toBe(0);
    expect(box(id("again")).x).toBeGreaterThan(0);
    expect(sidewaysOverflow()).toBe(0);
    vi.useRealTimers();
    await expectAccessible();
    vi.unstubAllGlobals();
  },
);

test("level 5 keeps strikes in sight beside the ladder, also on a low screen", async () => {
  await dress({ size: { width: 1366, height: 768 } });
  stopClock();
  const level = levels.find((one) => one.id === "options");
  const Screen = LevelPlay as unknown as Component<Record<string, unknown>>;
  put(Screen, { level, go: () => undefined });
  await until(isTrading);
  const frame = element(css("[data-testid=chain] table")).closest(".framed, .scroll, div")!;
  const bottom = frame.getBoundingClientRect().bottom;
  const rows = css("[data-testid=chain] tbody tr").elements();
  const inSight = rows.filter((row) => row.getBoundingClientRect().bottom <= bottom + 1);
  expect(inSight.length).toBeGreaterThanOrEqual(3);
});

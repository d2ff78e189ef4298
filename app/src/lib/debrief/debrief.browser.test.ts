/** The page of a session over a session that was really played: its figures, its looks, its replay and its check. */

import { beforeAll, describe, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import "#lib/chart/session-chart.ts";
import "#lib/replay/ReplayPart.svelte";
import "#lib/replay/replay-worker.ts";
import { noteClosing } from "#lib/state/closings.ts";
import { playerSeat } from "#lib/state/seats.ts";
import { expectAccessible, expectReadable } from "#lib/testing/accessible.ts";
import {
  answerSession,
  classKey,
  debriefedSession,
  hostKey,
  seatKey,
  type Answering,
  type DebriefedSession,
} from "#lib/testing/debriefed.ts";
import {
  bodyText,
  box,
  click,
  count,
  css,
  id,
  press,
  shown,
  sidewaysOverflow,
  text,
} from "#lib/testing/driver.ts";
import { roomCode } from "#lib/testing/exchange.ts";
import { desktop, dress, laptop, phone, put, type Look } from "#lib/testing/stage.ts";
import { formatMoney } from "#lib/format.ts";
import type { DebriefTrader } from "#protocol";
import DebriefPage from "./DebriefPage.svelte";
import { SessionPage } from "./session.svelte.ts";

let played: DebriefedSession;
beforeAll(() => {
  played = debriefedSession({ people: 12, rounds: 26, hasPot: true });
});

const pictures = Boolean(import.meta.env["VITE_PICTURES"]);

async function picture(name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `../../../../e2e/out/debrief/${name}.png` });
}

async function open(key: string, look: Look = {}, answering: Answering = {}) {
  const deleted = answerSession(played, answering);
  await dress(look);
  put(DebriefPage, { page: new SessionPage("session", `#${key}`) });
  await shown("debrief");
  return deleted;
}

const seat = { code: roomCode, roomName: "", name: "Ana", role: "trader", at: 1 } as const;

test("the class sees who made what, prices, the matrix and awards; a figure explains itself", async () => {
  await open(classKey);
  await shown("debrief-leaderboard");
  const [best] = played.debrief.traders;
  const { pnl } = best!;
  expect(text("debrief-leaderboard")).toContain(best!.name);
  expect(text("debrief-leaderboard")).toContain(formatMoney(pnl, 2));
  await expect.poll(() => count(css("[data-testid^=price-] canvas"))).toBeGreaterThan(0);
  expect(count(css("[data-testid=matrix] td b"))).toBe(played.debrief.matrix.length);
  await click(id("explain-selection").first());
  expect(bodyText()).toContain("sum of s (m5 - m0) q v");
  await press("Escape");
  await click(`trader-${best!.user_id}`);
  await shown("trader-view");
  expect(text("trader-pnl")).toBe(formatMoney(pnl, 2));
});

test("a trader finds the own page by the seat in this browser, with the parts and the trades that mattered", async () => {
  const me = played.debrief.traders.at(-1)!;
  playerSeat.save({ ...seat, resumeToken: seatKey, hostToken: null });
  await open(classKey, {}, { userId: me.user_id });
  await shown("trader-view");
  expect(text("trader-pnl")).toBe(formatMoney(me.pnl, 2));
  for (const part of ["spread", "selection", "drift"] as const)
    expect(text("parts")).toContain(formatMoney(me[part], 2));
  await expect.poll(() => count("key-trade")).toBe(3);
});

test("skill, luck and the pot's bonus add up to the P&L as the parts do, bar by bar", async () => {
  const seats = played.debrief.rounds.at(-1)!.seats;
  await open(classKey);
  for (const userId of seats) {
    await click("tab-class");
    expect(text("debrief-leaderboard")).toContain("Bonus");
    await click(`trader-${userId}`);
    await shown("trader-view");
    for (const chart of ["parts", "fair-parts"]) {
      const figures = [...css(`[data-testid=${chart}] dd`).elements()].map((one) =>
        Number((one as HTMLElement).innerText.replaceAll(",", "").replace("−", "-")),
      );
      const total = figures.pop();
      expect([chart, total]).toEqual([
        chart,
        played.debrief.traders.find((one) => one.user_id === userId)!.pnl,
      ]);
      expect(figures.reduce((sum, one) => sum + one, 0)).toBeCloseTo(total!, 1);
    }
    expect(text("parts")).toContain("Pot and dealt cards");
    expect(text("fair-parts")).toContain("Bonus");
  }
});

test("large type for the wall enlarges tables and the text in charts alike", async () => {
  await open(classKey);
  await shown("debrief-leaderboard");
  const sizes = () =>
    ["td", ".bars li", ".chart .box", "[data-testid=matrix] td b"].map((part) =>
      parseFloat(getComputedStyle(css(`.class ${part}`).first().element()).fontSize),
    );
  const before = sizes();
  await click("large");
  for (const [nth, size] of sizes().entries()) expect(size).toBeGreaterThan(1.25 * before[nth]!);
  expect(sidewaysOverflow()).toBe(0);
  await click("large");
  expect(sizes()).toEqual(before);
});

test("on a phone all parts of the own page are in sight, and the replay's controls lie under the thumb", async () => {
  const me = played.debrief.traders[0]!;
  playerSeat.save({ ...seat, resumeToken: seatKey, hostToken: null });
  await open(classKey, { size: phone }, { userId: me.user_id });
  await shown("trader-view");
  for (const tab of ["class", "trader", "replay", "check", "files"]) {
    const { x, width } = box(`tab-${tab}`);
    expect([tab, x >= 0 && x + width <= phone.width]).toEqual([tab, true]);
  }
  await click("tab-replay");
  await shown(css(".market .ladder").first());
  await click("own-next");
  const [market, play] = [box(css(".market").first()), box("play")];
  expect(play.y).toBeGreaterThan(market.y);
  expect(play.y + play.height).toBeLessThan(phone.height);
  // The last price is in sight between the heads and the controls.
  const last = css(".ladder .last").first().element().getBoundingClientRect();
  expect(last.top).toBeGreaterThan(market.y);
  expect(last.bottom).toBeLessThan(box(css(".replay .bar").first()).y);
});

test("paper gets charts of its own width in the light theme, however printing begins, and the page stays as it was", async () => {
  await open(classKey, { theme: "dark" });
  await shown(css(".chart canvas").first());
  const drawn = () =>
    ([...css("canvas.paper").elements()] as HTMLCanvasElement[]).filter(({ width }) => width > 0);
  expect(drawn()).toEqual([]);
  window.dispatchEvent(new Event("beforeprint"));
  expect(document.documentElement.dataset["theme"]).toBe("light");
  expect(drawn().length).toBe(count(css(".chart")));
  for (const canvas of drawn()) {
    expect(canvas.width / devicePixelRatio).toBeCloseTo(330, 0);
    const [red = 0] = canvas.getContext("2d")!.getImageData(1, 1, 1, 1).data;
    expect(red).toBeGreaterThan(240);
  }
  window.dispatchEvent(new Event("afterprint"));
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  expect(drawn()).toEqual([]);
});

test("a picture of every chart can be kept", async () => {
  const kept: Blob[] = [];
  const names: string[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => `#${kept.push(blob as Blob)}`);
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    names.push(this.download);
  });
  try {
    await open(classKey);
    for (const tab of ["class", "trader"]) {
      await click(`tab-${tab}`);
      await shown(css("canvas").first());
      const buttons = css('button[aria-label^="Download a picture of"]').elements();
      expect(buttons.length).toBeGreaterThan(3);
      const before = names.length;
      for (const [at, button] of buttons.entries()) {
        (button as HTMLElement).click();
        await expect.poll(() => names.length).toBe(before + at + 1);
      }
    }
  } finally {
    vi.restoreAllMocks();
  }
  for (const [at, blob] of kept.entries()) {
    expect(names[at]).toMatch(/^[\p{L}\p{N}-]+\.png$/u);
    expect([names[at], (await coloursIn(blob)) > 4]).toEqual([names[at], true]);
  }
});

/** Number of colours in a picture. */
async function coloursIn(blob: Blob): Promise<number> {
  const image = await createImageBitmap(blob);
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext("2d")!;
  context.drawImage(image, 0, 0);
  return new Set(new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)).size;
}

test("an untouched log verifies; a changed one does not, and says where", async () => {
  noteClosing({ sessionId: "session", room: roomCode, logHash: played.debrief.session.log_hash });
  await open(classKey);
  await click("tab-check");
  await click("verify");
  await expect.poll(() => text("verdict"), { timeout: 30_000 }).toMatch(/Everything agrees/);
  expect(text("check-trades")).toContain(`All ${played.trades.length} trades`);
  expect(text("check-deals")).toMatch(/2 rounds/);
});

test("a log with another price is found", async () => {
  const log = played.log.replace(/("op":"order_new".{0,80}"price":)(\d+)/, "$19$2");
  await open(classKey, {}, { log });
  await click("tab-check");
  await click("verify");
  await expect.poll(() => text("verdict"), { timeout: 30_000 }).toMatch(/do not agree/);
  expect(text("check-chain")).toMatch(/It parts here: line \d+/);
});

test("the replay shows the moment that is asked for, by trade and on the scrubber, in a seat", async () => {
  const me = played.debrief.traders[0]!;
  await open(classKey);
  await click("tab-replay");
  await shown("replay");
  await shown(css(".market .ladder").first());
  await click("own-next");
  const first = text("moment");
  await click("own-next");
  await expect.poll(() => text("moment")).not.toBe(first);
  await click("tab-positions");
  await expect.poll(() => count(css("[data-testid^=position-row-]"))).toBeGreaterThan(0);
  const scrubber = id("scrubber").element() as HTMLInputElement;
  scrubber.value = scrubber.max;
  scrubber.dispatchEvent(new Event("input", { bubbles: true }));
  await expect.poll(() => text(css(".total b.num"))).toBe(formatMoney(me.pnl, 2));
  scrubber.value = scrubber.min;
  scrubber.dispatchEvent(new Event("input", { bubbles: true }));
  await expect.poll(() => count(css("[data-testid^=position-row-]"))).toBe(0);
  await click("play");
  await expect.poll(() => text("play")).toBe("Pause");
  await click("play");
});

test("masked names stay masked in every part, with one number each, also after a dialog is closed", async () => {
  const real = played.debrief.traders.map(({ name }) => name);
  const expectMasked = (where: string) => {
    const page = document.body.outerHTML;
    const said = real.filter((name) => new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, "u").test(page));
    expect([where, said]).toEqual([where, []]);
  };
  await open(hostKey, {}, { names: "masked" });
  await shown("debrief-leaderboard");
  const numbers = played.debrief.traders.map(({ user_id }) => text(`trader-${user_id}`));
  const expected = Array.from({ length: real.length }, (_, at) => `Trader ${at + 1}`);
  expect(numbers.toSorted()).toEqual(expected.toSorted());
  for (const tab of ["class", "trader", "replay", "check", "files"]) {
    await click(`tab-${tab}`);
    if (tab === "replay") await shown(css(".market .ladder").first());
    expectMasked(tab);
    if (tab === "class" || tab === "trader") {
      await click(id("explain-selection").first());
      await press("Escape");
    }
    if (tab === "files") {
      await click("delete-session");
      await shown("delete");
      await press("Escape");
    }
    expectMasked(`${tab}, its dialog closed`);
  }
});

test("only the host may delete, and is asked before", async () => {
  const deleted = await open(hostKey);
  await click("tab-files");
  await click("delete-session");
  await shown("delete");
  expect(deleted).toEqual([]);
  await click("delete-yes");
  await shown("deleted");
  expect(deleted).toEqual(["/api/sessions/session"]);
});

test("a wrong key and no key say what to do", async () => {
  await open("wrong");
  await expect.poll(() => bodyText()).toContain("This key opens nothing.");
  answerSession(played);
  put(DebriefPage, { page: new SessionPage("session", "") });
  await expect.poll(() => bodyText()).toContain("This link has no key");
});

const looks: Required<Look>[] = [
  { theme: "light", size: desktop },
  { theme: "dark", size: laptop },
  { theme: "dark", size: phone },
];

describe.each(looks)("$theme, $size.width px wide", (look) => {
  test("every part is accessible and fits", async () => {
    if (pictures) look = { ...look, size: { ...look.size, height: 2600 } };
    await open(classKey, look);
    const name = `${look.theme}-${look.size.width}`;
    for (const tab of ["class", "trader", "replay", "check", "files"]) {
      await click(`tab-${tab}`);
      if (tab === "class" || tab === "trader") await shown(css("canvas").first());
      if (tab === "replay") {
        await shown(css(".market .ladder").first());
        await click("own-next");
      }
      await picture(`${tab}-${name}`);
      await expectAccessible(`${tab}, ${name}`);
      expect(sidewaysOverflow(), tab).toBe(0);
    }
    await expectReadable(name);
  });
});

test("a trader's part of seven-digit amounts fits a phone", async () => {
  const { debrief } = played;
  const large = (trader: DebriefTrader, index: number): DebriefTrader => {
    const amount = index % 2 === 0 ? 12_345_678.25 : -12_600_000;
    const ways = { spread: amount, selection: -amount, drift: amount };
    const { maker, taker } = trader;
    return {
      ...{ ...trader, pnl: amount, ...ways },
      maker: { ...maker, ...ways, qty: 1_999_999 },
      taker: { ...taker, ...ways, qty: 1_999_999 },
    };
  };
  played = { ...played, debrief: { ...debrief, traders: debrief.traders.map(large) } };
  try {
    await open(classKey, { size: phone });
    await click(`trader-${debrief.traders[0]!.user_id}`);
    await shown("trader-view");
    for (const panel of css("[data-testid=trader-view] .panel").elements()) {
      const { right } = panel.getBoundingClientRect();
      for (const cell of panel.querySelectorAll("td, th, dd"))
        expect(cell.getBoundingClientRect().right, cell.textContent).toBeLessThanOrEqual(right);
    }
    expect(sidewaysOverflow()).toBe(0);
  } finally {
    played = { ...played, debrief };
  }
});

test("a class of thirty has a short chart beside its long table, and under it what was found", async () => {
  const { debrief } = played;
  const traders = [0, 100, 200].flatMap((more) =>
    debrief.traders.slice(0, 10).map((one) => ({ ...one, user_id: one.user_id + more, other: 0 })),
  );
  played = { ...played, debrief: { ...debrief, traders } };
  try {
    await open(classKey);
    await shown("free-money");
    const table = box("debrief-leaderboard");
    for (const panel of ["distribution", "free-money"]) {
      expect(box(panel).x).toBeGreaterThan(table.x + table.width);
      expect(box(panel).y).toBeLessThan(table.y + table.height);
    }
  } finally {
    played = { ...played, debrief };
  }
});

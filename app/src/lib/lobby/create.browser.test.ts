/** Tests the choices of a new room that are sent with it. */

import { expect, test, vi } from "vitest";
import {
  check,
  click,
  count,
  css,
  fill,
  id,
  isVisible,
  shown,
  text,
  texts,
  value,
} from "#lib/testing/driver.ts";
import { dress, phone, put } from "#lib/testing/stage.ts";
import { page } from "vitest/browser";
import { limits, type CreateRoomBody } from "#protocol";
import { describeFormats } from "#game/formats/describe.ts";
import CreateRoom from "./CreateRoom.svelte";

/** Bodies of the rooms that are asked for, all of which are refused. */
function refused(): CreateRoomBody[] {
  const bodies: CreateRoomBody[] = [];
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => {
    if (path === "/api/formats") return Promise.resolve(Response.json(describeFormats()));
    bodies.push(JSON.parse(init?.body as string) as CreateRoomBody);
    const error = { code: "RATE_LIMITED", message: "Wait." };
    return Promise.resolve(Response.json({ error }, { status: 429 }));
  });
  return bodies;
}

test("a game is chosen first, said with its settings, and sent with the room", async () => {
  const bodies = refused();
  await dress({});
  put(CreateRoom, {});
  await shown(css(".games"));
  await check("game-seventeen");
  await expect.poll(() => text("create-room")).toBe("Create room: Seventeen");
  await check("game-card_sum");
  await click(id("game-settings").css("summary").first());
  await fill("game-traders", "9");
  await expect
    .poll(() => text("game-forecast"))
    .toBe("With 9 traders: 21 cards · SUM: mean 147 ± 13.4 · 7 min on the clock");
  await fill("param-cards_each", "3");
  await check("param-signed");
  await expect.poll(() => text("game-text")).toContain("Each player holds 3 cards.");
  await expect.poll(() => text("game-forecast")).toContain("30 cards · SUM: mean 0 ±");
  await click("create-room");
  await expect
    .poll(() => bodies.at(-1))
    .toMatchObject({
      ...{ template: "empty", format: { id: "card_sum", params: { cards_each: 3, signed: true } } },
      settings: { start: "lobby" },
    });
  await check("game-free");
  await click("create-room");
  await expect.poll(() => bodies.at(-1)).toMatchObject({ template: "options" });
  expect(bodies.at(-1)).not.toHaveProperty("format");
});

test("a link fills the form, and a set-up is saved and taken again", async () => {
  const bodies = refused();
  history.replaceState(null, "", "?format=quiz&trade_seconds=45");
  await dress({});
  put(CreateRoom, {});
  await expect.poll(() => text("create-room")).toBe("Create room: Quiz");
  history.replaceState(null, "", location.pathname);
  await click(id("game-settings").css("summary").first());
  await expect.poll(() => value("param-trade_seconds")).toBe("45");
  await click("questions-paste");
  await fill("questions-lines", "How high is it?; 330; 0; 1000; m; Above 300\nNo question");
  await click("questions-take");
  await expect.poll(() => texts(id("questions").css("li b"))).toEqual(["How high is it?"]);
  expect(value("questions-lines")).toBe("No question");
  await fill("setup-name", "Towers");
  await click("setup-save");
  await check("game-dice");
  await click("setup-Towers");
  await click("create-room");
  const question = { question: "How high is it?", answer: 330, min: 0, max: 1000, unit: "m" };
  await expect
    .poll(() => bodies.at(-1)?.format)
    .toEqual({
      id: "quiz",
      params: { trade_seconds: 45, questions: [{ ...question, hints: ["Above 300"] }] },
    });
});

test("the host chooses from how many lots a quote counts for the mark", async () => {
  const bodies = refused();
  await dress({ size: phone });
  put(CreateRoom, {});
  await click("create-room");
  await expect.poll(() => bodies.at(-1)?.settings?.mark_lots).toBe(limits.markLotsOfPages);

  await click(page.getByText("More settings"));
  await expect.poll(() => value("create-mark-lots")).toBe(String(limits.markLotsOfPages));
  await fill("create-mark-lots", "12");
  await click("create-room");
  await expect.poll(() => bodies.at(-1)?.settings?.mark_lots).toBe(12);

  // A number that cannot be is shown, and nothing is sent.
  await fill("create-mark-lots", "0");
  await click(page.getByText("More settings"));
  await click("create-room");
  await expect.poll(() => isVisible("create-mark-lots")).toBe(true);
  await expect.poll(() => count(page.getByRole("alert"))).toBeGreaterThan(0);
  expect(bodies).toHaveLength(2);
});

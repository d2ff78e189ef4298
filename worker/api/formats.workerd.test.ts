import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { FormatDescription } from "#protocol";
import { app } from "./app.ts";

test("every game is listed with its words, and with the bounds and defaults of its parameters", async () => {
  const answer = await app.request("/api/formats", {}, env);
  expect(answer.status).toBe(200);
  const formats = await answer.json<FormatDescription[]>();
  expect(formats.map(({ id }) => id)).toEqual([
    ...["card_sum", "seventeen", "dice", "suits", "numbers", "quiz", "width", "walk", "parity"],
    ...["goal_suit", "free"],
  ]);
  for (const { title, summary, explain, notes, teaches, minutes } of formats) {
    for (const text of [title, summary, explain, notes]) expect(text).not.toBe("");
    expect(teaches.length).toBeGreaterThan(0);
    expect(minutes).toBeGreaterThan(0);
  }
  const [cardSum] = formats;
  expect(cardSum?.params).toMatchObject({
    properties: {
      cards_each: { type: "integer", minimum: 1, maximum: 10, default: 2 },
      signed: { type: "boolean", default: false },
    },
  });
});

test("a built-in quiz is listed without its questions", async () => {
  const answer = await app.request("/api/formats", {}, env);
  expect(await answer.text()).not.toContain("primes");
});

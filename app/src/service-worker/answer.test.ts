import { expect, test } from "vitest";
import { answerTo } from "./answer.ts";

const origin = "https://game.example";
const asked = (path: string, over: { method?: string; mode?: string } = {}) =>
  answerTo({ method: "GET", mode: "cors", url: `${origin}${path}`, ...over }, origin);
const page = (path: string) => asked(path, { mode: "navigate" });

test("keeps the pages of practice for the time without a network, and asks the server first", () => {
  for (const path of ["/", "/practice", "/practice/spread"])
    expect(page(path)).toEqual({ how: "fresh", as: "/practice" });
});

test("answers files whose names tell their contents from what it keeps", () => {
  expect(asked("/_app/immutable/chunks/a.js")).toEqual({ how: "kept" });
});

test("leaves rooms, sessions, the API and everything that changes to the server", () => {
  for (const path of ["/r/ACDEFG", "/s/1", "/api", "/practical"]) expect(page(path)).toBeNull();
  for (const path of ["/api/rooms/ACDEFG", "/_app/version.json", "/openapi.json", "/ws"])
    expect(asked(path)).toBeNull();
  expect(asked("/api/formats", { method: "POST" })).toBeNull();
  const abroad = { method: "GET", mode: "cors", url: "https://other.example/_app/immutable/a.js" };
  expect(answerTo(abroad, origin)).toBeNull();
});

import { expect, test } from "vitest";
import { hostRefusal, namesOf } from "./host-check.ts";

const rule = { hasOrigin: false, names: namesOf("Desk.lan", "game.example.org, other.test") };
const status = (host: string, target = "/", one = rule) =>
  hostRefusal([host], target, one)?.status ?? 200;

test.each(["a b", "", "a/b", "user@a", "a?b", "a#b", "a\\b", "[::1", "a:99999"])(
  "the Host %j is no valid one",
  (host) => {
    expect(status(host)).toBe(400);
  },
);

test.each([
  "*",
  "//evil.com/%2e%2e",
  "/\\evil.com",
  "http://evil.com/",
  "",
  "a",
  "/a b",
  "/\u00e9",
])("the request target %j is no valid one", (target) => {
  expect(status("localhost", target)).toBe(400);
});

test("a request has one Host", () => {
  expect(hostRefusal([], "/", rule)?.status).toBe(400);
  expect(hostRefusal(["localhost", "localhost"], "/", rule)?.status).toBe(400);
});

test("addresses in numbers, the machine's names and those that were given are ours", () => {
  for (const host of [
    ...["127.0.0.1:8787", "192.168.1.20:8787", "[::1]:8787", "[2001:db8::1]", "localhost:1"],
    ...["LOCALHOST", "localhost.", "x.localhost", "desk", "desk.local:8787", "desk.lan"],
    ...["game.example.org", "other.test:8787"],
  ])
    expect(status(host, "/ws/ACDEFG?x=%2e%2e"), host).toBe(200);
});

test("another name is refused with a sentence that says how it can be allowed", () => {
  for (const host of [
    "rebound.evil.test:8787",
    "evil.test",
    "127.0.0.1.evil.test",
    "desk.evil.test",
  ])
    expect(hostRefusal([host], "/", rule)).toMatchObject({
      status: 421,
      message: expect.stringContaining("ALLOWED_HOSTS") as string,
    });
});

test("where an origin is configured names tell nothing", () => {
  expect(status("rebound.evil.test", "/", { ...rule, hasOrigin: true })).toBe(200);
  expect(status("a b", "/", { ...rule, hasOrigin: true })).toBe(400);
});

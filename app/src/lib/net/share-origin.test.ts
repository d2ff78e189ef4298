import { expect, test } from "vitest";
import { isLoopback, shareOrigin } from "./share-origin.ts";

const page = (address: string) => new URL(`${address}/r/ACDEFG`);
const lan = "http://192.168.1.20:8787";

test.each(["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "a.localhost", "localhost."])(
  "%s is this computer alone",
  (name) => expect(isLoopback(name)).toBe(true),
);

test.each([
  "192.168.1.20",
  "10.0.0.7",
  "[fd00::1]",
  "desk.local",
  "game.example.org",
  "localhost.org",
])("%s may be reached by others", (name) => expect(isLoopback(name)).toBe(false));

test("a page that was opened by an address of the network shares that one", () => {
  for (const origin of [lan, "https://game.example.org"])
    expect(shareOrigin(page(origin), ["http://10.0.0.7:8787"])).toBe(origin);
});

test("a page of this computer alone shares the first address that others reach, if there is one", () => {
  const own = page("http://127.0.0.1:8787");
  expect(shareOrigin(own, [lan, "http://10.0.0.7:8787"])).toBe(lan);
  expect(shareOrigin(own, ["http://localhost:8787", "nonsense", lan])).toBe(lan);
  expect(shareOrigin(own, [])).toBeNull();
  expect(shareOrigin(own, ["http://127.0.0.1:8787"])).toBeNull();
});

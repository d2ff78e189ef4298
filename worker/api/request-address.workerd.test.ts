/** Tests that no header can change the address by which a client is counted. */

import { expect, test } from "vitest";
import type { Env } from "../env.ts";
import { requestAddress } from "./request-address.ts";

const asked = (peer: string | undefined, headers: Record<string, string>, settings: object) => {
  const told = peer === undefined ? {} : { "x-client-peer": peer };
  const request = new Request("https://game.test/", { headers: { ...headers, ...told } });
  return requestAddress(request, settings as Env);
};
const spoofed = {
  "cf-connecting-ip": "6.6.6.6",
  "x-forwarded-for": "6.6.6.6",
  "x-real-ip": "6.6.6.6",
  forwarded: "for=6.6.6.6",
  host: "evil.test",
};

test("on one machine it is the peer that the guard tells of, whatever the headers say", () => {
  expect(asked("10.0.0.7", spoofed, { SELF_HOSTED: "1" })).toBe("10.0.0.7");
  expect(asked("::ffff:10.0.0.7", spoofed, { SELF_HOSTED: "1" })).toBe("10.0.0.7");
  expect(asked("2001:db8:1:2:3:4:5:6", spoofed, { SELF_HOSTED: "1" })).toBe("2001:db8:1:2::/64");
  expect(asked("2001:0db8::9", {}, { SELF_HOSTED: "1" })).toBe("2001:db8:0:0::/64");
  expect(asked("::1", {}, { SELF_HOSTED: "1" })).toBe("0:0:0:0::/64");
  expect(asked(undefined, spoofed, { SELF_HOSTED: "1" })).toBe("unknown");
});

test("behind a proxy that is trusted it is whom the proxy heard, the last who is no proxy", () => {
  const env = { SELF_HOSTED: "1", TRUSTED_PROXY: "127.0.0.1, 10.0.0.1" };
  const through = (heard: string, peer = "127.0.0.1") =>
    asked(peer, { ...spoofed, "x-forwarded-for": heard }, env);
  expect(through("9.9.9.9")).toBe("9.9.9.9");
  expect(through("6.6.6.6, 9.9.9.9")).toBe("9.9.9.9");
  expect(through("6.6.6.6, 9.9.9.9, 10.0.0.1")).toBe("9.9.9.9");
  expect(through("6.6.6.6, 2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(through("9.9.9.9", "8.8.8.8")).toBe("8.8.8.8");
  expect(through("")).toBe("127.0.0.1");
  // Ignores a port that the proxy adds, and takes the proxy's address in place of text that is none.
  expect(through("6.6.6.6, 9.9.9.9:4711")).toBe("9.9.9.9");
  expect(through("[2001:db8::1]:80")).toBe("2001:db8:0:0::/64");
  expect(through("::ffff:9.9.9.9")).toBe("9.9.9.9");
  for (const junk of ["6.6.6.6, junk", "6.6.6.6, ", "6.6.6.6, unknown", "6.6.6.6, _hidden"])
    expect(through(junk)).toBe("127.0.0.1");
});

test("on Cloudflare it is what Cloudflare says", () => {
  expect(asked("1.1.1.1", { ...spoofed, "cf-connecting-ip": "9.9.9.9" }, {})).toBe("9.9.9.9");
  expect(asked(undefined, { "x-forwarded-for": "6.6.6.6" }, {})).toBe("unknown");
});

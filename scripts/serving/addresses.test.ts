import { expect, test } from "vitest";
import { reachableOrigins } from "./addresses.mjs";

const of = (address: string, more: object = {}) => ({
  ...{ address, netmask: "", mac: "", cidr: null, internal: false, family: "IPv4" as const },
  ...more,
});
const six = (address: string, scopeid: number) => of(address, { family: "IPv6", scopeid });
const laptop = {
  lo: [of("127.0.0.1", { internal: true }), { ...six("::1", 0), internal: true }],
  docker0: [of("172.17.0.1")],
  tun0: [of("10.8.0.2")],
  usb0: [of("169.254.3.4")],
  wlan0: [of("192.168.1.20"), six("fe80::1", 3), six("2001:db8::7", 0)],
} as unknown as Parameters<typeof reachableOrigins>[2];

test("on all interfaces: those that others are likely to reach come first, virtual ones last, none of this computer alone", () => {
  expect(reachableOrigins("0.0.0.0", 8787, laptop)).toEqual([
    "http://192.168.1.20:8787",
    "http://169.254.3.4:8787",
    "http://172.17.0.1:8787",
    "http://10.8.0.2:8787",
  ]);
  expect(reachableOrigins("::", 8787, laptop)).toContain("http://[2001:db8::7]:8787");
  expect(reachableOrigins("::", 8787, laptop).join()).not.toContain("fe80");
});

test("on one address: that one, and none where it is this computer's alone", () => {
  expect(reachableOrigins("192.168.1.20", 80, laptop)).toEqual(["http://192.168.1.20"]);
  expect(reachableOrigins("desk.local", 8787, laptop)).toEqual(["http://desk.local:8787"]);
  for (const host of ["127.0.0.1", "localhost", "::1"])
    expect(reachableOrigins(host, 8787, laptop)).toEqual([]);
});

test("without a network there is none", () => {
  expect(reachableOrigins("0.0.0.0", 8787, { lo: laptop!["lo"] } as typeof laptop)).toEqual([]);
});

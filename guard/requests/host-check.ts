/**
 * Checks by target and Host header that a request is for this server. A page of another site whose name is made to point
 * at this machine ("DNS rebinding") has our origin, as far as its browser knows: so names that nobody gave to this
 * machine are refused, unless an origin is configured.
 */

import type { Refusal } from "./refusals.ts";

export interface HostRule {
  /** Whether an origin is configured: then every post and socket is checked against it, and names need not be. */
  hasOrigin: boolean;
  /** Names of this machine. */
  names: ReadonlySet<string>;
}

/** Lists the names of this machine. @param setting ALLOWED_HOSTS: further names, comma separated */
export function namesOf(hostname: string, setting: string | undefined): Set<string> {
  const given = (setting ?? "").split(",").map((one) => one.trim().toLowerCase());
  const own = hostname.toLowerCase();
  const [short = own] = own.split(".");
  const names = ["localhost", own, short, `${short}.local`, ...given];
  return new Set(names.filter((name) => name !== ""));
}

/** Refuses a request for another server; null: it is for this one. @param hosts the Host headers, which must be one */
export function hostRefusal(
  hosts: readonly string[],
  target: string,
  rule: HostRule,
): Refusal | null {
  const [host = ""] = hosts;
  if (hosts.length !== 1 || !/^[^\s/\\?#@]+$/.test(host)) return badRequest("Host header");
  // Takes a path only, and no address of another host: browsers take a backslash for a slash.
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(target)) return badRequest("address");
  const base = URL.parse(`http://${host}`);
  if (base === null) return badRequest("Host header");
  if (URL.parse(target, base.href)?.host !== base.host) return badRequest("address");
  if (rule.hasOrigin || isOurs(base.hostname, rule.names)) return null;
  return {
    status: 421,
    code: "FORBIDDEN",
    message: `This server is not known as ${base.hostname}: whoever runs it can allow the name with ALLOWED_HOSTS.`,
  };
}

/** Whether the name is ours, or an address in numbers, which cannot be made to point elsewhere. */
function isOurs(hostname: string, names: ReadonlySet<string>): boolean {
  const name = hostname.replace(/\.$/, "");
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name) || name.startsWith("[");
  return isAddress || names.has(name) || name.endsWith(".localhost");
}

function badRequest(what: string): Refusal {
  return { status: 400, code: "BAD_REQUEST", message: `The ${what} of the request is not valid.` };
}

/**
 * Which requests are requests of ours at all, by their target and Host header. A page of another site whose name is
 * made to point at this machine ("DNS rebinding") is of the same origin as we are, as far as its browser knows: where
 * no origin is configured, names that nobody gave to this machine are refused.
 */

import type { Refusal } from "./refusals.ts";

export interface HostRule {
  /** The origin is configured: then every post and socket is checked against it, and names tell nothing. */
  hasOrigin: boolean;
  /** Names of this machine. */
  names: ReadonlySet<string>;
}

/** The names by which this machine may be asked for. @param setting ALLOWED_HOSTS: names, comma separated */
export function namesOf(hostname: string, setting: string | undefined): Set<string> {
  const given = (setting ?? "").split(",").map((one) => one.trim().toLowerCase());
  const own = hostname.toLowerCase();
  const [short = own] = own.split(".");
  const names = ["localhost", own, short, `${short}.local`, ...given];
  return new Set(names.filter((name) => name !== ""));
}

/** @param hosts the Host headers, which must be one */
export function hostRefusal(
  hosts: readonly string[],
  target: string,
  rule: HostRule,
): Refusal | null {
  const [host = ""] = hosts;
  if (hosts.length !== 1 || !/^[^\s/\\?#@]+$/.test(host)) return badRequest("Host header");
  // A path is one, and no address of another host: browsers take a backslash for a slash.
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

/** An address in numbers is no name, and can be made to point nowhere else. */
function isOurs(hostname: string, names: ReadonlySet<string>): boolean {
  const name = hostname.replace(/\.$/, "");
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name) || name.startsWith("[");
  return isAddress || names.has(name) || name.endsWith(".localhost");
}

function badRequest(what: string): Refusal {
  return { status: 400, code: "BAD_REQUEST", message: `The ${what} of the request is not valid.` };
}

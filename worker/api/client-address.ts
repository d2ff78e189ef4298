/**
 * Who is asking, as an address to count by. Only what cannot be made up is believed: Cloudflare's own header there;
 * on one machine the socket's peer, which workerd tells, and behind a proxy that is configured what the proxy says.
 */

import type { Env } from "../env.ts";

export function clientAddress(request: Request, env: Env): string {
  if (env.SELF_HOSTED === undefined)
    return network(request.headers.get("cf-connecting-ip") ?? "unknown");
  const { clientIp } = (request.cf ?? {}) as { clientIp?: string };
  const peer = withoutPort(clientIp ?? "unknown");
  const proxies = (env.TRUSTED_PROXY ?? "").split(",").map((one) => one.trim());
  if (!proxies.includes(peer)) return network(peer);
  // Each proxy adds whom it heard: the last who is no proxy of ours is the client, whatever stands before.
  const heard = (request.headers.get("x-forwarded-for") ?? "").split(",").map((one) => one.trim());
  return network(heard.findLast((one) => one !== "" && !proxies.includes(one)) ?? peer);
}

/** `1.2.3.4:5`, `[::1]:5` or an address alone. */
function withoutPort(peer: string): string {
  const bracketed = /^\[(.+)\](:\d+)?$/.exec(peer)?.[1];
  const address = bracketed ?? peer.replace(/^([^:]+):\d+$/, "$1");
  return address.replace(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i, "$1");
}

/** An IPv6 customer has a network of 64 bits, and every address in it. */
function network(address: string): string {
  if (!address.includes(":")) return address.slice(0, 45);
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...new Array<string>(zeros).fill("0"), ...rest];
  return `${all
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

/**
 * The client's address, by which requests are counted. Believes only sources that a client cannot make up: Cloudflare's
 * own header there; on one machine the guard in front, which knows the socket's peer, and a proxy that is configured.
 */

import { clientAddress, network, trustedProxies } from "../../edge/client-address.ts";
import type { Env } from "../env.ts";

/** Whether an address of `requestAddress` is the computer's own. */
export const isLoopback = (address: string) => /^(127\.|0:0:0:0::)/.test(address);

/** Whether a request was addressed to the computer itself, and not through a proxy that nobody has configured. */
export const isOwnName = (hostname: string) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);

export function requestAddress(request: Request, env: Env): string {
  const header = (name: string) => request.headers.get(name);
  if (env.SELF_HOSTED === undefined) return network(header("cf-connecting-ip") ?? "unknown");
  const peer = header("x-client-peer") ?? "unknown";
  return clientAddress(peer, header("x-forwarded-for"), trustedProxies(env.TRUSTED_PROXY));
}

/**
 * Who is asking, as an address to count by. Only what cannot be made up is believed: Cloudflare's own header there; on
 * one machine what the guard in front says of the socket's peer, and behind a proxy that is configured what the proxy
 * says.
 */

import { clientAddress as addressOf, network, trustedProxies } from "../../edge/client-address.ts";
import type { Env } from "../env.ts";

export function clientAddress(request: Request, env: Env): string {
  const header = (name: string) => request.headers.get(name);
  if (env.SELF_HOSTED === undefined) return network(header("cf-connecting-ip") ?? "unknown");
  const peer = header("x-client-peer") ?? "unknown";
  return addressOf(peer, header("x-forwarded-for"), trustedProxies(env.TRUSTED_PROXY));
}

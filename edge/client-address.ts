/**
 * Address by which a client is counted: the peer of the socket, or the one that a configured proxy names. Guard and
 * Worker both count, so they share the rule. Knows no request and no setting.
 */

/**
 * @param peer the socket's, as the system tells it
 * @param forwarded the X-Forwarded-For header
 * @param proxies addresses whose X-Forwarded-For is believed
 * @returns an address, or a network of IPv6 addresses
 */
export function clientAddress(
  peer: string,
  forwarded: string | null,
  proxies: readonly string[],
): string {
  const near = plainAddress(peer);
  if (!proxies.includes(near)) return network(near);
  // Each proxy appends its own peer: the last entry that is no proxy of ours is the client. If that one is no address,
  // the client may have written it: then all such clients are counted together, as the proxy.
  const heard = (forwarded ?? "").split(",").map((one) => withoutPort(one.trim()));
  const client = heard.findLast((one) => !proxies.includes(one)) ?? "";
  return network(isAddress.test(client) ? client : near);
}

const isAddress = /^(\d{1,3}(\.\d{1,3}){3}|[\da-f:.]*:[\da-f:.]*)$/i;

/** Removes the port that some proxies add: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(heard: string): string {
  return plainAddress(heard.replace(/^\[([^\]]*)\](:\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1"));
}

/** Turns an IPv4 address mapped into IPv6 back into IPv4. */
export function plainAddress(peer: string): string {
  return peer.replace(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i, "$1");
}

/** Reads the setting TRUSTED_PROXY: addresses, comma separated. */
export function trustedProxies(setting: string | undefined): string[] {
  return (setting ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/** Network of 64 bits for an IPv6 address, for a customer has all addresses in it. */
export function network(address: string): string {
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

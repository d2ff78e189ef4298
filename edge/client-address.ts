/**
 * Which address somebody is counted by: the peer of the socket, or behind a proxy that is configured what the proxy
 * says. The guard and the Worker both count, so the rule stands here. Knows no request and no setting.
 */

/**
 * @param peer the socket's, as the system tells it
 * @param forwarded the X-Forwarded-For header
 * @param proxies whose X-Forwarded-For is believed
 * @returns an address, or a network of IPv6 addresses
 */
export function clientAddress(
  peer: string,
  forwarded: string | null,
  proxies: readonly string[],
): string {
  const near = plainAddress(peer);
  if (!proxies.includes(near)) return network(near);
  // Each proxy adds whom it heard: the last who is no proxy of ours is the client, whatever stands before.
  const heard = (forwarded ?? "").split(",").map((one) => one.trim());
  return network(heard.findLast((one) => one !== "" && !proxies.includes(one)) ?? near);
}

/** An IPv4 address in the clothes of IPv6 is an IPv4 address. */
export function plainAddress(peer: string): string {
  return peer.replace(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i, "$1");
}

/** The setting TRUSTED_PROXY: addresses, comma separated. */
export function trustedProxies(setting: string | undefined): string[] {
  return (setting ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/** An IPv6 customer has a network of 64 bits, and every address in it. */
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

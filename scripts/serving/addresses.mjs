/** The addresses under which other computers reach the server: those of the networks that it listens on. */

import { networkInterfaces } from "node:os";

/** Interfaces of containers, virtual machines and tunnels come last: nobody in the room is on them. */
const virtual =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|wg|zt|tailscale|lo|bridge|awdl|llw)/i;

/**
 * @param {string} host on which the server listens
 * @param {number} port
 * @param {ReturnType<typeof networkInterfaces>} interfaces
 * @returns {string[]} origins, the most likely first; none if only this computer reaches the server
 */
export function reachableOrigins(host, port, interfaces = networkInterfaces()) {
  const isAny = host === "0.0.0.0" || host === "::";
  if (!isAny) return isLoopbackHost(host) ? [] : [originOf(host, port)];
  const found = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ internal, family, scopeid }) => {
        if (internal) return false;
        return family === "IPv4" || (host === "::" && !scopeid);
      })
      .map(({ address, family }) => ({ address, rank: rankOf(name, address, family) })),
  );
  return found.sort((a, b) => a.rank - b.rank).map(({ address }) => originOf(address, port));
}

/** Lower is better: networks of a house or school, then others, then IPv6, then virtual ones. */
function rankOf(
  /** @type {string} */ name,
  /** @type {string} */ address,
  /** @type {string} */ family,
) {
  if (virtual.test(name)) return 4;
  if (family !== "IPv4") return 3;
  // A network card that has got no address gives itself one of these.
  if (address.startsWith("169.254.")) return 3;
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address) ? 1 : 2;
}

function isLoopbackHost(/** @type {string} */ host) {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function originOf(/** @type {string} */ host, /** @type {number} */ port) {
  const name = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  return new URL(`http://${name}:${port}`).origin;
}

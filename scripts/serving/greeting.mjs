/** The text that the launcher prints once the server is up: the host's own address, and those for others with a QR code. */

import { renderUnicodeCompact } from "uqr";

/**
 * @param {URL} own address on this computer
 * @param {string[]} origins under which others reach the server, the best first
 * @param {string} [publicOrigin] the configured address, which comes before all others
 * @returns {string[]} lines
 */
export function greeting(own, origins, publicOrigin) {
  const open = `The Market Making Game is open at ${own.href}`;
  const forOthers = publicOrigin ? [publicOrigin] : origins;
  const [first] = forOthers;
  if (first === undefined)
    return [open, "Only this computer can open it. For others: HOST=0.0.0.0 npm start"];
  const lines = forOthers.map((origin) => `  ${origin}/`);
  return [
    open,
    publicOrigin ? "Others open:" : "Others on the same network open:",
    ...lines,
    "",
    renderUnicodeCompact(`${first}/`, { ecc: "M", border: 2 }),
  ];
}

/** Words of the lens, in the terminal and in the console. */

import type { Side } from "#protocol";

export const lensWords = {
  title: "Lens",
  hint: "Marks arbitrage: put-call parity, verticals, boxes and butterflies whose prices lock in a gain",
  kinds: { parity: "Parity", vertical: "Vertical", box: "Box", butterfly: "Butterfly" },
  letters: { parity: "P", vertical: "V", box: "X", butterfly: "B" },
  types: { CALL: "call", PUT: "put" },
  trade: (side: Side, count: string, what: string, price: string) =>
    `${side} ${count}${what} ${price}`,
  line: (kind: string, trades: string, locks: string, sets: string) =>
    `${kind}: ${trades}: locks in ${locks}, up to ${sets} times.`,
  pastLine: (kind: string, trades: string, locks: string, sets: string, at: string) =>
    `${kind}: ${trades}: locked in ${locks}, up to ${sets} times, at ${at}.`,
  load: "Load as spread",
  loadOf: (kind: string) => `Load as spread: ${kind}`,
  flag: (letters: string, of: string, lines: string, isPast: boolean) =>
    `${letters}${isPast ? ", past" : ""}, ${of}: ${lines}`,
} as const;

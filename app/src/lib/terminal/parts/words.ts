/** Words of controls of several rooms. */

import type { Side } from "#protocol";
import { shared, sideLower } from "#lib/terminal/desk/words.ts";

export const words = {
  sizeOf: (symbol: string) => `Order size in ${symbol}`,
  preset: (n: number) => `Size ${n}. Shift-click adds it, right-click changes it.`,
  presetEdit: "New preset",
  save: "Save",
  undo: "Leave as it is",
  out: {
    label: "out now",
    title: (side: Side, qty: string, average: string) =>
      `What the open position makes if you ${sideLower(side)} all ${qty} now: at ${average} on average, by others' orders in the book.`,
    thin: (there: string, qty: string) => `only ${there} of ${qty}`,
    thinTitle: (side: Side, there: string, qty: string) =>
      side === "sell"
        ? `You cannot sell all of it now: others bid for ${there} of your ${qty}.`
        : `You cannot buy all of it back now: others offer ${there} of your ${qty}.`,
  },
  would: (qty: string, from: string, to: string) => {
    const text = shared.wouldTrade(qty, from, to);
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  },
  gone: "The order that you were changing is gone: it was filled or cancelled. Keys wait a second.",
} as const;

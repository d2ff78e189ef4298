/** The levels, in their order. */

export const levelIds = [
  "spread",
  "inventory",
  "selection",
  "information",
  "options",
  "parity",
] as const;

/** Words of controls of several rooms. */

export const words = {
  sizeOf: (symbol: string) => `Order size in ${symbol}`,
  preset: (n: number) => `Size ${n}. Shift-click adds it, right-click changes it.`,
  presetEdit: "New preset",
  save: "Save",
  undo: "Leave as it is",
} as const;

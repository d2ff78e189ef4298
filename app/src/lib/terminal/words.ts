/** Words of the screen as a whole. */

export const words = {
  spreadTab: "Spread",
} as const;

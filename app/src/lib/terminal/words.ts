/** Words of the screen as a whole. */

export const words = {
  title: "Spread",
} as const;

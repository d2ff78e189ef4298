/** Every string that people read outside the terminal, by area, so that it can be translated. */

export const text = {
  ui: {
    close: "Close",
    dismiss: "Dismiss",
    keep: "Cancel",
    dark: "Dark",
    light: "Light",
    lower: (what: string) => `${what}: lower`,
    raise: (what: string) => `${what}: raise`,
  },
} as const;

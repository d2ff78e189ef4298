/** Words of the controls that all screens share, and of the connection. */

export const uiWords = {
  close: "Close",
  dismiss: "Dismiss",
  keep: "Cancel",
  dark: "Dark",
  light: "Light",
  toDark: "Switch to the dark theme",
  toLight: "Switch to the light theme",
  copy: "Copy",
  copied: "Copied",
  lower: (label: string) => `${label}: lower`,
  raise: (label: string) => `${label}: raise`,
  number: {
    required: "Give a number.",
    unreadable: "Not a number: write digits, and a point for decimals.",
    decimals: "At most six decimals.",
    positive: "Must be more than zero.",
    whole: "Must be a whole number.",
    atLeast: (least: string) => `At least ${least}.`,
    atMost: (most: string) => `At most ${most}.`,
  },
  connection: {
    silent: "No answer from the server: the screen may be out of date.",
    lost: "Connection lost",
    back: "Connected again",
  },
} as const;

/** Words of the controls that all screens share, and of the connection. */

export const uiWords = {
  close: "Close",
  dismiss: "Dismiss",
  messages: (count: number) => (count === 1 ? "1 message" : `${count} messages`),
  rename: { name: "Name", action: "Rename" },
  moreMessages: (count: number) => `+${count}`,
  keep: "Cancel",
  dark: "Dark",
  light: "Light",
  toDark: "Switch to the dark theme",
  toLight: "Switch to the light theme",
  copy: "Copy",
  copied: "Copied",
  handOut: {
    code: "Code",
    qr: "QR code of the link",
    copy: "Copy the link",
    expires: (time: string) => `Works until ${time}.`,
    localOnly:
      "Only this computer can open this link. Other devices can once the game is started with: HOST=0.0.0.0 npm start",
    asking: "Asking the exchange…",
    done: "Done",
  },
  tabOnly: {
    label: "This tab only",
    note: "Your browser refuses to store anything. The game works, but it forgets your seat when you close this tab.",
  },
  lower: (label: string) => `${label}: lower`,
  raise: (label: string) => `${label}: raise`,
  number: {
    required: "Give a number.",
    /** The value of a text that could be meant in another way. */
    readAs: (value: string) => `= ${value}`,
    ambiguous: (one: string, other: string) => `${one} or ${other}? Write one of these.`,
    unreadable: "Not a number: write digits, and a point for decimals.",
    fine: "At most six decimals.",
    long: "At most 15 digits.",
    positive: "Must be more than zero.",
    whole: "Must be a whole number.",
    atLeast: (least: string) => `At least ${least}.`,
    atMost: (most: string) => `At most ${most}.`,
  },
  files: {
    plain: "Plain CSV, for programs",
    hint: "Else a double click opens a CSV file in your spreadsheet, with numbers and times as your language writes them.",
  },
  connection: {
    silent: "No answer from the server: the screen may be out of date.",
    lost: "Connection lost",
    back: "Connected again",
  },
} as const;

/** Words about bots. */
export const botWords = {
  mark: "bot",
  said: "What the bots say",
  kinds: {
    maker: "Market maker",
    sleeper: "Sleeper",
    noise: "Noise trader",
    momentum: "Momentum trader",
    informed: "Informed trader",
    parity: "Parity trader",
    bluffer: "Bluffer",
  },
} as const;

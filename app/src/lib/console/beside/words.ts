/** Words of the panels at the side. */

export const shareWords = {
  title: "Invite",
  copy: "Copy the link",
  asTrader: "Join as a trader",
  screen: "Open the projector screen",
  addHost: "Add a host…",
  qr: (link: string) => `QR code of ${link}`,
  localOnly:
    "This address works on this machine only. To invite others, open the game under the machine's network address.",
} as const;

export const newsWords = {
  title: "News",
  text: "Message",
  placeholder: "Rain in Brazil: the harvest is late.",
  to: "To",
  everybody: "Everybody",
  send: "Send",
  only: (name: string) => `to ${name}`,
} as const;

export const leaderboardWords = {
  title: "Leaderboard",
  empty: "Shows once somebody has traded.",
  heads: [["#", "num"], ["Name"], ["P&L", "num"], ["Volume", "num"]],
} as const;

export const tapeWords = { title: "Tape", empty: "No trades yet." } as const;

export const downloadWords = {
  title: "Results",
  text: "Trades, orders, positions and P&L so far, as CSV files and a SQLite database.",
  over: "The session is closed. All its trades, orders, positions and P&L:",
  prepare: "Prepare the files",
  refresh: "Prepare again",
} as const;

export const dangerWords = {
  title: "Danger zone",
  haltAll: "Halt everything",
  haltAllAsk: "Halt everything…",
  haltTitle: "Halt every instrument?",
  haltText: "No new orders until you resume. Orders that rest stay, and can be cancelled.",
  resumeAll: "Resume everything",
  stopAll: "Stop all traders",
  stopAllAsk: "Stop all traders…",
  stopTitle: "Stop all traders?",
  reviveAll: "Let all trade",
} as const;

/** Words of the panels at the side. */

import { formatQty } from "#lib/format.ts";
import { pnlWords } from "#lib/words.ts";

export const shareWords = {
  title: "Invite",
  copy: "Copy the link",
  asTrader: "Join as a trader",
  screen: "Open the projector screen",
  addHost: "Add a host…",
  qr: (link: string) => `QR code of ${link}`,
  passcode: "Passcode:",
  passcodeElsewhere: "A passcode is needed. The browser that made the room shows it.",
  localOnly:
    "Only this computer can open this link. Others can once the game is started with: HOST=0.0.0.0 npm start",
} as const;

export const lobbyWords = {
  empty: "Share the link or the code, or let people scan it. Their names appear here.",
  hint: "Nothing trades until you start. Traders can look around meanwhile.",
  gameHint:
    "When all are there, start the round: it deals, lists what is traded and leads everybody through its steps.",
  more: (count: number) => `and ${formatQty(count)} more`,
  nothingListed: "Nothing is listed yet: add what is traded first.",
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
  empty: "Appears with the first trade.",
  heads: [["#", "num"], ["Name"], [pnlWords.total, "num"], ["Volume", "num"]],
} as const;

export const tapeWords = {
  title: "Tape",
  empty: "No trades yet.",
  names: (buyer: string, seller: string) => `${buyer} from ${seller}`,
  share: "Names on the projector",
  shareHint:
    "Who bought from whom, for everybody to see: on the projector that is open in this browser.",
} as const;

export const downloadWords = {
  title: "Results",
  debrief: "Open the debrief",
  copyDebrief: "Copy the class's link",
  debriefHint:
    "Where everybody's P&L came from, and the session to play again. Everybody gets the link.",
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

/** Words before and after a session: joining, and the results. */

import { plural, pnlWords } from "#lib/words.ts";

const traderCount = (count: number) => plural(count, "trader", "traders");

export const roomWords = {
  looking: "Looking for the room…",
  unknown: "There is no such room",
  unknownHint: "Check the code with the host. Codes have six letters and digits.",
  closed: "This session is closed",
  closedHint: "It takes no more players. Its results can be downloaded by those who took part.",
  unreachable: "The server cannot be reached. Trying again…",
  reload: "Reload",
  ended: "The connection has ended",
  useHere: "Use this window instead",
  somebodyElse: "Join as somebody else",
  join: {
    room: (code: string) => `Room ${code}`,
    title: "Join the room",
    counts: (room: { traders: number; instruments: number }) =>
      `${traderCount(room.traders)}, ${plural(room.instruments, "instrument", "instruments")}`,
    name: "Your name",
    hostName: "Your name as the host",
    hostHint: "You run the exchange from here. Players see this name.",
    passcode: "Passcode",
    spectate: "Only watch.",
    spectateHint: "You see the market, but cannot trade.",
    submit: "Join",
    openConsole: "Open the console",
    screenName: (number: number) => (number === 1 ? "Screen" : `Screen ${number}`),
    screenHint: "The projector screen of this room: it shows nothing private.",
    openScreen: "Open the screen",
    joining: "Joining…",
    nameTaken:
      "Somebody in the room has this name already. Is it you? Come back to your seat below. Else choose another name.",
    haveCode: "Come back to your seat",
    seatCode: "Code of your seat",
    seatCodeHint: "Six digits. The host makes one for you under People: New device.",
    takeSeat: "Take the seat",
    seatLost: "Your old seat in this room is no longer valid. Join again under a name.",
  },
  over: {
    title: "The session is closed",
    pnl: pnlWords.total,
    rank: (place: string, all: number) => `Place ${place} of ${all}`,
    leaderboard: "Final leaderboard",
    place: "Place",
    name: "Name",
    you: "(you)",
    settlements: "Settlements",
    lastSettlements: "Settlements of the last round",
    instrument: "Instrument",
    settledAt: "Settled at",
    ownPnl: "Your P&L in it",
    corrected: "corrected",
    pot: "The pot, less the ante",
    unsettled: (count: number) =>
      `${plural(count, "instrument was", "instruments were")} not settled: positions keep their last mark.`,
    debrief: "See where the P&L came from",
    debriefHint: "Your trades, the whole class, and the session to play again.",
    files: "Your orders and fills, and all trades:",
    downloadFailed: "The file could not be downloaded. Try again.",
    stay: "Stay and look",
    next: "The host goes on in a new room, with the same set-up.",
    goOn: "Go to the new room",
  },
} as const;

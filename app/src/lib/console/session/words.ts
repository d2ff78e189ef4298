/** Words of the session: its state, its end, its steps. */

import { plural } from "#lib/console/words.ts";
import { noTrading } from "#lib/words.ts";

export const words = {
  label: "Session",
  between: noTrading,
  states: { lobby: "Gathering", open: "Open", paused: "Paused", closed: "Closed" },
  left: "left",
  planned: "from the start",
  timeUp: "Time is up",
  timeUpHint: "Trading is paused, because the time is up.",
  endIn: "End in",
  min: "min",
  minutes: "Minutes until the end",
  setEnd: "Set",
  clearEnd: "No end",
  endHint: "The session pauses by itself when the time is up.",
  notices: {
    lobby: "People gather: nothing trades until you start.",
    open: "Trading is open.",
    paused: "Trading is paused: traders can cancel, but not place or change orders.",
    closed: "The session is closed: its results can be downloaded.",
  },
  betweenRounds: "The round is over: nothing trades until the next game starts.",
  inRound: "The steps of the round open and halt the trading.",
  closeTitle: "Close the session?",
  closeAction: "Close the session",
  closeText:
    "Open orders are cancelled, nobody can trade any more, and the results are archived. This cannot be undone.",
  closeUnsettled: (count: number) =>
    `${plural(count, "instrument is", "instruments are")} not settled: positions keep their last mark.`,
  next: {
    setUp: "Last room",
    unreadable: "The set-up of this room could not be read. Try again.",
    noPasscode:
      "This browser does not know the passcode. Create a room in the lobby, and share its link.",
    untold: (code: string, why: string) =>
      `Room ${code} is ready, but nobody could be told (${why}). Share its link.`,
  },
  actions: {
    label: "What to do next",
    start: "Start",
    resume: "Resume",
    add: "Add an instrument…",
    pause: "Pause",
    settle: (symbol: string) => `Settle ${symbol}…`,
    close: "Close the session…",
    again: "Again with the same people",
    hints: {
      add: "List what is traded",
      open: "Everybody can trade from now on",
      pause: "Traders can cancel, but not place or change orders; the clock of a round stands",
      settle: "Pay every position at its final value",
      close: "End the session and archive it",
      again: "A new room with the same set-up: everybody here gets a button that leads there",
    },
  },
} as const;

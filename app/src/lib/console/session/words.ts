/** Words of the session: its state, its end, its steps. */

import { plural } from "#lib/console/words.ts";

export const words = {
  label: "Session",
  states: { lobby: "Not begun", open: "Open", paused: "Paused", closed: "Closed" },
  left: "left",
  planned: "when you open",
  timeUp: "Time is up",
  timeUpHint: "Trading is paused, because the time is up.",
  endIn: "End in",
  min: "min",
  minutes: "Minutes until the end",
  setEnd: "Set",
  clearEnd: "No end",
  endHint: "The session pauses by itself when the time is up.",
  notices: {
    lobby: "The session has not begun: people gather, and nothing is traded.",
    open: "The session is open.",
    paused: "The session is paused: traders can cancel, but not place or change orders.",
  },
  closeTitle: "Close the session?",
  closeAction: "Close the session",
  closeText:
    "Open orders are cancelled, nobody can trade any more, and the results are archived. This cannot be undone.",
  closeUnsettled: (count: number) =>
    `${plural(count, "instrument is", "instruments are")} not settled: positions keep their last mark.`,
  steps: {
    next: (hint: string) => `Next: ${hint}`,
    label: "Steps of the session",
    names: {
      prepare: "Prepare",
      open: "Open",
      pause: "Pause",
      news: "News",
      settle: "Settle",
      close: "Close…",
    },
    hints: {
      prepare: "Add what is traded",
      open: "Let everybody trade",
      pause: "Traders can cancel, but not place or change orders",
      news: "Tell the traders something",
      settle: "Pay every position at its final value",
      close: "End the session and archive it",
    },
  },
} as const;

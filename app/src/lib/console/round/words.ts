/** Words of the director: choosing a game, and leading its round. */

import { plural } from "#lib/console/words.ts";

const during = (seconds: number | null) =>
  seconds === null ? " until you go on" : ` for ${seconds} s`;

export const words = {
  panel: "Round",
  choosePanel: "Play a game",
  nextPanel: "Next game",
  game: "Game:",
  nextGame: "Next game:",
  notes: "Notes for the teacher",
  start: "Start the round",
  startFree: "Start a round of it, with its own result",
  players: (count: number) =>
    count === 0 ? "Nobody is here yet" : `with ${plural(count, "trader", "traders")} who are here`,
  wrongCrowd: (here: number, least: number, most: number) =>
    `For ${least} to ${most} traders: ${plural(here, "is", "are")} here`,
  lead: "Lead the round",
  next: (title: string) => `Next: ${title}`,
  finish: "End the round",
  resume: "Start the clock",
  extend: "+30 s",
  abort: "Abort…",
  abortTitle: "Abort the round?",
  abortAction: "Abort the round",
  abortText:
    "The deal is shown to all, with the answers of a quiz; the round's instruments go, and its trades count for nothing. This cannot be undone.",
  script: "Steps",
  seats: "Who plays",
  answered: "has answered",
  notAnswered: "not yet",
  atNext: "After this step:",
  /** Sentences on the beginning of each kind of step. */
  says: {
    brief: (seconds: number | null) => `the game is explained${during(seconds)}. Nothing trades.`,
    deal: (seconds: number | null) =>
      `everybody sees the own cards, and looks at them${during(seconds)}. Nothing trades.`,
    trade: (seconds: number | null) => `trading opens${during(seconds)}.`,
    reveal: (seconds: number | null) =>
      `trading halts, and the table shows more${during(seconds)}.`,
    ask: (seconds: number | null) => `everybody is asked for a number${during(seconds)}.`,
    contest: (seconds: number | null) =>
      `everybody bids for the right to quote, narrower each time${during(seconds)}.`,
    settle: () => "trading ends, all is shown and settled. The round cannot be aborted any more.",
    review: () => "the result stays on all screens while you talk about it.",
    end: "the round ends, and the next game can start.",
  },
} as const;

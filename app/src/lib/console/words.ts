/** Words of several parts of the console; words of one part are beside it. */

import { formatQty } from "#lib/format.ts";
import { pnlWords } from "#lib/words.ts";

/** A number with its noun. */
export const plural = (count: number, one: string, many: string) =>
  `${formatQty(count)} ${count === 1 ? one : many}`;

export const words = {
  title: "Console",
  latency: "Round trip to the server",
  connection: {
    connecting: "Connecting",
    online: "Online",
    silent: (seconds: number) => `No answer for ${seconds} s`,
    reconnecting: (seconds: number) =>
      seconds > 0 ? `Reconnecting in ${seconds} s` : "Reconnecting",
    ended: "Ended",
  },
  here: (count: number) =>
    count === 0 ? "Nobody is here yet" : `${plural(count, "trader", "traders")} here`,
  pnl: pnlWords.total,
  actions: "Actions",
  actionOn: (action: string, subject: string) => `${action} ${subject}`,
  stopText: "Every open order is cancelled, and no new ones are taken until you let them trade.",
} as const;

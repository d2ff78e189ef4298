/** Operations that change nothing. */

import * as v from "valibot";
import { flag, id, inst, number } from "../fields.ts";
import type { Operations } from "./operation.ts";

const reading = { changes: false, isPublic: false, rate: "others", whenFull: "always" } as const;
const everybody = { ...reading, who: ["exchange", "trader", "spectator"] } as const;

export const readingOperations = {
  get_snapshot: {
    ...everybody,
    reply: ["snapshot"],
    text: "The visible book of one instrument.",
    fields: { inst },
  },
  get_history: {
    ...everybody,
    reply: ["history"],
    text: "What has been traded in one instrument since it was listed: the quantity at each price, and the path of the price. The same for everybody.",
    fields: { inst },
  },
  get_positions: {
    ...everybody,
    reply: ["positions"],
    text: "Your positions. The exchange gets everybody's, each row with its `user_id`.",
    fields: {},
  },
  get_pnl: { ...everybody, reply: ["pnl"], text: "Your profit and loss.", fields: {} },
  get_orders: {
    ...reading,
    who: ["trader", "exchange"],
    reply: ["orders"],
    text: "Your open orders. The exchange, and nobody else, names a trader in `user_id` and gets that trader's, with the last fills: what the trader sees. From anybody else `user_id` is refused with `FORBIDDEN`.",
    fields: {
      user_id: v.optional(id("Exchange only: the trader whose orders and last fills to show.")),
    },
  },
  export_data: {
    ...reading,
    who: ["exchange"],
    reply: ["export_complete"],
    text: "Prepares a download link for every file of the session, as far as it has come.",
    fields: {},
  },
  lead_replay: {
    ...reading,
    who: ["exchange"],
    reply: ["replay_led"],
    text: "Shows everybody who has the session's page open, and follows, a moment of its replay; also once the session is closed. Everybody gets `replay_led`. Nothing is kept: who comes later is told with the next one.",
    fields: {
      on: flag("false: the host leads no more."),
      at: v.optional(number("Lines of the log up to the moment. Default 0.")),
      speed: v.optional(number("How many times as fast as it was. Default 1.")),
      playing: v.optional(flag("Whether it goes on from there by itself.")),
    },
  },
} satisfies Operations;

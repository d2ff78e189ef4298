/** Editing of an instrument in which nothing has been traded: its symbol, its description, and whether it is shown. */

import { announce, type Call, type Context, type Handler } from "../context.ts";
import { Reject } from "../engine-port.ts";
import { engineRejection, reject, type Rejection } from "../rejection.ts";
import type { RoomInstrument } from "../state.ts";
import { tellCancelled } from "../trading/fills.ts";
import { instrumentView } from "../views/messages.ts";
import { plainText } from "./listing.ts";
import { symbolOf } from "./symbols.ts";

export const editInstrument: Handler<"edit_instrument"> = (ctx, call) => {
  const { inst, symbol, description, hidden } = call.request;
  const instrument = ctx.state.instruments[inst - 1];
  if (instrument === undefined) return reject("NO_SUCH_INSTRUMENT");
  if (symbol === undefined && description === undefined && hidden === undefined)
    return reject("BAD_REQUEST", "Name what to change: `symbol`, `description` or `hidden`.");
  if (instrument.lastPrice !== null)
    return reject(
      "BAD_REQUEST",
      `${instrument.symbol} has been traded: it stays as it is, for the record.`,
    );
  const named = symbolOf(ctx.state, symbol ?? instrument.symbol, inst);
  if ("code" in named) return named;
  if (hidden === true && !instrument.hidden) {
    const refused = pull(ctx, call, instrument);
    if (refused !== null) return refused;
  }
  instrument.symbol = named.symbol;
  if (description !== undefined) instrument.description = plainText(description) || null;
  instrument.hidden = hidden ?? instrument.hidden;
  const { ts, seq } = call;
  const shown = instrumentView(ctx, instrument);
  announce(ctx, call, { type: "instrument_edited", inst, instrument: shown, ts, seq });
  return null;
};

/** Takes every order out of an instrument that is about to be hidden. */
function pull(ctx: Context, { ts, seq }: Call, { inst }: RoomInstrument): Rejection | null {
  const code = ctx.engine.pullQuotes(inst);
  if (code !== Reject.ok) return engineRejection(code);
  const cancelled = tellCancelled(ctx, ts, "quotes_pulled");
  if (cancelled > 0)
    ctx.out.toAll({ type: "quotes_pulled", inst, reason: "host", cancelled, ts, seq });
  return null;
}

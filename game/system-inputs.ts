/** Applies inputs that are not requests: the room's creation, joins, dropped traders and the session's end. */

import type { Context } from "./context.ts";
import { list } from "./host/listing.ts";
import { setSession } from "./host/session.ts";
import { instrumentsOf } from "./host/templates.ts";
import type { CreateInput, SystemInput } from "./journal/entry.ts";
import { applyClient, applyFast } from "./people/clients.ts";
import { applyReturn } from "./people/bots.ts";
import { applyJoin } from "./people/entering.ts";
import { applyMiss, applySeat } from "./people/taking-over.ts";
import { countTime } from "./rounds/scoring/meter.ts";
import { applyToRound } from "./rounds/inputs.ts";
import { cancelAllOf } from "./trading/fills.ts";
import { sessionView } from "./views/messages.ts";

export function applySystem(
  ctx: Context,
  userId: number,
  input: SystemInput,
  ts: number,
  seq: number,
): void {
  ctx.state.seq = seq;
  if (input.op !== "$create" && input.op !== "$rest") countTime(ctx, ts);
  switch (input.op) {
    case "$create":
      return applyCreate(ctx, input, ts);
    case "$join":
      return applyJoin(ctx, input, ts);
    case "$seat":
      return applySeat(ctx, input, ts);
    case "$miss":
      return applyMiss(ctx);
    case "$drop":
      return cancelAllOf(ctx, userId, ts, "disconnected");
    case "$return":
      return applyReturn(ctx, userId, { ts, seq });
    case "$client":
      return applyClient(ctx, userId, input.client, { ts, seq });
    case "$fast":
      return applyFast(ctx, userId, { ts, seq });
    case "$clock":
      setSession(ctx, "paused", null, ts);
      ctx.out.toAll({ type: "session", ...sessionView(ctx), ts, seq });
      return;
    case "$step":
    case "$rest":
    case "$back":
      return applyToRound(ctx, input, { ts, seq });
  }
}

function applyCreate(ctx: Context, input: CreateInput, ts: number): void {
  const { op: _op, template, settings, ...fields } = input;
  const { onDisconnect, lens = "off", markLots = 1, start: session = "open", play } = settings;
  Object.assign(ctx.state, fields, { createdAt: ts, onDisconnect, lens, markLots, session });
  Object.assign(ctx.state.settings, play);
  for (const instrument of instrumentsOf(template)) {
    const listed = list(ctx, instrument);
    if ("code" in listed) throw new Error(`template ${template}: ${listed.message}`);
  }
}

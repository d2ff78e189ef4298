/**
 * A market maker: one quote an instrument around its fair value, moved against its position, and put anew when the
 * market or the position has moved. Fair is what the room says, else the middle of the others' book, else the last trade.
 */

import type { Instrument } from "#protocol";
import { onTick } from "../prices.ts";
import { midOf } from "../state/books.ts";
import { repeatedly, Rests, stands, type Bot } from "./bot.ts";

/** Half of the width, and the shift for each contract held, in ticks. */
const halfTicks = 2;
const shiftTicks = 0.2;

export const maker: Bot = (client, { fair, qty = 5, everyMs } = {}) => {
  const rests = new Rests();

  function valueOf({ id, type, opening_price }: Instrument): number | null {
    const { state } = client;
    const shown = state.fair.get(id)?.mean ?? midOf(state.others(id)) ?? state.books.get(id).last;
    return shown ?? opening_price ?? (type === "SCALAR" ? (fair ?? null) : null);
  }

  async function quote(instrument: Instrument): Promise<void> {
    const { id: inst, tick_size: tick, min_price: lowest, max_price: highest } = instrument;
    const value = valueOf(instrument);
    if (value === null || rests.has(inst)) return;
    const { state } = client;
    const widest = Number(state.round?.rules["max_width"] ?? Infinity);
    const half = Math.min(halfTicks * tick, widest / 2);
    const centre = value - state.held(inst) * shiftTicks * tick;
    const bid = onTick(centre - half, tick, "down");
    const ask = Math.max(onTick(centre + half, tick, "up"), bid + tick);
    const bid_qty = bid < lowest ? 0 : Math.min(qty, state.allowed(inst, "buy", true));
    const ask_qty = ask > highest ? 0 : Math.min(qty, state.allowed(inst, "sell", true));
    if (stands(client, inst, "buy", bid, bid_qty) && stands(client, inst, "sell", ask, ask_qty))
      return;
    const answer = await client.ask("quote", {
      ...{ inst, ...(bid_qty > 0 && { bid, bid_qty }), ...(ask_qty > 0 && { ask, ask_qty }) },
    });
    if (answer.ok) return;
    rests.refused(inst);
    // The quote before it would stay, at prices of another market.
    await client.ask("cancel_inst", { inst });
  }

  const look = async () => void (await Promise.all(client.state.open.map(quote)));
  return repeatedly(client, look, everyMs);
};

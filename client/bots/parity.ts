/**
 * A taker without risk: a call less a put of the same strike is worth the underlying less the strike. Where the prices
 * say otherwise it trades all three at once, and trades back what was left over.
 */

import type { Instrument, Side } from "#protocol";
import { strikesOf, type Strike } from "../state/strikes.ts";
import { repeatedly, Rests, type Bot } from "./bot.ts";

interface Leg {
  inst: number;
  side: Side;
  price: number;
  /** Contracts that can be had at the price. */
  most: number;
}
const opposite = { buy: "sell", sell: "buy" } as const;

export const parity: Bot = (client, { qty = 2, everyMs } = {}) => {
  const rests = new Rests();

  function leg({ id: inst }: Instrument, side: Side): Leg | null {
    const { bids, asks } = client.state.others(inst);
    const [price, there = 0] = (side === "buy" ? asks : bids)[0] ?? [];
    const most = Math.min(qty, there, client.state.allowed(inst, side));
    return price === undefined || most <= 0 || rests.has(inst) ? null : { inst, side, price, most };
  }

  /** Trades if the call, on this side, against put and underlying brings more than a tick. */
  async function trade({ underlying, call, put, strike }: Strike, side: Side): Promise<void> {
    const other = opposite[side];
    const [c, p, u] = [leg(call, side), leg(put, other), leg(underlying, other)];
    if (c === null || p === null || u === null) return;
    const paid = c.price - p.price - (u.price - strike);
    if ((side === "sell" ? paid : -paid) <= underlying.tick_size) return;
    const legs = [c, p, u];
    const size = Math.min(...legs.map(({ most }) => most));
    const filled = await Promise.all(legs.map((one) => take(one, size)));
    const least = Math.min(...filled);
    await Promise.all(legs.map((one, at) => undo(one, (filled[at] ?? 0) - least)));
  }

  /** @returns how much of it was done */
  async function take({ inst, side, price }: Leg, size: number): Promise<number> {
    const answer = await client.ask("order_new", { inst, side, price, qty: size, tif: "IOC" });
    if (!answer.ok) rests.refused(inst);
    return answer.ok ? answer.reply.filled : 0;
  }

  async function undo({ inst, side }: Leg, size: number): Promise<void> {
    const order = { inst, side: opposite[side], qty: size, type: "market" } as const;
    if (size > 0) await client.ask("order_new", order);
  }

  async function look(): Promise<void> {
    for (const strike of strikesOf(client.state.open))
      for (const side of ["sell", "buy"] as const) await trade(strike, side);
  }
  return repeatedly(client, look, everyMs);
};

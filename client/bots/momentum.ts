/** A follower of moves: buys what has risen, sells what has fallen, and closes its position when the move is over. */

import type { Instrument, Side } from "#protocol";
import { midOf } from "../state/books.ts";
import { repeatedly, Rests, type Bot } from "./bot.ts";

/** Looks over which a move is measured, the move in ticks that counts, and the most contracts held. */
const looks = 8;
const moveTicks = 2;
const mostHeld = 5;

export const momentum: Bot = (client, { qty = 1, everyMs } = {}) => {
  /** The last middles of each instrument, oldest first. */
  const middles = new Map<number, number[]>();
  const rests = new Rests();

  /** @returns 1 for a rise, -1 for a fall, 0 for neither */
  function direction({ id, tick_size: tick }: Instrument): number {
    const mid = midOf(client.state.others(id));
    if (mid === null) return 0;
    const seen = [...(middles.get(id) ?? []), mid].slice(-looks);
    middles.set(id, seen);
    const moved = mid - (seen[0] ?? mid);
    return Math.abs(moved) < moveTicks * tick ? 0 : Math.sign(moved);
  }

  async function follow(instrument: Instrument): Promise<void> {
    const { id: inst } = instrument;
    const way = direction(instrument);
    const held = client.state.held(inst);
    if (way === 0 && held !== 0) return take(inst, held > 0 ? "sell" : "buy", Math.abs(held));
    if (way !== 0 && held * way < mostHeld) return take(inst, way > 0 ? "buy" : "sell", qty);
  }

  /** Trades with the best price that is there, and leaves nothing in the book. */
  async function take(inst: number, side: Side, wanted: number): Promise<void> {
    const { bids, asks } = client.state.others(inst);
    const [price, there = 0] = (side === "buy" ? asks : bids)[0] ?? [];
    const size = Math.min(wanted, there, client.state.allowed(inst, side));
    if (price === undefined || size <= 0 || rests.has(inst)) return;
    const order = { inst, side, qty: size, price, tif: "IOC" } as const;
    const answer = await client.ask("order_new", order);
    if (!answer.ok) rests.refused(inst);
  }

  return repeatedly(
    client,
    async () => void (await Promise.all(client.state.open.map(follow))),
    everyMs,
  );
};

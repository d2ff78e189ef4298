/**
 * The house of a round: a trader without a person, who quotes every instrument around its fair value, and one of them off.
 * It quotes anew in each trading step, by the path of everybody's quotes.
 */

import { defaultLimits, limits as bounds, type Request } from "#protocol";
import type { Context } from "../context.ts";
import { newUser, type RoomUser } from "../state.ts";
import { quote } from "../trading/quotes.ts";
import type { Listing } from "./listing.ts";
import { noteOrders } from "./rules/quotes.ts";
import { openRound, revealedIn, type RoundState } from "./state.ts";

const houseName = "House";

/** Seats the house, if the round has one and the room has none yet. */
export function seatHouse(ctx: Context, round: RoundState, ts: number): void {
  if (openRound(round).dealt.house === undefined || houseOf(ctx) !== undefined) return;
  const { state, out } = ctx;
  const userId = state.users.size + 1;
  const taken = new Set([...state.users.values()].map(({ name }) => name));
  let name = houseName;
  for (let n = 2; taken.has(name); n++) name = `${houseName} ${n}`;
  const house = newUser({ userId, name, role: "trader", tokenHash: "" }, defaultLimits, ts);
  Object.assign(house, { tokenHashes: [], isHouse: true });
  state.users.set(userId, house);
  out.toAll({ type: "user_joined", user_id: userId, name, role: "trader" });
}

function houseOf({ state }: Context): RoomUser | undefined {
  return [...state.users.values()].find(({ isHouse, kicked }) => isHouse && !kicked);
}

/** Quotes every instrument anew: a trading step begins. */
export function quoteHouse(ctx: Context, round: RoundState, ts: number): void {
  const { dealt, listings, values } = openRound(round);
  const house = houseOf(ctx);
  if (dealt.house === undefined || house === undefined) return;
  // Limits that the host gave to all traders are not meant for it.
  const { maxPosition, maxOrderQty, maxOpenOrders } = bounds;
  ctx.engine.setLimits(house.userId, { maxPosition, maxOrderQty, maxOpenOrders });
  const { qty, planted } = dealt.house;
  const plant = planted[tradesBefore(round)];
  const scalars = dealt.scalars.length;
  const fair = values({ revealed: revealedIn(round), hands: "none" });
  for (const [place, listing] of listings.entries()) {
    const inst = round.insts[place] as number;
    const mean = fair[place]?.mean ?? 0;
    const off = plant !== undefined && place - scalars === plant.option ? plant.by : 0;
    const request = quoteAround(inst, listing, placed(mean, off, listing), qty);
    const call = { user: house, connection: -1, request, ts, seq: ctx.state.seq, reply() {} };
    quote(ctx, call);
  }
  noteOrders(round, house.userId);
}

/** Trading steps before the present one. */
function tradesBefore(round: RoundState): number {
  const { script } = openRound(round).dealt;
  return script.slice(0, round.step).filter(({ kind }) => kind === "trade").length;
}

/** A price that is off, on the other side where it would leave the instrument's bounds. */
function placed(mean: number, by: number, { minPrice, maxPrice, tickSize }: Listing): number {
  const isInside = (price: number) => price - tickSize >= minPrice && price + tickSize <= maxPrice;
  if (isInside(mean + by)) return mean + by;
  return isInside(mean - by) ? mean - by : mean;
}

/** A bid and an ask a tick apart, around a value. */
function quoteAround(
  inst: number,
  { tickSize, minPrice, maxPrice }: Listing,
  value: number,
  qty: number,
): Request<"quote"> {
  const bid = Math.floor(value / tickSize + 1e-9) * tickSize;
  const low = Math.min(maxPrice - tickSize, Math.max(minPrice, bid));
  const isWorthless = low <= 0 && minPrice === 0;
  return {
    ...{ op: "quote", inst, bid: low, ask: low + tickSize },
    ...{ bid_qty: isWorthless ? 0 : qty, ask_qty: qty },
  };
}

/**
 * Endowments of a round: contracts that a seat is dealt. The engine knows nothing of them, so the room adds them to what it
 * shows and checks: positions, the limit on selling, P&L and files. With them go the ante and what the pot pays.
 */

import type { RoomInstrument, RoomState } from "../state.ts";
import { round6 } from "../units/decimals.ts";
import type { Holding } from "../units/money.ts";
import { isDealt, isSettled, openRound, type RoundState } from "./state.ts";

/** Whose eyes see a number: the holder's own, or everybody's, to whom hands are secret until the settlement. */
export type Eyes = "own" | "all";

/** Contracts of an instrument that the user was dealt, as far as these eyes may see them. */
export function endowedWith(
  { round }: Readonly<RoomState>,
  userId: number,
  inst: number,
  eyes: Eyes,
): number {
  if (round === null || round.progress === "aborted" || !isSeen(round, eyes)) return 0;
  const { endowments } = openRound(round).dealt;
  if (endowments === undefined) return 0;
  const place = round.insts.indexOf(inst);
  return endowments[round.seats.indexOf(userId)]?.[place] ?? 0;
}

/** Money beside the contracts: what the pot pays, once the round is settled, less the ante. */
export function potOf({ round }: Readonly<RoomState>, userId: number, eyes: Eyes): number {
  if (round === null || round.progress === "aborted" || !isSeen(round, eyes)) return 0;
  const seat = round.seats.indexOf(userId);
  return seat < 0 ? 0 : (potShares(round)[seat] ?? 0);
}

function isSeen(round: RoundState, eyes: Eyes): boolean {
  return eyes === "own" ? isDealt(round) : isSettled(round);
}

/** Payments of the pot to each seat, less its ante. */
export function potShares(round: RoundState): number[] {
  const { plan, dealt } = openRound(round);
  const ante = plan.rules.ante ?? 0;
  const pays = isSettled(round) ? dealt.pot?.(heldBySeats(round)) : undefined;
  return round.seats.map((_, seat) => (pays?.[seat] ?? 0) - ante);
}

/** Contracts of each seat by scalar: dealt ones, and bought less sold. */
function heldBySeats(round: RoundState): number[][] {
  const { dealt } = openRound(round);
  return round.seats.map((userId, seat) => {
    const account = round.accounts.find((one) => one.userId === userId);
    return dealt.scalars.map(
      (_, place) => (dealt.endowments?.[seat]?.[place] ?? 0) + (account?.qty[place] ?? 0),
    );
  });
}

/** Worth of a contract before the deal: the price at which an endowment counts as bought. 0 if nobody can count it. */
export function startValue(round: RoundState, place: number): number {
  return openRound(round).values({ revealed: 0, hands: "none" })[place]?.mean ?? 0;
}

/** A holding with the endowment in it. Tick values are 1 in every round, so points are money. */
export function withEndowment(
  { round }: Readonly<RoomState>,
  { inst, settled }: RoomInstrument,
  holding: Holding,
  endowed: number,
): Holding {
  if (round === null || endowed === 0) return holding;
  const { qty, mark } = holding;
  const start = startValue(round, round.insts.indexOf(inst));
  const pnl = round6(holding.pnl + endowed * (mark ?? start));
  if (settled) return { ...holding, realized: pnl, unrealized: 0, pnl };
  const all = qty + endowed;
  const bought = Math.max(0, qty);
  // Sales of an endowment are sales at a gain or loss against its value at the start: what is left has that price still.
  const vwap =
    all === 0 ? 0 : round6((bought * holding.vwap + endowed * start) / (bought + endowed));
  const unrealized = mark === null ? 0 : round6(all * (mark - vwap));
  return { qty: all, vwap, mark, realized: round6(pnl - unrealized), unrealized, pnl };
}

/** Sight of a game, on which a hint may depend: the market and the own part in it, at one moment. */

import type { RoomData } from "#lib/state/room-data.svelte.ts";

export interface Sight {
  /** Seconds since the trading began. */
  readonly seconds: number;
  /** Seconds that are left of it. */
  readonly left: number;
  readonly canTrade: boolean;
  /** Whether an own bid, and an own ask, rest in the instrument that counts. */
  readonly hasBid: boolean;
  readonly hasAsk: boolean;
  /** Own trades so far, and those in which the own order was resting. */
  readonly fills: number;
  readonly quotedFills: number;
  /** Own position with the largest size. */
  readonly position: number;
  /** Number of the last trades in a row that were on the same side, with an own order resting. */
  readonly streak: number;
  /** Cards of the table that were turned. */
  readonly turned: number;
  readonly isRevealing: boolean;
  /** Own trades in options. */
  readonly optionFills: number;
  /** Ask below, or bid above, the value that is told, by more than a point: the instrument's symbol; null: none. */
  readonly bargain: string | null;
}

const bargainPoints = 1;

/** @param begunMs when the trading began, in the page's time; null: not yet */
export function sightOf(room: RoomData, begunMs: number | null, now: number): Sight {
  const { round, fills, orders, instruments } = room;
  const inRound = instruments.filter(({ settled }) => !settled);
  const main = inRound[0]?.id;
  const left = round?.step.ends_at == null ? 0 : round.step.ends_at - (now + room.clockOffsetMs);
  const positions = room.positions.map(({ qty }) => qty);
  const isMaker = (liquidity: string) => liquidity === "maker";
  const streaking = fills.findIndex(
    ({ side, liquidity }) => side !== fills[0]?.side || !isMaker(liquidity),
  );
  return {
    seconds: begunMs === null ? 0 : Math.max(0, (now - begunMs) / 1_000),
    left: Math.max(0, left / 1_000),
    canTrade: round?.state === "running" && round.step.kind === "trade",
    hasBid: orders.some(({ inst, side }) => inst === main && side === "buy"),
    hasAsk: orders.some(({ inst, side }) => inst === main && side === "sell"),
    fills: fills.length,
    quotedFills: fills.filter(({ liquidity }) => isMaker(liquidity)).length,
    position: positions.reduce((most, qty) => (Math.abs(qty) > Math.abs(most) ? qty : most), 0),
    streak: streaking === -1 ? fills.length : streaking,
    turned: round?.table.length ?? 0,
    isRevealing: round?.step.kind === "reveal",
    optionFills: fills.filter(({ inst }) => room.instrument(inst)?.reference_id != null).length,
    bargain: bargainIn(room),
  };
}

/** The first instrument that is offered below what it is worth, or bid for above, by what the page is told. */
function bargainIn(room: RoomData): string | null {
  const values = room.handFair?.values ?? room.tableFair?.values ?? [];
  for (const { inst, mean } of values) {
    const { bids, asks } = room.market(inst);
    const [bid, ask] = [bids[0]?.[0], asks[0]?.[0]];
    const own = (price: number | undefined) =>
      room.orders.some((order) => order.inst === inst && order.price === price);
    if (ask !== undefined && !own(ask) && ask < mean - bargainPoints)
      return room.instrument(inst)?.symbol ?? null;
    if (bid !== undefined && !own(bid) && bid > mean + bargainPoints)
      return room.instrument(inst)?.symbol ?? null;
  }
  return null;
}

/**
 * Losses at the worst settlement of each underlying. Underlyings settle independently of each other, so a user's worst
 * P&L is the sum of the worst P&L in each. The arithmetic of one position is in trading/settlement.ts.
 */

import type { Instrument, Position } from "#protocol";
import { tidy } from "#lib/trading/grid.ts";
import {
  settlementBounds,
  extremes,
  outwards,
  payoffAt,
  turningPoints,
  type Extreme,
  type PayoffPosition,
} from "#lib/trading/settlement.ts";

/** The positions that make a loss unbounded: in the underlying itself, or options sold. */
export type LossCause = "scalar" | "options";
export interface EndlessLoss {
  end: "above" | "below";
  /** Money lost with each further point. */
  perPoint: number;
  causes: LossCause[];
}

/** One underlying with its options, for one trader or the whole room. */
export interface FamilyExposure {
  underlying: Instrument;
  /** The worst P&L, realised P&L included, and its settlement; -Infinity if the loss is unbounded. */
  worst: Extreme;
  /** Empty if the loss is bounded. */
  endless: EndlessLoss[];
}

export interface Exposure {
  /** Money over all underlyings, with settled instruments at their P&L, and with what is elsewhere. */
  worst: number;
  /** The underlyings with an open position. */
  families: FamilyExposure[];
}

type FamilyPosition = PayoffPosition & { instrument: Instrument };

/** P&L of a person that is in none of these positions: of rounds that are over, and of a pot. @param total of everything */
export function pnlElsewhere(total: number, positions: readonly Position[]): number {
  return tidy(
    positions.reduce(
      (rest, { realized_pnl, unrealized_pnl }) => rest - realized_pnl - unrealized_pnl,
      total,
    ),
  );
}

/**
 * Everybody's exposure by user id.
 *
 * @param totals of everybody's P&L; a user who is not in it has none beside the positions
 */
export function exposures(
  instruments: readonly Instrument[],
  everybody: readonly Position[],
  totals: ReadonlyMap<number, number> = new Map(),
): Map<number, Exposure> {
  const families = familiesOf(instruments, everybody);
  const all = new Map<number, Exposure>();
  for (const { underlying, byUser } of families)
    for (const [userId, positions] of byUser) {
      const exposure = all.get(userId) ?? { worst: 0, families: [] };
      const family = exposureIn(underlying, positions);
      exposure.worst += family.worst.money;
      if (positions.some((position) => position.qty !== 0)) exposure.families.push(family);
      all.set(userId, exposure);
    }
  const byUser = Map.groupBy(everybody, ({ user_id: userId = -1 }) => userId);
  for (const [userId, exposure] of all) {
    const total = totals.get(userId);
    if (total !== undefined) exposure.worst += pnlElsewhere(total, byUser.get(userId) ?? []);
    exposure.worst = tidyMoney(exposure.worst);
  }
  return all;
}

/**
 * The sum that the losers lose when an underlying settles at the value that is worst for them, for each underlying. P&L
 * sums to zero, so no settlement moves more money between users.
 */
export function roomExposure(
  instruments: readonly Instrument[],
  everybody: readonly Position[],
): FamilyExposure[] {
  return familiesOf(instruments, everybody).flatMap(({ underlying, byUser }) => {
    const people = [...byUser.values()];
    if (!people.flat().some((position) => position.qty !== 0)) return [];
    const endless = (["above", "below"] as const).flatMap((end): EndlessLoss[] => {
      const found = people.flatMap((positions) => endlessIn(underlying, positions, end));
      const perPoint = found.reduce((sum, one) => sum + one.perPoint, 0);
      return found.length === 0 ? [] : [{ end, perPoint, causes: [] }];
    });
    // The P&L of each user is a straight line between two turning points. So the sum of the losses is convex there, and
    // largest at one of the two points.
    const lost = turningPoints(people.flat(), settlementBounds(underlying)).map((at): Extreme => {
      const losses = people.map((positions) => Math.min(0, payoffAt(positions, at)));
      return { at, money: losses.reduce((sum, loss) => sum + loss, 0) };
    });
    const most = lost.reduce((worst, one) => (one.money < worst.money ? one : worst));
    const worst =
      endless.length === 0
        ? { at: most.at, money: tidyMoney(most.money) }
        : { at: endless[0]?.end === "above" ? Infinity : -Infinity, money: -Infinity };
    return [{ underlying, worst, endless }];
  });
}

function exposureIn(underlying: Instrument, positions: readonly FamilyPosition[]): FamilyExposure {
  const { at, money } = extremes(positions, settlementBounds(underlying)).worst;
  const endless = (["above", "below"] as const).flatMap((end) =>
    endlessIn(underlying, positions, end),
  );
  return { underlying, worst: { at, money: tidyMoney(money) }, endless };
}

function endlessIn(
  underlying: Instrument,
  positions: readonly FamilyPosition[],
  end: EndlessLoss["end"],
): EndlessLoss[] {
  const bounds = settlementBounds(underlying);
  if (Number.isFinite(end === "above" ? bounds.max : bounds.min)) return [];
  const gain = outwards(positions, end === "above" ? "high" : "low");
  if (gain >= 0) return [];
  const drives = positions.filter(
    (position) => outwards([position], end === "above" ? "high" : "low") < 0,
  );
  const causes = new Set(
    drives.map(({ instrument }): LossCause => {
      return instrument.type === "SCALAR" ? "scalar" : "options";
    }),
  );
  return [{ end, perPoint: tidy(-gain), causes: [...causes] }];
}

/**
 * Positions by underlying and user. A settled instrument counts as a sum of money: no settlement changes it any more.
 */
function familiesOf(instruments: readonly Instrument[], everybody: readonly Position[]) {
  const byId = new Map(instruments.map((one) => [one.id, one]));
  const families = new Map<
    number,
    { underlying: Instrument; byUser: Map<number, FamilyPosition[]> }
  >();
  for (const { inst, user_id: userId = -1, qty, vwap, ...pnl } of everybody) {
    const instrument = byId.get(inst);
    const underlying = instrument && byId.get(instrument.reference_id ?? inst);
    if (!instrument || !underlying) continue;
    const family = families.get(underlying.id) ?? {
      underlying,
      byUser: new Map<number, FamilyPosition[]>(),
    };
    families.set(underlying.id, family);
    const position = instrument.settled
      ? { instrument, qty: 0, vwap: 0, realized: pnl.realized_pnl + pnl.unrealized_pnl }
      : { instrument, qty, vwap, realized: pnl.realized_pnl };
    family.byUser.set(userId, [...(family.byUser.get(userId) ?? []), position]);
  }
  return [...families.values()];
}

function tidyMoney(money: number): number {
  return Number.isFinite(money) ? tidy(money) : money;
}

/** The choice of a deal that has something to teach: among some drawn seeds the one whose own hand says most. */

import { SeededStream } from "#game/dealing/random.ts";
import { momentsOf } from "#game/fair/distribution.ts";
import { plannedOf } from "#game/formats/planned.ts";

/** Seeds that are drawn: the best of so many hands is unusual, and differs from game to game. */
const drawnMost = 8;

/**
 * @param seat place of the own hand among `seats`
 * @param draw makes a seed
 * @returns the drawn seed by which the own hand moves the first value furthest; any, if nobody can count that
 */
export function tellingSeed(
  game: { readonly format: string; readonly params: Record<string, unknown> },
  { seat, seats }: { seat: number; seats: number },
  draw: () => string,
): string {
  const plan = plannedOf({ id: game.format, params: game.params });
  if (typeof plan === "string") return draw();
  const told = (seed: string) => {
    const { deal, fair } = plan.deal(new SeededStream(seed), seats);
    const meanBy = (isKnown: (at: number) => boolean) => {
      const hands = deal.hands.map((hand, at) => (isKnown(at) ? hand : null));
      const values = fair(0, { hands, table: [] });
      return values === null ? 0 : momentsOf(values).mean;
    };
    return Math.abs(meanBy((at) => at === seat) - meanBy(() => false));
  };
  const drawn = Array.from({ length: drawnMost }, draw).map((seed) => ({ seed, by: told(seed) }));
  return drawn.reduce((best, one) => (one.by > best.by ? one : best)).seed;
}

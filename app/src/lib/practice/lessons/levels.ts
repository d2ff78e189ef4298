/** The levels of practice, in the order in which they are played. */

import { information } from "./levels/information.ts";
import { inventory } from "./levels/inventory.ts";
import { options } from "./levels/options.ts";
import { parity } from "./levels/parity.ts";
import { selection } from "./levels/selection.ts";
import { spread } from "./levels/spread.ts";
import type { Level } from "./levels/level.ts";

export const levels: readonly Level[] = [
  spread,
  inventory,
  selection,
  information,
  options,
  parity,
];

export const levelOf = (id: string): Level | undefined => levels.find((one) => one.id === id);

/** The level that comes next: the first that was not won yet; null: all are won. */
export function nextLevel(won: (id: string) => boolean): Level | null {
  return levels.find(({ id }) => !won(id)) ?? null;
}

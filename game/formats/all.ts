/** All formats. A new one is a file and a line here. */

import { cardSum } from "./card-sum.ts";
import { dice } from "./dice.ts";
import type { Format } from "./format.ts";
import { free } from "./free.ts";
import { goalSuit } from "./goal-suit.ts";
import { numbers } from "./numbers.ts";
import { parity } from "./parity.ts";
import { quiz } from "./quiz.ts";
import { seventeen } from "./seventeen.ts";
import { suits } from "./suits.ts";
import { walk } from "./walk.ts";
import { width } from "./width.ts";

/** In the order in which a host chooses among them. */
export const formats: readonly Format[] = [
  ...[cardSum, seventeen, dice, suits, numbers, quiz, width, walk, parity, goalSuit, free],
];

const byId = new Map(formats.map((one) => [one.id, one]));

/** The format of an id; undefined: there is none. */
export function formatOf(id: string): Format | undefined {
  return byId.get(id);
}

import { expect, test } from "vitest";
import type { Instrument } from "#protocol";
import { foldedFrom, Strips } from "./strips.svelte.ts";

const scalar = (id: number) => ({ id, reference_id: null }) as Instrument;
const strip = (of: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: 100 * of + n, reference_id: of }) as Instrument);

test("a long strip is folded until it is opened, a short one is open until it is folded", () => {
  const short = strip(1, foldedFrom);
  const long = strip(2, foldedFrom + 1);
  const strips = new Strips(() => [scalar(1), ...short, scalar(2), ...long, scalar(3)]);
  expect([1, 2, 3].map((id) => strips.sizeOf(id))).toEqual([foldedFrom, foldedFrom + 1, 0]);
  expect(strips.shown).toEqual([scalar(1), ...short, scalar(2), scalar(3)]);
  strips.fold(2, false);
  strips.fold(1, true);
  expect(strips.shown).toEqual([scalar(1), scalar(2), ...long, scalar(3)]);
});

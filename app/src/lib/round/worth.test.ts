import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { worthOf } from "./worth.ts";

const value = (inst: number, mean: number) => ({ inst, mean, sd: 2.04, exact: true });
const fair = (values: Message<"fair">["values"]): Message<"fair"> => ({
  ...{ type: "fair", round: 1, knows: "table", values },
});
const scalar = (id: number) => ({ id, symbol: `S${id}`, type: "SCALAR" as const });

test("scalars are told with mean and deviation, and options are not", () => {
  const listed = [scalar(1), { id: 2, symbol: "S1 10C", type: "CALL" as const }];
  expect(worthOf(fair([value(1, 61.25), value(2, 3)]), listed)).toEqual(["S1 61.3 ± 2.0"]);
});

test("without values, or for instruments that are gone, nothing is told", () => {
  expect(worthOf(null, [scalar(1)])).toEqual([]);
  expect(worthOf(fair([value(9, 1)]), [scalar(1)])).toEqual([]);
});

test("of many scalars the first ones are told", () => {
  const listed = [1, 2, 3, 4, 5, 6, 7].map(scalar);
  expect(worthOf(fair(listed.map(({ id }) => value(id, id))), listed)).toHaveLength(5);
});

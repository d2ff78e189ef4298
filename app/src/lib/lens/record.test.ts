import { expect, test } from "vitest";
import type { Instrument } from "#protocol";
import type { Violation } from "./violations.ts";
import { LensRecord } from "./record.svelte.ts";

const instrument = (id: number) => ({ id }) as Instrument;
const vertical = (inst: number, locks: number, price = 5): Violation => ({
  ...{ kind: "vertical", inst, locks, sets: 3 },
  legs: [
    { side: "buy", instrument: instrument(inst), count: 1, price },
    { side: "sell", instrument: instrument(inst + 1), count: 1, price: price + locks },
  ],
});

test("the best moment of each set of trades stays, whatever comes later", () => {
  const record = new LensRecord();
  record.note([vertical(2, 1)], 10);
  record.note([vertical(2, 3, 4), vertical(7, 2)], 20);
  record.note([vertical(2, 2)], 30);
  record.note([], 40);
  expect(record.byInst.get(2)).toEqual([{ ...vertical(2, 3, 4), at: 20 }]);
  expect(record.byInst.get(7)).toEqual([{ ...vertical(7, 2), at: 20 }]);
});

test("other trades in the same row are kept beside it", () => {
  const record = new LensRecord();
  const butterfly: Violation = { ...vertical(2, 1), kind: "butterfly" };
  record.note([vertical(2, 1), butterfly], 10);
  expect(record.byInst.get(2)).toHaveLength(2);
});

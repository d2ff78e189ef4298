import { expect, test } from "vitest";
import { addVolume, type VolumeByPrice } from "./volume.ts";
import { priceKey } from "./grid.ts";

test("adds up at each price, also below zero", () => {
  const at = new Map<string, number>();
  for (const price of [-0.5, 10.1, -0.5]) addVolume({ at, step: null }, { price, qty: 2 }, 0.1);
  expect([...at]).toEqual([
    [priceKey(-0.5), 4],
    [priceKey(10.1), 2],
  ]);
});

test("beyond 500 prices neighbours are put together, each group at its lowest price, and nothing is lost", () => {
  const at = new Map<string, number>();
  let step: VolumeByPrice["step"] = null;
  for (let i = 0; i < 1_001; i++)
    step = addVolume({ at, step }, { price: i / 10 - 50, qty: 1 }, 0.1);
  expect(step).toBe(0.4);
  expect(at.size).toBe(251);
  expect(at.get(priceKey(-50))).toBe(4);
  expect(at.get(priceKey(50))).toBe(1);
  expect([...at.values()].reduce((sum, qty) => sum + qty)).toBe(1_001);
});

test("goes on in the groups of the exchange", () => {
  const at = new Map([[priceKey(-0.2), 5]]);
  expect(addVolume({ at, step: 0.2 }, { price: -0.1, qty: 1 }, 0.1)).toBe(0.2);
  expect([...at]).toEqual([[priceKey(-0.2), 6]]);
});

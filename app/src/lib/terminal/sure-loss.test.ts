import { expect, test } from "vitest";
import type { Instrument } from "#protocol";
import { FakeRoom } from "./fake-room.ts";
import { sureLoss, worthRange } from "./sure-loss.ts";

const jar = { min_price: 0, max_price: 100, tick_size: 1 };
const endless = { min_price: -1_000_000_000, max_price: 1_000_000_000, tick_size: 1 };

test("an option is worth what its underlying's bounds leave it", () => {
  expect(worthRange({ type: "CALL", strike: 60 }, jar)).toEqual([0, 40]);
  expect(worthRange({ type: "PUT", strike: 60 }, jar)).toEqual([0, 60]);
  expect(worthRange({ type: "CALL", strike: -20 }, jar)).toEqual([20, 120]);
  expect(worthRange({ type: "SCALAR", strike: null }, jar)).toEqual([0, 100]);
  expect(worthRange({ type: "CALL", strike: 60 }, endless)).toEqual([0, Infinity]);
  expect(worthRange({ type: "PUT", strike: 60 }, endless)).toEqual([0, Infinity]);
});

test("what no settlement can bring back is said with the bound that it breaks; what one can is not", () => {
  const room = new FakeRoom();
  const [underlying] = room.instruments as [Instrument];
  Object.assign(underlying, { ...jar, id: 1 });
  const option = (type: "CALL" | "PUT", strike: number): Instrument => ({
    ...underlying,
    ...{ id: 2, type, strike, reference_id: 1, tick_size: 0.25 },
  });
  const loss = (side: "buy" | "sell", price: number, instrument = option("CALL", 60)) =>
    sureLoss(room, { instrument, side, price });
  expect(loss("buy", 40)).toBeNull();
  expect(loss("buy", 40.25)).toBe("A sure loss: it settles at 40.00 at most.");
  expect(loss("sell", 0)).toBeNull();
  expect(loss("sell", -0.25)).toBe("A sure loss: it settles at 0.00 at least.");
  expect(loss("sell", 19.75, option("CALL", -20))).toBe(
    "A sure loss: it settles at 20.00 at least.",
  );
  expect(loss("buy", 60.25, option("PUT", 60))).toMatch(/60.00 at most/);
  expect(sureLoss(room, null)).toBeNull();
  expect(
    sureLoss(new FakeRoom(), {
      instrument: { ...option("CALL", 60), reference_id: 9 },
      side: "buy",
      price: 1e6,
    }),
  ).toBeNull();
});

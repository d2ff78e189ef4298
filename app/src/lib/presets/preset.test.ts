import { expect, test } from "vitest";
import { limits, type Instrument } from "#protocol";
import { instrument as listed } from "#lib/trading/testing/instruments.ts";
import { parsePresets, presetOf, withPreset, writePresets } from "./preset.ts";

const instrument = (id: number, rest: Partial<Instrument>) =>
  listed(id, {
    ...{ lot_size: 2, tick_value: 5 },
    ...{ min_price: -0.5 * limits.priceTicks, max_price: 0.5 * limits.priceTicks },
    ...rest,
  });
const room = {
  instruments: [
    instrument(1, {
      ...{ symbol: "SUM", description: "All cards", max_price: 91, settled: true },
      opening_price: 45.5,
    }),
    instrument(3, { symbol: "DRAFT", hidden: true }),
    instrument(2, {
      ...{ symbol: "SUM 60C", type: "CALL", reference_id: 1, strike: 60, halted: true },
      // Between two ticks since the tick has changed: a room would refuse it.
      opening_price: 1.2,
    }),
  ],
  limits: {
    ...{ max_position: 50, max_order_qty: 10, max_open_orders: 5, max_loss: null },
    orders_per_sec: 20,
  },
  settings: { on_disconnect: "cancel", lens: "after", mark_lots: 8 },
} as const;
const saved = presetOf("Cards", 5, room);

test("keeps every field of the set-up and none of what was traded", () => {
  expect(saved).toEqual({
    name: "Cards",
    savedAt: 5,
    instruments: [
      {
        ...{ symbol: "SUM", description: "All cards", type: "SCALAR", tick_size: 0.5 },
        ...{ lot_size: 2, tick_value: 5, max_price: 91, opening_price: 45.5, halted: false },
      },
      {
        ...{ symbol: "SUM 60C", type: "CALL", underlying: "SUM", strike: 60, tick_size: 0.5 },
        ...{ lot_size: 2, tick_value: 5, halted: true },
      },
    ],
    limits: room.limits,
    settings: { on_disconnect: "cancel", lens: "after", mark_lots: 8, start: "lobby" },
  });
});

test("survives storage, and a namesake takes the place of the first", () => {
  const again = { ...saved, savedAt: 9 };
  const other = { ...saved, name: "Alpha" };
  const all = withPreset(withPreset([saved], other), again);
  expect(all.map(({ name, savedAt }) => [name, savedAt])).toEqual([
    ["Alpha", 5],
    ["Cards", 9],
  ]);
  expect(parsePresets(writePresets(all))).toEqual(all);
});

test.each([null, "", "not json", "[]", "7", '{"version":1}', '{"version":2,"presets":[]}'])(
  "%j counts as nothing saved",
  (text) => expect(parsePresets(text)).toEqual([]),
);

test("one saved before a setting was the host's choice has what rooms of its day had, and a lobby", () => {
  const { on_disconnect } = saved.settings;
  const settings = { on_disconnect };
  const text = JSON.stringify({ version: 1, presets: [{ ...saved, settings }] });
  expect(parsePresets(text)[0]?.settings).toEqual({
    ...settings,
    lens: "off",
    start: "lobby",
    mark_lots: limits.markLotsOfPages,
  });
});

test("what is broken does not take the rest along", () => {
  const broken = [null, {}, { ...saved, name: " " }, { ...saved, instruments: [{ symbol: 1 }] }];
  const text = JSON.stringify({ version: 1, presets: [...broken, saved] });
  expect(parsePresets(text)).toEqual([saved]);
  expect(parsePresets(writePresets([saved]).replace('"version":1', '"version":2'))).toEqual([]);
});

import { expect, test } from "vitest";
import { defaultPlaySettings, type Instrument, type Message } from "#protocol";
import type { Preset } from "#lib/presets/preset.ts";
import type { Command } from "#lib/state/room-client.svelte.ts";
import { applyPreset, fits } from "./apply-preset.ts";

const fields = { tick_size: 1, lot_size: 1, tick_value: 1, halted: false };
const preset: Preset = {
  ...{ name: "Cards", savedAt: 0 },
  settings: { on_disconnect: "keep", lens: "off", mark_lots: 5, start: "lobby" },
  instruments: [
    { symbol: "A", type: "SCALAR", ...fields },
    { symbol: "B", type: "SCALAR", ...fields },
    { symbol: "B 10C", type: "CALL", underlying: "B", strike: 10, ...fields },
  ],
  limits: {
    ...{ max_position: 9, max_order_qty: 8, max_open_orders: 7, max_loss: null },
    orders_per_sec: 6,
  },
};
const there = (id: number, symbol: string) => ({ id, symbol }) as Instrument;

function room(instruments: Instrument[], refuse?: string) {
  const sent: Command[] = [];
  let next = instruments.length;
  const send = (command: Command): Promise<Message> => {
    sent.push(command);
    if (command.op !== "add_instrument") return Promise.resolve({ type: "limits" } as Message);
    return Promise.resolve(
      command.symbol === refuse
        ? ({ type: "error", message: "No." } as Message)
        : ({ type: "instrument_added", inst: ++next } as Message),
    );
  };
  return { instruments, lens: "off" as const, settings: defaultPlaySettings, send, sent };
}

test("lists everything with the ids of this room, then sets the limits", async () => {
  const target = room([]);
  const seen: number[] = [];
  expect(await applyPreset(preset, target, (done) => seen.push(done))).toBeNull();
  expect(seen).toEqual([0, 1, 2]);
  expect(target.sent.at(2)).toEqual({
    ...{ op: "add_instrument", symbol: "B 10C", type: "CALL", strike: 10, reference_id: 2 },
    ...fields,
  });
  expect(target.sent.at(3)).toEqual({
    ...{ op: "set_limits", max_position: 9, max_order_qty: 8, max_open_orders: 7, max_loss: 0 },
    orders_per_sec: 6,
  });
});

test("gives the room the preset's settings of the game, where it has others", async () => {
  const target = room([]);
  const settings = { ...preset.settings, scoring: "rank" } as const;
  expect(await applyPreset({ ...preset, settings }, target, () => {})).toBeNull();
  expect(target.sent.at(-1)).toEqual({ op: "settings", scoring: "rank" });
});

test("sets the lens where the room has another", async () => {
  const target = room([]);
  const settings = { ...preset.settings, lens: "after" } as const;
  expect(await applyPreset({ ...preset, settings }, target, () => {})).toBeNull();
  expect(target.sent.at(-1)).toEqual({ op: "set_lens", lens: "after" });
});

test("stops at a refusal, and goes on from there", async () => {
  expect(await applyPreset(preset, room([], "B"), () => {})).toBe("No.");
  const half = room([there(7, "B")]);
  expect(fits(preset, half.instruments)).toBe(true);
  expect(await applyPreset(preset, half, () => {})).toBeNull();
  expect(
    half.sent.map((one) => (one.op === "add_instrument" ? [one.symbol, one.reference_id] : one.op)),
  ).toEqual([["A", undefined], ["B 10C", 7], "set_limits"]);
});

test("a room with something else in it is left alone, and an option without its scalar said", async () => {
  expect(fits(preset, [there(1, "OTHER")])).toBe(false);
  const lost = { ...preset, instruments: preset.instruments.slice(2) };
  const target = room([]);
  expect(await applyPreset(lost, target, () => {})).toMatch(/B 10C/);
  expect(target.sent).toEqual([]);
});

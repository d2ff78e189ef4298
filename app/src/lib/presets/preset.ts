/**
 * A preset, the host's saved set-up of a room: instruments, limits and settings, without people and prices. Presets
 * that are broken in the storage are left out.
 */

import * as v from "valibot";
import {
  limits,
  playSettingsFields,
  type Instrument,
  type Limits,
  type PlaySettings,
  type RoomStats,
} from "#protocol";
import { gridOf } from "#lib/trading/grid.ts";
import { settlementBounds } from "#lib/trading/settlement.ts";

/** Version of the stored form. Presets of another version are left out. */
const VERSION = 1;
export const MOST_PRESETS = 30;
export const NAME_LENGTH = limits.roomNameLength;

const number = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** The fields of `add_instrument`, but the underlying is named by its symbol: instrument ids differ by room. */
const listingSchema = v.object({
  symbol: v.pipe(v.string(), v.minLength(1), v.maxLength(limits.symbolLength)),
  description: v.optional(v.pipe(v.string(), v.maxLength(limits.descriptionLength))),
  type: v.picklist(["SCALAR", "CALL", "PUT"]),
  tick_size: number,
  lot_size: number,
  tick_value: number,
  underlying: v.optional(v.string()),
  strike: v.optional(number),
  min_price: v.optional(number),
  max_price: v.optional(number),
  opening_price: v.optional(number),
  halted: v.boolean(),
});

const presetSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(NAME_LENGTH)),
  /** Time of saving, Unix ms. */
  savedAt: count,
  instruments: v.pipe(v.array(listingSchema), v.maxLength(limits.instruments)),
  limits: v.object({
    max_position: count,
    max_order_qty: count,
    max_open_orders: count,
    max_loss: v.nullable(number),
    orders_per_sec: count,
  }),
  settings: v.object({
    on_disconnect: v.picklist(["keep", "cancel"]),
    /** This and the next are absent in presets that are older than the setting. */
    lens: v.optional(v.picklist(["off", "after", "always"]), "off"),
    mark_lots: v.optional(
      v.pipe(count, v.minValue(1), v.maxValue(limits.markLots)),
      limits.markLotsOfPages,
    ),
    /** Rooms of the pages gather first. */
    start: v.optional(v.picklist(["lobby", "open"]), "lobby"),
    /** Absent in presets that are older than these settings: then the room's stay. */
    ...playSettingsFields,
  }),
});
export type Preset = v.InferOutput<typeof presetSchema>;
export type PresetListing = Preset["instruments"][number];

const storedSchema = v.object({ version: v.literal(VERSION), presets: v.array(v.unknown()) });

/** Reads stored presets, sorted by name, without broken ones. */
export function parsePresets(text: string | null): Preset[] {
  let raw: unknown;
  try {
    raw = JSON.parse(text ?? "null");
  } catch {
    return [];
  }
  const stored = v.safeParse(storedSchema, raw);
  if (!stored.success) return [];
  const byName = new Map<string, Preset>();
  for (const one of stored.output.presets) {
    const preset = v.safeParse(presetSchema, one);
    if (preset.success) byName.set(preset.output.name, preset.output);
  }
  return sorted([...byName.values()]);
}

export function writePresets(presets: readonly Preset[]): string {
  return JSON.stringify({ version: VERSION, presets });
}

/** The presets with this one; it replaces a preset of the same name. */
export function withPreset(presets: readonly Preset[], preset: Preset): Preset[] {
  return sorted([...presets.filter((one) => one.name !== preset.name), preset]);
}

function sorted(presets: Preset[]): Preset[] {
  return presets.sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * The preset of a room as it is now. A settled instrument is saved as an open one, for the next game. A
 * hidden one is left out, unless an option that is shown needs it.
 */
export function presetOf(
  name: string,
  savedAt: number,
  room: {
    instruments: readonly Instrument[];
    limits: Limits;
    settings: Pick<RoomStats["settings"], "on_disconnect" | "lens" | "mark_lots"> &
      Partial<PlaySettings>;
  },
): Preset {
  const symbols = new Map(room.instruments.map((one) => [one.id, one.symbol]));
  const underlyings = new Set(room.instruments.map((one) => !one.hidden && one.reference_id));
  const kept = room.instruments.filter((one) => !one.hidden || underlyings.has(one.id));
  const instruments = kept.map((one): PresetListing => {
    const { min, max } = settlementBounds(one);
    const { symbol, description, type, tick_size, lot_size, tick_value, strike, halted } = one;
    // An opening price that a change of the tick has left between two ticks would be refused.
    const opening =
      one.opening_price !== null && gridOf(tick_size).holds(one.opening_price)
        ? one.opening_price
        : null;
    const underlying = one.reference_id === null ? undefined : symbols.get(one.reference_id);
    return {
      symbol,
      ...(description !== null && { description }),
      ...{ type, tick_size, lot_size, tick_value },
      ...(underlying !== undefined && { underlying }),
      ...(strike !== null && { strike }),
      ...(Number.isFinite(min) && { min_price: min }),
      ...(Number.isFinite(max) && { max_price: max }),
      ...(opening !== null && { opening_price: opening }),
      halted: halted && !one.settled,
    };
  });
  const { max_position, max_order_qty, max_open_orders, max_loss, orders_per_sec } = room.limits;
  return {
    ...{ name, savedAt, instruments },
    limits: { max_position, max_order_qty, max_open_orders, max_loss, orders_per_sec },
    settings: { ...room.settings, start: "lobby" },
  };
}

/**
 * Choices that the terminal keeps in this browser. Those for all rooms are one reactive object, described by one
 * schema; those of a single room are its open ladders, sizes and views.
 */

import * as v from "valibot";
import { browserStore } from "#lib/storage.ts";
import { usualGuard } from "#lib/terminal/orders/press-guard.svelte.ts";
import { MAX_LADDERS } from "./ladders.ts";

const KEY = "mmg.terminal";
const MAX_ROOMS = 8;

export const DEFAULT_PRESETS: readonly number[] = [1, 5, 10, 25, 100];
/** Intervals at which ladders may recentre by the clock; 0: never. */
export const recentreSeconds = [0, 5, 10, 30] as const;
export type RecentreSeconds = (typeof recentreSeconds)[number];

export /** `columns`: bids are bought, asks sold. `buttons`: on either, the left button buys and the right one sells. */
const mouseSchemes = ["columns", "buttons"] as const;

export type MouseScheme = (typeof mouseSchemes)[number];

/** Units of P&L. Money: realised and unrealised. Ticks a contract, percent of the price paid: unrealised only. */
export const pnlUnits = ["money", "ticks", "percent"] as const;

export type PnlUnit = (typeof pnlUnits)[number];

/** The rest of an order that takes a shown price, by button, key or chain: it is cancelled, or waits in the book. */
export const takingRests = ["cancel", "rest"] as const;

export type TakingRest = (typeof takingRests)[number];

export const chainColumns = [
  "position",
  "working",
  "last",
  "delta",
  "theo",
  "edge",
  "size",
] as const;

export type ChainColumn = (typeof chainColumns)[number];

/** The chain's columns before the user has chosen. */
export const usualColumns: readonly ChainColumn[] = ["position", "working", "last", "size"];

/** Columns that are added by themselves with the user's first view of an underlying. */
export const viewColumns: readonly ChainColumn[] = ["theo", "edge"];

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const notNegative = v.pipe(v.number(), v.finite(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const deviation = v.pipe(finite, v.minValue(0));

const roomSchema = v.object({
  code: v.string(),
  /** Open ladders by instrument; null: not chosen yet, so ladders open by themselves. */
  ladders: v.fallback(v.nullable(v.pipe(v.array(id), v.maxLength(MAX_LADDERS))), null),
  /** The round in which the ladders were chosen. */
  round: v.fallback(v.nullable(id), null),
  chain: v.fallback(v.nullable(v.boolean()), null),
  /** Sizes by `sizeKey`. */
  sizes: v.fallback(v.array(v.tuple([v.string(), size])), []),
  /** Ticks in a row of the ladder, by instrument; absent: one. */
  groups: v.fallback(v.array(v.tuple([id, size])), []),
  /** The user's views: id of the underlying, mean and deviation. */
  views: v.fallback(v.array(v.tuple([id, v.nullable(finite), v.nullable(deviation)])), []),
});

/** The choices for all rooms; each is declared only here. */
const choices = {
  /** Whether the simple view shows; null: not chosen yet, so it does on phones. */
  simple: v.fallback(v.nullable(v.boolean()), null),
  armed: v.fallback(v.boolean(), true),
  sound: v.fallback(v.boolean(), false),
  cumulative: v.fallback(v.boolean(), false),
  /** Index of the size preset that the right mouse button sends; null: the button is the browser's. */
  secondSize: v.fallback(v.nullable(v.pipe(id, v.maxValue(DEFAULT_PRESETS.length - 1))), null),
  /** The effect of the mouse's buttons on a ladder. */
  mouseScheme: v.fallback(v.picklist(mouseSchemes), "columns"),
  takingRest: v.fallback(v.picklist(takingRests), "cancel"),
  /** The guard before unusual orders: see `GuardSettings`. */
  guard: v.fallback(v.boolean(), usualGuard.guard),
  guardQty: v.fallback(v.nullable(size), usualGuard.guardQty),
  guardTicks: v.fallback(id, usualGuard.guardTicks),
  guardPercent: v.fallback(notNegative, usualGuard.guardPercent),
  lens: v.fallback(v.boolean(), false),
  follows: v.fallback(v.boolean(), true),
  /** Interval at which ladders recentre by the clock; 0: never. */
  recentreSeconds: v.fallback(v.picklist(recentreSeconds), 0),
  changes: v.fallback(v.boolean(), false),
  /** Whether the size goes back to the first preset after each order by a click. */
  firstSize: v.fallback(v.boolean(), false),
  /** Whether quotes of the grid, and those of the form beside the order, are post-only. */
  gridPostOnly: v.fallback(v.boolean(), true),
  quotePostOnly: v.fallback(v.boolean(), false),
  /** Whether a step of a quote refills what was taken of it. */
  stepsRefill: v.fallback(v.boolean(), false),
  pnlUnit: v.fallback(v.picklist(pnlUnits), "money"),
  /** The chain's columns, in their order on the screen. */
  chainColumns: v.fallback(v.array(v.picklist(chainColumns)), [...usualColumns]),
  /** Whether the columns of a view have been added once: from then on they are the user's choice. */
  viewColumnsCame: v.fallback(v.boolean(), false),
  presets: v.fallback(v.pipe(v.array(size), v.length(DEFAULT_PRESETS.length)), [
    ...DEFAULT_PRESETS,
  ]),
};

const savedSchema = v.object({ ...choices, rooms: v.fallback(v.array(roomSchema), []) });

export type RoomChoices = v.InferOutput<typeof roomSchema>;
export type Saved = v.InferOutput<typeof savedSchema>;
export type Preferences = Omit<Saved, "rooms">;

/** Reads the saved form. Parts that cannot be read are as on the first visit. */
export function parseSaved(text: string | null): Saved {
  let raw: unknown;
  try {
    raw = JSON.parse(text ?? "{}");
  } catch {
    raw = {};
  }
  const result = v.safeParse(savedSchema, raw);
  return result.success ? result.output : v.parse(savedSchema, {});
}

export function roomOf(saved: Saved, code: string): RoomChoices {
  return (
    saved.rooms.find((r) => r.code === code) ?? {
      ...{ code, ladders: null, round: null, chain: null },
      ...{ sizes: [], groups: [], views: [] },
    }
  );
}

/** The saved form with the choices of this room at the front, without the rooms used longest ago. */
export function withRoom(saved: Saved, room: RoomChoices): Saved {
  const others = saved.rooms.filter((r) => r.code !== room.code);
  return { ...saved, rooms: [room, ...others].slice(0, MAX_ROOMS) };
}

export function loadSaved(): Saved {
  return parseSaved(browserStore.get(KEY));
}

/** The shown columns with or without this one, in their order on the screen. */
export function withColumn(
  shown: readonly ChainColumn[],
  column: ChainColumn,
  on: boolean,
): ChainColumn[] {
  return chainColumns.filter((one) => (one === column ? on : shown.includes(one)));
}

/** The choices for all rooms, as a reactive object. */
export function preferencesOf({ rooms: _, ...saved }: Saved): Preferences {
  const preferences = $state<Preferences>(saved);
  return preferences;
}

/** Stores the choices. To be run in an effect, so that every change is stored. */
export function storeChoices(preferences: Preferences, room: RoomChoices): void {
  const saved = withRoom({ ...loadSaved(), ...$state.snapshot(preferences) }, room);
  browserStore.set(KEY, JSON.stringify(saved));
}

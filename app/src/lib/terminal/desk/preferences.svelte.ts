/**
 * Choices that the terminal remembers in this browser: those that hold in every room are one reactive object, made by
 * one schema; those of a room are its open ladders, sizes and views.
 */

import * as v from "valibot";
import { MAX_LADDERS } from "./ladders.ts";

const KEY = "mmg.terminal";
const MAX_ROOMS = 8;

export const DEFAULT_PRESETS: readonly number[] = [1, 5, 10, 25, 100];
/** How often ladders may recentre by the clock; 0: never. */
export const recentreSeconds = [0, 5, 10, 30] as const;
export type RecentreSeconds = (typeof recentreSeconds)[number];

export /** `columns`: bids are bought, asks sold. `buttons`: on either, the left button buys and the right one sells. */
const mouseSchemes = ["columns", "buttons"] as const;

export type MouseScheme = (typeof mouseSchemes)[number];

/** Money: realised and open. Ticks, a contract, and percent of the price paid: of the open position alone. */
export const pnlUnits = ["money", "ticks", "percent"] as const;

export type PnlUnit = (typeof pnlUnits)[number];

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

/** Columns before anybody has chosen. */
export const usualColumns: readonly ChainColumn[] = ["position", "working", "last", "size"];

/** Columns that come by themselves with the first view of an underlying. */
export const viewColumns: readonly ChainColumn[] = ["theo", "edge"];

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const finite = v.pipe(v.number(), v.finite());
const deviation = v.pipe(finite, v.minValue(0));

const roomSchema = v.object({
  code: v.string(),
  /** null: not chosen yet, so the terminal opens the ladders it thinks best. */
  ladders: v.fallback(v.nullable(v.pipe(v.array(id), v.maxLength(MAX_LADDERS))), null),
  chain: v.fallback(v.nullable(v.boolean()), null),
  /** By `sizeKey`. */
  sizes: v.fallback(v.array(v.tuple([v.string(), size])), []),
  /** By the id of the underlying: the mean and the deviation of one's own view. */
  views: v.fallback(v.array(v.tuple([id, v.nullable(finite), v.nullable(deviation)])), []),
});

/** A choice is declared here, and nowhere else. */
const choices = {
  armed: v.fallback(v.boolean(), true),
  sound: v.fallback(v.boolean(), false),
  cumulative: v.fallback(v.boolean(), false),
  /** Which preset the right button sends; null: it is the browser's. */
  secondSize: v.fallback(v.nullable(v.pipe(id, v.maxValue(DEFAULT_PRESETS.length - 1))), null),
  /** The effect of the buttons of a mouse on a ladder. */
  mouseScheme: v.fallback(v.picklist(mouseSchemes), "columns"),
  lens: v.fallback(v.boolean(), false),
  follows: v.fallback(v.boolean(), true),
  /** How often ladders recentre by themselves; 0: by the clock never. */
  recentreSeconds: v.fallback(v.picklist(recentreSeconds), 0),
  changes: v.fallback(v.boolean(), false),
  /** The size goes back to the first preset after each order by a click. */
  firstSize: v.fallback(v.boolean(), false),
  pnlUnit: v.fallback(v.picklist(pnlUnits), "money"),
  /** Of the chain, in the order in which they stand. */
  chainColumns: v.fallback(v.array(v.picklist(chainColumns)), [...usualColumns]),
  /** The columns of a view have come once: from now on they are the trader's choice. */
  viewColumnsCame: v.fallback(v.boolean(), false),
  presets: v.fallback(v.pipe(v.array(size), v.length(DEFAULT_PRESETS.length)), [
    ...DEFAULT_PRESETS,
  ]),
};

const savedSchema = v.object({ ...choices, rooms: v.fallback(v.array(roomSchema), []) });

export type RoomChoices = v.InferOutput<typeof roomSchema>;
export type Saved = v.InferOutput<typeof savedSchema>;
export type Preferences = Omit<Saved, "rooms">;

/** Reads the saved form; every part that is not understood is as on the first visit. */
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
      ...{ code, ladders: null, chain: null },
      ...{ sizes: [], views: [] },
    }
  );
}

/** The room's choices first, the rooms used longest ago forgotten. */
export function withRoom(saved: Saved, room: RoomChoices): Saved {
  const others = saved.rooms.filter((r) => r.code !== room.code);
  return { ...saved, rooms: [room, ...others].slice(0, MAX_ROOMS) };
}

export function loadSaved(): Saved {
  try {
    return parseSaved(localStorage.getItem(KEY));
  } catch {
    return parseSaved(null);
  }
}

function storeSaved(saved: Saved): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(saved));
  } catch {
    // No storage, or it is full: they last as long as the page.
  }
}

/** With the column or without it, in the order in which they stand. */
export function withColumn(
  shown: readonly ChainColumn[],
  column: ChainColumn,
  on: boolean,
): ChainColumn[] {
  return chainColumns.filter((one) => (one === column ? on : shown.includes(one)));
}

/** The choices that hold in every room: assign to a field, and all who show it follow. */
export function preferencesOf({ rooms: _, ...saved }: Saved): Preferences {
  const preferences = $state<Preferences>(saved);
  return preferences;
}

/** Remembers the choices; run in an effect, so that every change is stored. */
export function storeChoices(preferences: Preferences, room: RoomChoices): void {
  storeSaved(withRoom({ ...loadSaved(), ...$state.snapshot(preferences) }, room));
}

/** What the terminal remembers in this browser: how it is armed, its sizes, and each room's open ladders. */

import * as v from "valibot";
import type { Instrument } from "#protocol";
import { mouseSchemes } from "#lib/terminal/ladder/hand/mouse-scheme.ts";
import { chainColumns, usualColumns } from "#lib/terminal/chain/columns.ts";
import { pnlUnits } from "#lib/terminal/ladder/pnl.ts";

const KEY = "mmg.terminal";
const MAX_ROOMS = 8;
export const MAX_LADDERS = 4;
export const DEFAULT_PRESETS: readonly number[] = [1, 5, 10, 25, 100];
/** How often ladders may recentre by the clock; 0: never. */
export const recentreSeconds = [0, 5, 10, 30] as const;
export type RecentreSeconds = (typeof recentreSeconds)[number];

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const finite = v.pipe(v.number(), v.finite());
const deviation = v.pipe(finite, v.minValue(0));

const roomSchema = v.object({
  code: v.string(),
  /** null: not chosen yet, so the terminal opens what it thinks best. */
  ladders: v.fallback(v.nullable(v.pipe(v.array(id), v.maxLength(MAX_LADDERS))), null),
  chain: v.fallback(v.nullable(v.boolean()), null),
  /** By `sizeKey`. */
  sizes: v.fallback(v.array(v.tuple([v.string(), size])), []),
  /** By the id of the underlying: the mean and the deviation of one's own view. */
  views: v.fallback(v.array(v.tuple([id, v.nullable(finite), v.nullable(deviation)])), []),
});

const savedSchema = v.object({
  armed: v.fallback(v.boolean(), true),
  sound: v.fallback(v.boolean(), false),
  cumulative: v.fallback(v.boolean(), false),
  /** Which preset the right button sends; null: it is the browser's. */
  secondSize: v.fallback(v.nullable(v.pipe(id, v.maxValue(DEFAULT_PRESETS.length - 1))), null),
  /** What the buttons of a mouse do on a ladder. */
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
  rooms: v.fallback(v.array(roomSchema), []),
});

export type RoomLayout = v.InferOutput<typeof roomSchema>;
export type Saved = v.InferOutput<typeof savedSchema>;

/** Reads what was saved; whatever of it is not understood is as on the first visit. */
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

export function layoutOf(saved: Saved, code: string): RoomLayout {
  return (
    saved.rooms.find((r) => r.code === code) ?? {
      ...{ code, ladders: null, chain: null },
      ...{ sizes: [], views: [] },
    }
  );
}

/** The room's layout first, the rooms used longest ago forgotten. */
export function withLayout(saved: Saved, layout: RoomLayout): Saved {
  const others = saved.rooms.filter((r) => r.code !== layout.code);
  return { ...saved, rooms: [layout, ...others].slice(0, MAX_ROOMS) };
}

export function loadSaved(): Saved {
  try {
    return parseSaved(localStorage.getItem(KEY));
  } catch {
    return parseSaved(null);
  }
}

export function storeSaved(saved: Saved): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(saved));
  } catch {
    // No storage, or it is full: the layout lasts as long as the page.
  }
}

/** What the lists at both sides and a ladder need at least. */
const SIDES_PX = 540;
const LADDER_PX = 250;

/** How many ladders open by themselves on a screen of this width. */
export function laddersThatFit(screenPx: number): number {
  return Math.min(3, Math.max(1, Math.floor((screenPx - SIDES_PX) / LADDER_PX)));
}

/** What is open before anybody has chosen: the first scalars that still trade, else whatever there is. */
export function firstLadders(instruments: readonly Instrument[], most: number): number[] {
  const orders = instruments.filter((i) => !i.settled);
  const scalars = orders.filter((i) => i.type === "SCALAR");
  const first = [scalars, orders, instruments].find((list) => list.length > 0) ?? [];
  return first.slice(0, most).map((i) => i.id);
}

/** Options on one underlying share a size, so that a chain and its ladders agree on it. */
export function sizeKey(instrument: Pick<Instrument, "id" | "reference_id">): string {
  const { id, reference_id } = instrument;
  return reference_id === null ? `i${id}` : `o${reference_id}`;
}

/** Opens one more; where no more fit the last one gives way. */
export function withLadder(open: readonly number[], inst: number): number[] {
  if (open.includes(inst)) return [...open];
  return [...open.slice(0, MAX_LADDERS - 1), inst];
}

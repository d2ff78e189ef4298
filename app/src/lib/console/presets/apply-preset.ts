/** Gives a room the instruments, limits and lens setting of a preset, one request after the other. */

import type { Instrument, LensSetting, Message, PlaySettings } from "#protocol";
import type { Preset } from "#lib/presets/preset.ts";
import type { Command } from "#lib/state/room-client.svelte.ts";
import { words } from "./words.ts";

interface CommandTarget {
  readonly instruments: readonly Instrument[];
  readonly lens: LensSetting;
  readonly settings: PlaySettings;
  send(command: Command): Promise<Message>;
}

/** Whether the preset can be applied: the room has no instruments but those of the preset. */
export function fits(preset: Preset, instruments: readonly Instrument[]): boolean {
  const symbols = new Set(preset.instruments.map((one) => one.symbol));
  return instruments.every((one) => symbols.has(one.symbol));
}

/**
 * Instruments that the room has already are not added again.
 * @param progress called before each instrument with the number of those done
 * @returns the words of the first refusal; null if all is done. Instruments added before a refusal stay.
 */
export async function applyPreset(
  preset: Preset,
  room: CommandTarget,
  progress: (done: number, all: number) => void,
): Promise<string | null> {
  const ids = new Map(room.instruments.map((one) => [one.symbol, one.id]));
  for (const [index, listing] of preset.instruments.entries()) {
    progress(index, preset.instruments.length);
    if (ids.has(listing.symbol)) continue;
    const { underlying, ...fields } = listing;
    const reference = underlying === undefined ? undefined : ids.get(underlying);
    if (listing.type !== "SCALAR" && reference === undefined)
      return words.noUnderlying(listing.symbol);
    const answer = await room.send({
      op: "add_instrument",
      ...fields,
      ...(reference !== undefined && { reference_id: reference }),
    });
    if (answer.type === "error") return answer.message;
    if (answer.type === "instrument_added") ids.set(listing.symbol, answer.inst);
  }
  const { max_loss: loss, ...counts } = preset.limits;
  const answer = await room.send({ op: "set_limits", ...counts, max_loss: loss ?? 0 });
  if (answer.type === "error") return answer.message;
  const { lens } = preset.settings;
  if (lens !== room.lens) {
    const set = await room.send({ op: "set_lens", lens });
    if (set.type === "error") return set.message;
  }
  return applySettings(preset, room);
}

/** Gives the room those of the preset's settings of the game that it has otherwise. What the preset leaves open stays. */
async function applySettings({ settings }: Preset, room: CommandTarget): Promise<string | null> {
  const { scoring, min_trades, bots, names } = settings;
  const wanted = Object.entries({ scoring, min_trades, bots, names }).filter(
    ([name, value]) => value !== undefined && value !== room.settings[name as keyof PlaySettings],
  );
  if (wanted.length === 0) return null;
  const set = await room.send({ op: "settings", ...Object.fromEntries(wanted) });
  return set.type === "error" ? set.message : null;
}

/** Decides which of several messages the line shows. */

interface Told {
  readonly id: number;
  readonly kind: "error" | "fill" | "news" | "info";
  /** Time of the last event in it, Unix ms. */
  readonly ts: number;
}

/** Time for which a fill or a refusal stays before other messages, ms: what one has done comes with its side effects. */
const AHEAD_MS = 2_000;

const dueTs = ({ kind, ts }: Told): number =>
  kind === "fill" || kind === "error" ? ts + AHEAD_MS : ts;

/** The messages newest first, own fills and refusals before what came with them. */
export function newestFirst<T extends Told>(messages: readonly T[]): T[] {
  return messages.toSorted((a, b) => dueTs(b) - dueTs(a) || b.id - a.id);
}

/** A value over time in bounded memory: a full series drops every second point and doubles its spacing. */

export interface Point {
  readonly t: number;
  readonly v: number;
}

/** The part of a series that is kept over a reload. */
export interface KeptSeries {
  readonly spacingMs: number;
  readonly points: readonly Point[];
}

export class Series {
  readonly #capacity: number;
  #spacingMs: number;
  #points: Point[] = [];

  /** @param kept a series from before a reload, which is continued */
  constructor(capacity: number, spacingMs: number, kept: KeptSeries | null = null) {
    this.#capacity = capacity;
    this.#spacingMs = kept?.spacingMs ?? spacingMs;
    this.#points = [...(kept?.points ?? [])];
  }

  get kept(): KeptSeries {
    return { spacingMs: this.#spacingMs, points: this.#points };
  }

  get points(): readonly Point[] {
    return this.#points;
  }

  /** Adds a sample. The newest point keeps changing until `spacingMs` have passed since the point before it. */
  add(t: number, v: number): void {
    const before = this.#points.at(-2);
    if (before !== undefined && t - before.t < this.#spacingMs) {
      this.#points[this.#points.length - 1] = { t, v };
      return;
    }
    this.#points.push({ t, v });
    if (this.#points.length > this.#capacity) {
      const newest = this.#points.length - 1;
      this.#points = this.#points.filter((_, i) => i % 2 === 0 || i === newest);
      this.#spacingMs *= 2;
    }
  }
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Cuts a line of a plot into its parts above and below zero, each of which begins and ends on the line. */
export function partsBySign(
  line: readonly Spot[],
  zero: number,
): { readonly isLoss: boolean; readonly line: readonly Spot[] }[] {
  const parts: { isLoss: boolean; line: Spot[] }[] = [];
  for (const [index, spot] of line.entries()) {
    const before = line[index - 1];
    const part = parts.at(-1);
    const isLoss = spot.y === zero ? (part?.isLoss ?? false) : spot.y > zero;
    if (before === undefined || part === undefined) parts.push({ isLoss, line: [spot] });
    else if (isLoss === part.isLoss) part.line.push(spot);
    else {
      const share = (zero - before.y) / (spot.y - before.y);
      const crossing = { x: before.x + share * (spot.x - before.x), y: zero };
      part.line.push(crossing);
      parts.push({ isLoss, line: [crossing, spot] });
    }
  }
  return parts;
}

/** Scales points to a box: time from left to right, value from bottom to top, zero always inside. */
export function plot(
  points: readonly Point[],
  width: number,
  height: number,
): { line: { x: number; y: number }[]; zero: number } {
  const values = points.map((p) => p.v);
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const span = high - low || 1;
  const first = points[0]?.t ?? 0;
  const duration = (points.at(-1)?.t ?? 0) - first || 1;
  const y = (v: number) => (high === low ? height / 2 : height - ((v - low) / span) * height);
  return {
    line: points.map((p) => ({ x: ((p.t - first) / duration) * width, y: y(p.v) })),
    zero: y(0),
  };
}

/**
 * A trader's positions and earnings, worked out from the fills alone in exact fractions:
 * the independent model against which positions and P&L are checked.
 */

/** An exact number: `n / d`, `d` positive. */
export interface Fraction {
  n: bigint;
  d: bigint;
}

const zero: Fraction = { n: 0n, d: 1n };

function reduced(n: bigint, d: bigint): Fraction {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? zero : { n: n / a, d: d / a };
}
const plus = (a: Fraction, b: Fraction) => reduced(a.n * b.d + b.n * a.d, a.d * b.d);
const minus = (a: Fraction, b: Fraction) => plus(a, { n: -b.n, d: b.d });
const times = (a: Fraction, n: bigint, d = 1n) => reduced(a.n * n, a.d * d);

/** A number of at most six decimals, exactly. */
export const exactly = (value: number): Fraction =>
  reduced(BigInt(Math.round(value * 1e6)), 1_000_000n);

/** Value in millionths, for comparing with shown numbers. */
export function micros({ n, d }: Fraction): number {
  const whole = (n * 1_000_000_000n) / d;
  return Number(whole) / 1_000;
}

export class Ledger {
  qty = 0n;
  vwap: Fraction = zero;
  #realized: Fraction = zero;
  readonly #tickValue: Fraction;

  constructor(tickValue = 1) {
    this.#tickValue = exactly(tickValue);
  }

  fill(side: "buy" | "sell", qty: number, price: number): void {
    const change = side === "buy" ? BigInt(qty) : -BigInt(qty);
    const at = exactly(price);
    const held = this.qty;
    const after = held + change;
    if (held === 0n || held > 0n === change > 0n) {
      const paid = plus(times(this.vwap, held), times(at, change));
      this.vwap = times(paid, after > 0n ? 1n : -1n, after > 0n ? after : -after);
    } else {
      const crosses = after !== 0n && after > 0n !== held > 0n;
      const closed = crosses ? held : -change;
      this.#realized = plus(this.#realized, times(minus(at, this.vwap), closed));
      if (after === 0n) this.vwap = zero;
      else if (crosses) this.vwap = at;
    }
    this.qty = after;
  }

  get realized(): Fraction {
    return this.#money(this.#realized);
  }

  unrealized(mark: Fraction): Fraction {
    return this.#money(times(minus(mark, this.vwap), this.qty));
  }

  pnl(mark: Fraction): Fraction {
    return plus(this.realized, this.unrealized(mark));
  }

  #money(points: Fraction): Fraction {
    return times(points, this.#tickValue.n, this.#tickValue.d);
  }
}

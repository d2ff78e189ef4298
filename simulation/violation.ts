/** Error for a broken promise, and the comparison of two values. */

const shownMost = 1_000;

export class Violation extends Error {
  override readonly name = "Violation";
}

export function violated(what: string, details: Record<string, unknown> = {}): never {
  const lines = Object.entries(details).map(([name, value]) => `  ${name}: ${shown(value)}`);
  throw new Violation([what, ...lines].join("\n"));
}

/** Throws at the first place where the two differ. */
export function same(what: string, got: unknown, wanted: unknown): void {
  const where = difference(got, wanted);
  if (where !== null)
    violated(what, { where: where.path, got: where.a, wanted: where.b, whole: got });
}

interface Difference {
  path: string;
  a: unknown;
  b: unknown;
}

/** First difference of two values as JSON: undefined fields count as absent, and the order of fields as nothing. */
export function difference(a: unknown, b: unknown): Difference | null {
  if (a === b) return null;
  if (Array.isArray(a) && Array.isArray(b)) return differenceOfLists(a, b);
  // By index: as an object each byte would be a key.
  if (a instanceof Uint8Array && b instanceof Uint8Array) return differenceOfLists(a, b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
    return { path: "", a, b };
  const [one, other] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  for (const key in one) {
    const value = one[key];
    const wanted = other[key];
    if (value === wanted) continue;
    const inner = difference(value, wanted);
    if (inner !== null) return { ...inner, path: `.${key}${inner.path}` };
  }
  for (const key in other)
    if (one[key] === undefined && other[key] !== undefined)
      return { path: `.${key}`, a: undefined, b: other[key] };
  return null;
}

function differenceOfLists(a: ArrayLike<unknown>, b: ArrayLike<unknown>): Difference | null {
  if (a.length !== b.length) return { path: ".length", a: a.length, b: b.length };
  for (let index = 0; index < a.length; index++) {
    if (a[index] === b[index]) continue;
    const inner = difference(a[index], b[index]);
    if (inner !== null) return { ...inner, path: `[${index}]${inner.path}` };
  }
  return null;
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
  return text.length > shownMost ? `${text.slice(0, shownMost)}…` : text;
}

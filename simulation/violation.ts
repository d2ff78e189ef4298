/** What a broken promise is thrown as, and where two values differ. */

const shownMost = 1_000;

export class Violation extends Error {
  override readonly name = "Violation";
}

export function violated(what: string, details: Record<string, unknown> = {}): never {
  const lines = Object.entries(details).map(([name, value]) => `  ${name}: ${shown(value)}`);
  throw new Violation([what, ...lines].join("\n"));
}

/** Throws if the two are not the same, and says where. */
export function same(what: string, got: unknown, wanted: unknown): void {
  const where = difference(got, wanted);
  if (where !== null) violated(what, { where: where.path, got: where.a, wanted: where.b, whole: got });
}

interface Difference {
  path: string;
  a: unknown;
  b: unknown;
}

/** The first place in which two values differ as JSON does: a field that is undefined is none, and order is nothing. */
export function difference(a: unknown, b: unknown): Difference | null {
  if (a === b) return null;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
    return { path: "", a, b };
  const [one, other] = [a, b] as Record<string, unknown>[];
  if (one === undefined || other === undefined) return { path: "", a, b };
  for (const key in one) {
    if (one[key] === other[key]) continue;
    const inner = difference(one[key], other[key]);
    if (inner !== null) return { ...inner, path: `.${key}${inner.path}` };
  }
  for (const key in other)
    if (other[key] !== undefined && one[key] === undefined)
      return { path: `.${key}`, a: undefined, b: other[key] };
  return null;
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
  return text.length > shownMost ? `${text.slice(0, shownMost)}…` : text;
}

/** What a broken promise is thrown as, and how two values are found to be the same. */

const shownMost = 1_000;

export class Violation extends Error {
  override readonly name = "Violation";
}

export function violated(what: string, details: Record<string, unknown> = {}): never {
  const lines = Object.entries(details).map(([name, value]) => `  ${name}: ${shown(value)}`);
  throw new Violation([what, ...lines].join("\n"));
}

/** Throws if the two are not the same as JSON. */
export function same(what: string, got: unknown, wanted: unknown): void {
  const [gotText, wantedText] = [canonical(got), canonical(wanted)];
  if (gotText !== wantedText) violated(what, { got: gotText, wanted: wantedText });
}

/** JSON with sorted keys: field order is nothing that a client may rely on. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
  return text.length > shownMost ? `${text.slice(0, shownMost)}…` : text;
}

/** The names of keys on the user's own keyboard, by their places (`KeyboardEvent.code`). */

type Layout = ReadonlyMap<string, string>;

/** Browsers of the Chromium family alone tell the layout. */
interface LayoutTeller {
  readonly keyboard?: { getLayoutMap(): Promise<Layout> };
}

let layout = $state.raw<Layout | null>(null);

/** Asks the browser for the layout, which the user may have changed. */
export async function readLayout(): Promise<void> {
  try {
    layout = (await (navigator as LayoutTeller).keyboard?.getLayoutMap()) ?? null;
  } catch {
    layout = null;
  }
}

/** Whether the names are those of the user's keyboard; if not, they are those of an American one. */
export function knowsLayout(): boolean {
  return layout !== null;
}

const alwaysNamed: Readonly<Record<string, string>> = { Space: "Space", Escape: "Esc" };
const american: Readonly<Record<string, string>> = {
  ...{ Backquote: "`", Minus: "−", Equal: "=", BracketLeft: "[", BracketRight: "]" },
  ...{ Backslash: "\\", Semicolon: ";", Quote: "'", Comma: ",", Period: ".", Slash: "/" },
};

export function keyName(code: string): string {
  const name = alwaysNamed[code] ?? layout?.get(code);
  if (name === undefined || name === "") return american[code] ?? code.replace(/^(Key|Digit)/, "");
  if (name === "-") return "−";
  const capital = name.toLocaleUpperCase();
  // The capital of ß is two letters, which are not on the key.
  return name.length === 1 && capital.length === 1 ? capital : name;
}

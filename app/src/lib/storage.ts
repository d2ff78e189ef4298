/**
 * The only way to the browser's storage. Where the browser refuses it (cookies and site data blocked, or no space left),
 * a value lasts as long as the page, and over a reload of it, in the tab's history entry.
 */

type Kind = "localStorage" | "sessionStorage";

/** The key of the held values in the state of the history entry, beside the router's. */
const HISTORY_KEY = "mmg";
const PROBE = "mmg.probe";

/** Values that the browser did not take, by kind and key. */
const held = new Map<string, string>(heldBefore());

export class KeyedStore {
  readonly #kind: Kind;

  constructor(kind: Kind) {
    this.#kind = kind;
  }

  get(key: string): string | null {
    const value = held.get(this.#name(key));
    if (value !== undefined) return value;
    try {
      return this.#browser.getItem(key);
    } catch {
      return null;
    }
  }

  /** @returns whether the browser keeps the value for longer than the page */
  set(key: string, value: string): boolean {
    const isKept = this.keep(key, value);
    if (!isKept) hold(this.#name(key), value);
    return isKept;
  }

  /** Stores a value that is of no use before the page is loaded anew: nothing is held if the browser refuses it. */
  keep(key: string, value: string): boolean {
    try {
      this.#browser.setItem(key, value);
    } catch {
      return false;
    }
    letGo(this.#name(key));
    return true;
  }

  remove(key: string): void {
    letGo(this.#name(key));
    try {
      this.#browser.removeItem(key);
    } catch {
      // A storage that refuses has nothing to remove.
    }
  }

  /** True where the browser takes nothing at all. */
  get isBlocked(): boolean {
    try {
      this.#browser.setItem(PROBE, "");
      this.#browser.removeItem(PROBE);
      return false;
    } catch {
      return true;
    }
  }

  /** The access itself throws where site data is blocked. */
  get #browser(): Storage {
    return globalThis[this.#kind];
  }

  #name(key: string): string {
    return `${this.#kind} ${key}`;
  }
}

/** Storage that all tabs of this browser share, until the user clears it. */
export const browserStore = new KeyedStore("localStorage");
/** Storage that lasts as long as this tab. */
export const tabStore = new KeyedStore("sessionStorage");

/** Drops all held values, as a new page has none. For tests. */
export function dropHeld(): void {
  held.clear();
  note();
}

function hold(name: string, value: string): void {
  held.set(name, value);
  note();
}

function letGo(name: string): void {
  if (held.delete(name)) note();
}

/** Writes the held values into the history entry, which a reload of the page finds again. */
function note(): void {
  try {
    const { [HISTORY_KEY]: _, ...others } = stateOfHistory();
    const state = held.size > 0 ? { ...others, [HISTORY_KEY]: Object.fromEntries(held) } : others;
    history.replaceState(state, "");
  } catch {
    // Browsers limit how often and how much; the values still last as long as the page.
  }
}

function heldBefore(): [string, string][] {
  try {
    return Object.entries(stateOfHistory()[HISTORY_KEY] ?? {});
  } catch {
    return [];
  }
}

function stateOfHistory(): { [HISTORY_KEY]?: Record<string, string> } {
  return (history.state ?? {}) as { [HISTORY_KEY]?: Record<string, string> };
}

// The router makes new entries, which know nothing of the held values.
if (typeof addEventListener === "function")
  addEventListener("pagehide", () => {
    if (held.size > 0) note();
  });

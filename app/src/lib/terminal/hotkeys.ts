/**
 * Keys of the terminal, by the place of the key and not its letter, so that they work on every keyboard layout.
 * Knows nothing of what the actions do.
 */

export type Action =
  | "cancelAll"
  | "recentre"
  | "size1"
  | "size2"
  | "size3"
  | "size4"
  | "size5"
  | "joinBid"
  | "joinAsk"
  | "hitBid"
  | "liftAsk"
  | "cancelHere"
  | "flatten"
  | "reverse"
  | "quoteWider"
  | "quoteTighter"
  | "quoteUp"
  | "quoteDown"
  | "quoteSend"
  | "quoteGrid"
  | "cumulative"
  | "search"
  | "chain"
  | "payoff"
  | "arm"
  | "help";

/** The part of a KeyboardEvent that decides. */
export interface Key {
  readonly code: string;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
}

export const keyTable: Readonly<Record<string, Action>> = {
  Space: "recentre",
  Digit1: "size1",
  Digit2: "size2",
  Digit3: "size3",
  Digit4: "size4",
  Digit5: "size5",
  Numpad1: "size1",
  Numpad2: "size2",
  Numpad3: "size3",
  Numpad4: "size4",
  Numpad5: "size5",
  KeyQ: "joinBid",
  KeyW: "joinAsk",
  KeyZ: "hitBid",
  KeyX: "liftAsk",
  KeyE: "cancelHere",
  KeyF: "flatten",
  KeyR: "reverse",
  BracketRight: "quoteWider",
  BracketLeft: "quoteTighter",
  Equal: "quoteUp",
  Minus: "quoteDown",
  KeyG: "quoteSend",
  KeyV: "quoteGrid",
  Slash: "search",
  KeyC: "chain",
  KeyP: "payoff",
  KeyD: "cumulative",
  KeyL: "arm",
};

/** Pressing and holding these goes on stepping; every other action happens once a press. */
const repeats: ReadonlySet<Action> = new Set([
  "quoteWider",
  "quoteTighter",
  "quoteUp",
  "quoteDown",
]);

/**
 * The action of a key press, or null. Escape means cancel-all even while typing (where nothing is open that it
 * closes); nothing else acts then, nor with a modifier held, nor (apart from steps) on key repeat.
 */
export function actionOf(key: Key, typing: boolean): Action | null {
  if (key.isComposing) return null;
  if (key.code === "Escape") return key.repeat ? null : "cancelAll";
  if (typing || key.ctrlKey || key.altKey || key.metaKey) return null;
  if (key.key === "?") return "help";
  if (key.shiftKey) return null;
  const action = keyTable[key.code] ?? null;
  return action !== null && key.repeat && !repeats.has(action) ? null : action;
}

/** Tick boxes take Space, and no text. */
function isTickBox(element: HTMLElement): boolean {
  return element.tagName === "INPUT" && (element as HTMLInputElement).type === "checkbox";
}

/** Whether keys pressed in this element are text or its own, not ours. */
export function isTyping(target: EventTarget | null): boolean {
  if (target === null || !("tagName" in target)) return false;
  const element = target as HTMLElement;
  if (element.isContentEditable) return true;
  if (isTickBox(element)) return false;
  return ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

/** Whether Escape has something of the browser's to close first: a dialog, or the list of a select. */
export function closesByItself(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open], :popover-open") !== null) return true;
  if (!(target instanceof HTMLSelectElement)) return false;
  try {
    return target.matches(":open");
  } catch {
    // This browser cannot tell: the first press leaves the select, so that the next one cancels.
    target.blur();
    return true;
  }
}

/** Whether the key operates the focused element itself: Space presses a button. */
export function belongsToFocus(target: EventTarget | null, code: string): boolean {
  if (code !== "Space" || target === null || !("tagName" in target)) return false;
  const element = target as HTMLElement;
  return ["BUTTON", "SUMMARY", "A"].includes(element.tagName) || isTickBox(element);
}

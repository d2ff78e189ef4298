/** Keys and the focus: whether a key press is text, belongs to the focused element, or is free for others. */

/** The fields of a KeyboardEvent that decide. */
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

/** Tick boxes take Space, and no text. */
function isTickBox(element: HTMLElement): boolean {
  return element.tagName === "INPUT" && (element as HTMLInputElement).type === "checkbox";
}

/** Whether keys pressed in this element are text, or operate the element. */
export function isTyping(target: EventTarget | null): boolean {
  if (target === null || !("tagName" in target)) return false;
  const element = target as HTMLElement;
  if (element.isContentEditable) return true;
  if (isTickBox(element)) return false;
  return ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

/** Whether Escape first closes something that the browser opened: a dialog, or the list of a select. */
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

/** The key that goes with a click: Ctrl, or Cmd on a Mac, where Ctrl with a click is the right button. */
export const modifierKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

/** Decides whether a key press is text, belongs to the focused element, or is free for the page's keys. */

/** The fields of a KeyboardEvent that matter. */
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

/** Whether the element is a tick box, which takes Space but no text. */
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

/** Whether Escape closes something of the browser's own: a dialog, a popover, or the list of a select. */
export function closesByItself(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open], :popover-open") !== null) return true;
  return target instanceof HTMLSelectElement && hasOpenList(target);
}

/** Whether the list of the select is open, as far as the browser tells. */
export function hasOpenList(select: HTMLSelectElement): boolean {
  try {
    return select.matches(":open");
  } catch {
    return false;
  }
}

/** Whether the key operates the focused element itself: Space presses a button. */
export function belongsToFocus(target: EventTarget | null, code: string): boolean {
  if (code !== "Space" || target === null || !("tagName" in target)) return false;
  const element = target as HTMLElement;
  return ["BUTTON", "SUMMARY", "A"].includes(element.tagName) || isTickBox(element);
}

/** The name of the key that is held for a click: Ctrl, or ⌘ on a Mac, where Ctrl with a click is the right button. */
export const modifierKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

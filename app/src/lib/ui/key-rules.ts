/**
 * Rules of keys that hold on every screen. The first Escape in a field takes back what was typed there and leaves it;
 * the next acts. In a dialog or popover, an Escape in a field without changes closes that. A held Enter presses once.
 */

import { hasOpenList, isTyping } from "./keyboard.ts";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** An element in which Escape closes the whole, even while a field has changes: its screen takes care of that. */
const LAYER = "[data-layer]";
const BOX = "dialog, [popover]";

function isField(target: EventTarget | null): target is Field {
  if (target instanceof HTMLInputElement) return isTyping(target);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Puts a text back, as if the user had typed it. @returns whether it had been changed */
function putBack(field: Field, text: string): boolean {
  if (field.value === text || field instanceof HTMLSelectElement) return false;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

/** Starts to watch the keys of the whole page. @returns a function that stops it */
export function watchKeys(): () => void {
  /** The field with the focus and its text when it got it. */
  let held: { readonly field: Field; readonly text: string } | null = null;

  function focusIn({ target }: FocusEvent): void {
    held = isField(target) ? { field: target, text: target.value } : null;
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Enter" && event.repeat && !(event.target instanceof HTMLTextAreaElement))
      event.preventDefault();
    if (event.key === "Escape" && isField(event.target)) leave(event, event.target);
  }

  function leave(event: KeyboardEvent, field: Field): void {
    if (field.closest(LAYER) !== null) return;
    if (field instanceof HTMLSelectElement && hasOpenList(field)) return;
    const hasChanged = putBack(field, held?.field === field ? held.text : field.value);
    if (!hasChanged && field.closest(BOX) !== null) return;
    event.preventDefault();
    event.stopPropagation();
    field.blur();
  }

  addEventListener("focusin", focusIn);
  addEventListener("keydown", keyDown, { capture: true });
  return () => {
    removeEventListener("focusin", focusIn);
    removeEventListener("keydown", keyDown, { capture: true });
  };
}

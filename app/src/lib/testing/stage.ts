/** The window of a component test, its size and theme, and what is mounted there as app.html mounts the app. */

import { flushSync, mount, unmount, type Component } from "svelte";
import { commands, page as browser } from "vitest/browser";
import "#lib/ui/theme/tokens.css";
import "#lib/ui/theme/base.css";
import "#lib/ui/controls/controls.css";

export const desktop = { width: 1440, height: 900 };
export const laptop = { width: 1024, height: 768 };
export const phone = { width: 390, height: 844 };

export interface Look {
  size?: { width: number; height: number };
  theme?: "dark" | "light";
}

const mounted = new Set<() => void>();

export function setTheme(theme: "dark" | "light"): void {
  document.documentElement.dataset["theme"] = theme;
}

/** Sets size and theme, by default those of a desktop in the dark. */
export async function dress({ size = desktop, theme = "dark" }: Look): Promise<void> {
  setTheme(theme);
  await browser.viewport(size.width, size.height);
  // The pointer may be where the former test has left it, which would count as pointing there.
  await commands.moveMouse(700, 3);
}

/** Mounts a screen. @returns what takes it away again */
export function put<Props extends Record<string, unknown>>(
  Screen: Component<Props>,
  props: Props,
): () => void {
  const target = document.createElement("div");
  target.className = "app";
  document.body.append(target);
  const app = mount(Screen as Component, { target, props });
  flushSync();
  window.focus();
  const remove = () => {
    if (!mounted.delete(remove)) return;
    void unmount(app);
    target.remove();
  };
  mounted.add(remove);
  return remove;
}

/** Takes everything away, before the next test. */
export function clearStage(): void {
  for (const remove of mounted) remove();
}

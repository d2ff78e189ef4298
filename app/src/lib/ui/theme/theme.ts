/** Sets and remembers the theme; app.html applies it before the first paint. */

import { browserStore } from "#lib/storage.ts";

const KEY = "mmg.theme";
export type Theme = "dark" | "light";

export function currentTheme(): Theme {
  return document.documentElement.dataset["theme"] === "light" ? "light" : "dark";
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  browserStore.set(KEY, theme);
}

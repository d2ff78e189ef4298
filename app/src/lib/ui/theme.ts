/** The chosen theme: remembered here, applied before the first paint by static/theme.js. */

const KEY = "mmg.theme";
export type Theme = "dark" | "light";

export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "dark" || chosen === "light") return chosen;
  return matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // No storage: the choice lasts as long as the page.
  }
}

/** @returns what ends the watching. */
export function onSystemTheme(changed: () => void): () => void {
  const query = matchMedia("(prefers-color-scheme: light)");
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

/** Keeps the preset that the lobby chose for a new room, in the tab, until the room's console applies it. */

const key = (code: string) => `mmg.preset-for.${code}`;

export function choosePreset(code: string, name: string): void {
  try {
    sessionStorage.setItem(key(code), name);
  } catch {
    // The console offers the preset without storage as well: it takes one more click.
  }
}

/** The name of the chosen preset; removes it from the tab. */
export function takeChosen(code: string): string | null {
  try {
    const name = sessionStorage.getItem(key(code));
    sessionStorage.removeItem(key(code));
    return name;
  } catch {
    return null;
  }
}

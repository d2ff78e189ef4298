/** The set-up chosen in the lobby for a room just made: kept in the tab until the room's console takes it. */

const key = (code: string) => `mmg.preset-for.${code}`;

export function choosePreset(code: string, name: string): void {
  try {
    sessionStorage.setItem(key(code), name);
  } catch {
    // No storage: the console offers the set-up, and it takes one more click.
  }
}

/** The name of the chosen set-up, once. */
export function takeChosen(code: string): string | null {
  try {
    const name = sessionStorage.getItem(key(code));
    sessionStorage.removeItem(key(code));
    return name;
  } catch {
    return null;
  }
}

/** A browser's storage over a map, for tests that run in Node. */

import { vi } from "vitest";

/** Stores values in a map. @param takes whether there is room for a new value */
export function storageOver(values: Map<string, string>, takes = () => true): object {
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (!takes()) throw new DOMException("full", "QuotaExceededError");
      values.set(key, value);
    },
    removeItem: (key: string) => values.delete(key),
  };
}

/** Puts a storage in the place of the browser's, until globals are unstubbed. @returns the values in it, none at first */
export function stubStorage(kind: "localStorage" | "sessionStorage"): Map<string, string> {
  const values = new Map<string, string>();
  vi.stubGlobal(kind, storageOver(values));
  return values;
}

/** A browser that refuses cookies and site data: the access to its storage itself throws, as Chromium's does. */

import { vi } from "vitest";

export function refuseStorage(): void {
  const refuse = () => {
    throw new DOMException("Access is denied for this document.", "SecurityError");
  };
  for (const kind of ["localStorage", "sessionStorage", "indexedDB"] as const)
    vi.spyOn(window, kind, "get").mockImplementation(refuse);
}

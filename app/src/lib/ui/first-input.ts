/** The first sign of somebody at the page: what only they will look at need not be part of its first load. */

const signs = ["pointermove", "pointerdown", "keydown"] as const;

let first: Promise<void> | null = null;

/** Resolves when the page is first moved over, pressed or typed at; at once if it has been. */
export function firstInput(): Promise<void> {
  first ??= new Promise((resolve) => {
    const seen = () => {
      for (const sign of signs) removeEventListener(sign, seen);
      resolve();
    };
    for (const sign of signs) addEventListener(sign, seen, { passive: true });
  });
  return first;
}

/** Waits for the first input of a user: parts that are not needed before are loaded then. */

const signs = ["pointermove", "pointerdown", "keydown"] as const;

let first: Promise<void> | null = null;

/** Resolves at the first move, press or key on the page; at once if there has been one. */
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

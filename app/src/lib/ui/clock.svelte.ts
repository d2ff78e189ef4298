/** Whole seconds since a time in Unix ms. */
export const secondsSince = (sinceMs: number, now: number): number =>
  Math.max(0, Math.floor((now - sinceMs) / 1000));

/** The time, updated at intervals, for countdowns. To be called while a component is set up. */
export function ticking(everyMs = 500): { readonly now: number } {
  let now = $state(Date.now());
  $effect(() => {
    const timer = setInterval(() => (now = Date.now()), everyMs);
    return () => clearInterval(timer);
  });
  return {
    get now() {
      return now;
    },
  };
}

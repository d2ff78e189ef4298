/** Whole seconds since a time in Unix ms. */
export const secondsSince = (sinceMs: number, now: number): number =>
  Math.max(0, Math.floor((now - sinceMs) / 1000));

/**
 * The time by the server's clock, updated at intervals: for all that is told by the server, such as the end of the session.
 * To be called while a component is set up.
 */
export function serverTicking(room: { readonly clockOffsetMs: number }): { readonly now: number } {
  const clock = ticking();
  return {
    get now() {
      return clock.now + room.clockOffsetMs;
    },
  };
}

/**
 * The time by this page's clock, updated at intervals, for what the page has begun itself. To be called while a component
 * is set up.
 */
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

/** A clock that stands still until a test lets it go on, so that no test waits for seconds to pass. */

import { vi } from "vitest";

/** Stops the clock. To be called before a page opens: timers that run already stay on the real clock. */
export function stopClock(): void {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });
}

export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

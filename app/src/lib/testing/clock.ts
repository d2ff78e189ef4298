/** A clock that stands still until it is told to go on: what takes seconds takes none in a test. */

import { vi } from "vitest";

/** To be called before a page opens: what it has begun by the real clock goes on by that. */
export function stopClock(): void {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });
}

export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

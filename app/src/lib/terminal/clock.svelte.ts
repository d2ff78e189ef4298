/** The time, for countdowns: ticks four times a second while somebody looks. */

import { createSubscriber } from "svelte/reactivity";

const TICK_MS = 250;

class Clock {
  readonly #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, TICK_MS);
    return () => clearInterval(timer);
  });

  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}

export const clock = new Clock();

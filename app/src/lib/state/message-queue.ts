/** Collects messages and passes them on once a repaint, so that a busy market is applied once a repaint. */

import type { Message } from "#protocol";

/** Longest wait, ms. A page in the background is never repainted, and follows at this interval. */
const AT_LATEST_MS = 200;

export class MessageQueue {
  #messages: Message[] = [];
  #apply: (messages: Message[]) => void;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(apply: (messages: Message[]) => void) {
    this.#apply = apply;
  }

  push(messages: readonly Message[]): void {
    const wasEmpty = this.#messages.length === 0;
    this.#messages.push(...messages);
    if (!wasEmpty) return;
    this.#frame = requestAnimationFrame(() => this.flush());
    this.#timer = setTimeout(() => this.flush(), AT_LATEST_MS);
  }

  flush(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    const messages = this.#messages;
    this.#messages = [];
    if (messages.length > 0) this.#apply(messages);
  }

  clear(): void {
    this.#messages = [];
    this.flush();
  }
}

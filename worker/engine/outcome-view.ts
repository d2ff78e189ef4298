/** The outcome of the last command, read where the engine has written it. Knows nothing else of linear memory. */

import type { EngineOutcome, OrderStatus } from "#game/engine-port.ts";
import { layout } from "./abi.ts";

export class OutcomeView implements EngineOutcome {
  words: Int32Array;
  readonly #at: number;

  constructor(words: Int32Array, at: number) {
    this.words = words;
    this.#at = at;
  }

  get orderId(): number {
    return word(this.words, this.#at + layout.Outcome.orderId) >>> 0;
  }

  get filled(): number {
    return word(this.words, this.#at + layout.Outcome.filled);
  }

  get leaves(): number {
    return word(this.words, this.#at + layout.Outcome.leaves);
  }

  get status(): OrderStatus {
    return word(this.words, this.#at + layout.Outcome.status) as OrderStatus;
  }

  get cancelled(): number {
    return word(this.words, this.#at + layout.Outcome.cancelled);
  }
}

/** The words of linear memory are there as far as the engine's own addresses lead. */
export function word(words: Int32Array, at: number): number {
  return words[at] as number;
}

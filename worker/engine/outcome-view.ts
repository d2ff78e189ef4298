/** The outcome of the last command, read where the engine has written it. Knows nothing else of linear memory. */

import type { EngineOutcome, OrderStatus } from "#game/engine-port.ts";
import { layout } from "./abi.ts";
import type { EngineMemory } from "./engine-memory.ts";

export class OutcomeView implements EngineOutcome {
  readonly #memory: EngineMemory;
  readonly #at: number;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
    this.#at = memory.outcome;
  }

  get orderId(): number {
    return this.#memory.unsigned(this.#at + layout.Outcome.orderId);
  }

  get filled(): number {
    return this.#memory.signed(this.#at + layout.Outcome.filled);
  }

  get leaves(): number {
    return this.#memory.signed(this.#at + layout.Outcome.leaves);
  }

  get status(): OrderStatus {
    return this.#memory.signed(this.#at + layout.Outcome.status) as OrderStatus;
  }

  get cancelled(): number {
    return this.#memory.signed(this.#at + layout.Outcome.cancelled);
  }
}

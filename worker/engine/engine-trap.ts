/** The error of an engine that violated one of its invariants: the host throws the instance away and rebuilds it. */

import type { EngineExports } from "./abi.ts";

export class EngineTrapError extends Error {
  override readonly name = "EngineTrapError";

  constructor(options?: ErrorOptions) {
    super(
      "The matching engine stopped on a violated invariant; this instance is of no more use.",
      options,
    );
  }
}

/** Exports that refuse every call, to stand in for those of a trapped instance. */
export function trappedExports(memory: WebAssembly.Memory): EngineExports {
  const refuse = (): never => {
    throw new EngineTrapError();
  };
  return new Proxy({ memory } as EngineExports, {
    get: (_exports, name) => (name === "memory" ? memory : refuse),
  });
}

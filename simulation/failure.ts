/** A game that broke a promise: everything that is needed to see it again. */

import type { GameSettings } from "./game-settings.ts";
import type { Trace } from "./trace.ts";

export class SimulationFailure extends Error {
  override readonly name = "SimulationFailure";
  readonly settings: GameSettings;
  readonly step: number;

  constructor(
    settings: GameSettings,
    step: number,
    requests: number,
    cause: unknown,
    trace: Trace,
  ) {
    const what = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    super(
      [
        `seed ${settings.seed}, step ${step}, request ${requests}: ${what}`,
        "the last events:",
        ...trace.lines().map((line) => `  ${line}`),
      ].join("\n"),
      { cause },
    );
    this.settings = settings;
    this.step = step;
  }
}

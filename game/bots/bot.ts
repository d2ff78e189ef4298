/** A kind of bot: how often it looks at the market, what it remembers, and what it does. Pure: chance comes from its stream. */

import type { BotKind } from "#protocol";
import type { SeededStream } from "../dealing/random.ts";
import type { BotRequest, BotView } from "./view.ts";

/** Random numbers of a bot. */
export type Chance = Pick<SeededStream, "below">;

/** A bot that runs: its memory is inside. */
export interface Bot {
  /**
   * Looks at the market and acts, a few requests at most.
   * @returns requests as wished: `lawful` cuts them down to what limits and rules allow
   */
  decide(view: BotView, chance: Chance): BotRequest[];
}

export interface BotMaker {
  readonly kind: BotKind;
  /** Name of the kind for people. */
  readonly title: string;
  /** Says in a sentence what it does, for a host who chooses. */
  readonly summary: string;
  /** Milliseconds between two looks at the market, at least and at most: people look as often. */
  readonly paceMs: readonly [least: number, most: number];
  /** Makes one without memories. */
  make(): Bot;
}

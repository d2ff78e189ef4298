/** Time in a room: the end of its session and the steps of its round, as inputs of the room's own. */

import type { Context } from "./context.ts";
import type { SystemInput } from "./journal/entry.ts";
import { dueMs } from "./rounds/clock.ts";
import { isRunning } from "./rounds/state.ts";

/** Applies an input of the room's own and writes it to the journal. */
export type System = (userId: number, input: SystemInput, now: number) => void;

export class RoomClock {
  readonly #ctx: Context;
  readonly #system: System;

  constructor(ctx: Context, system: System) {
    this.#ctx = ctx;
    this.#system = system;
  }

  /** The next moment at which something ends, Unix ms; null: nothing does. */
  get dueMs(): number | null {
    const { endsAt, round } = this.#ctx.state;
    const due = Math.min(endsAt ?? Infinity, dueMs(round) ?? Infinity);
    return due === Infinity ? null : due;
  }

  /** Ends the session, and steps of a round, whose time has come: a request that arrives at the end is too late. */
  strike(now: number): void {
    const { state } = this.#ctx;
    if (state.endsAt !== null && now >= state.endsAt) this.#system(0, { op: "$clock" }, now);
    // A step that ended while nobody was there is not over for anybody.
    this.rest(now, true);
    for (let due = dueMs(state.round); due !== null && now >= due; due = dueMs(state.round))
      this.#system(0, { op: "$step" }, now);
  }

  /** Stops the clock of a round while nobody is connected. @param wasAway the room did not see them go */
  rest(now: number, wasAway: boolean): void {
    const { round, users } = this.#ctx.state;
    if (!isRunning(round) || round.clock.isIdle) return;
    if ([...users.values()].some(({ connections }) => connections > 0)) return;
    this.#system(0, { op: "$rest", wasAway }, now);
  }

  /** Lets the clock of a round run again: somebody comes. */
  resume(now: number): void {
    const { round } = this.#ctx.state;
    if (!isRunning(round)) return;
    this.rest(now, true);
    if (round.clock.isIdle) this.#system(0, { op: "$back" }, now);
  }
}

/**
 * Formats: games that can be played, as data and pure functions. A format knows no room, no clock and no randomness of its
 * own: the same one runs in a room, in a browser and in a simulation.
 */

import * as v from "valibot";
import type { StepKind } from "#protocol";
import type { Deal, Known } from "../dealing/deal.ts";
import type { SeededStream } from "../dealing/random.ts";
import type { Distribution } from "../fair/distribution.ts";

/** One step of a round. */
export interface Step {
  readonly kind: StepKind;
  readonly title: string;
  /** Says what happens, and what is asked of the players. */
  readonly text: string;
  /** Length; null: until the host goes on. */
  readonly seconds: number | null;
  /** Cards of the table that are turned when the step begins. */
  readonly reveals: number;
  /** The question of a quiz that the step belongs to; 0 elsewhere. */
  readonly question: number;
}

/** A scalar that the round lists. */
export interface Scalar {
  readonly symbol: string;
  readonly description: string;
  /** Bounds of its price, if its fair value does not give them. */
  readonly min?: number;
  readonly max?: number;
  /** Whether calls and puts on it are listed. */
  readonly hasOptions?: boolean;
}

/** A duty to quote, which a round may lay on its seats. */
export interface Quoting {
  /** Width up to which a bid and an ask count, in points. */
  readonly max_width: number;
  /** Contracts on each side from which on they count. */
  readonly min_qty: number;
  /** Share of the trading time with such a quote. */
  readonly share: number;
  /** Points of the score for each second that is missing. */
  readonly penalty_per_s: number;
}

/** Needs of a format beside its instruments, which the room fulfils. Any format can use each of them. */
export interface RoundRules {
  /** Widest quote that is taken; absent: any. */
  readonly max_width?: number | undefined;
  /** Fewest contracts of an order that is taken; absent: any. */
  readonly min_qty?: number | undefined;
  /** Nobody sells more than the seat holds. */
  readonly no_shorts?: boolean | undefined;
  /** An order that has traded cancels all orders in the round's instruments, its own rest too. */
  readonly cancel_all_on_trade?: boolean | undefined;
  readonly quoting?: Quoting | undefined;
  /** Money that each seat pays into the pot. */
  readonly ante?: number | undefined;
}

/** A contest for the right to quote: each bid is a width, to be below the best one by a part of it. */
export interface Contest {
  /** Part of the best width by which the next one is to be below it. */
  readonly shrink: number;
}

/** A house that quotes every instrument of the round, around its fair value, but for one price that is off. */
export interface House {
  /** Contracts on each side. */
  readonly qty: number;
  /** By trading step: the option that is off, by its place among the options (calls, then puts, by strike), and by how many points. */
  readonly planted: readonly { readonly option: number; readonly by: number }[];
}

/** A round as it was dealt. Scalars go by their place in `scalars`. */
export interface Dealt {
  readonly deal: Deal;
  readonly script: readonly Step[];
  readonly scalars: readonly Scalar[];
  /** The distribution of a scalar's settlement, for somebody who knows these cards and no others; null: nobody can count it. */
  fair(scalar: number, known: Known): Distribution | null;
  /** The value at which a scalar settles. @param answers of the seats in an `ask`, in their order; null: none was given */
  settlement(scalar: number, answers: readonly (number | null)[]): number;
  /** Contracts that each seat is dealt, by scalar: held like bought ones, outside of the engine's books. Absent: none. */
  readonly endowments?: readonly (readonly number[])[];
  /** Money that the pot pays to each seat beside the settlements. @param held contracts at the settlement, by seat and scalar */
  pot?(held: readonly (readonly number[])[]): number[];
  readonly house?: House;
}

/** A format with its parameters. */
export interface Plan {
  readonly rules: RoundRules;
  /** One screen for players. */
  readonly explanation: string;
  /** The parameters as far as players may know them; absent: all of them. */
  readonly shownParams?: Readonly<Record<string, unknown>>;
  /** Bounds of the numbers that an `ask` asks for. */
  readonly answers?: { readonly min: number; readonly max: number };
  /** The contest in the step of that kind. */
  readonly contest?: Contest;
  /** Whether a score is what a seat has locked in: its P&L at the settlement that is worst for it. */
  readonly scoresLockedIn?: boolean;
  /** Whether the host lists the instruments and settles them by hand. */
  readonly isHostRun?: boolean;
  /** Whether everybody may trade, with a seat or without. */
  readonly isOpenToAll?: boolean;
  /** The reason for which so many seats cannot play it; null: they can. */
  refusal(seats: number): string | null;
  deal(stream: SeededStream, seats: number): Dealt;
}

/** A game of the list. */
export interface Format {
  /** Binding: clients, set-ups and archives name it so. */
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** Minutes that a round takes, with its review. */
  readonly minutes: number;
  readonly seats: { readonly min: number; readonly max: number };
  /** Ideas that it teaches, a word or two each. */
  readonly teaches: readonly string[];
  /** Notes for the teacher: questions before, pictures after. */
  readonly notes: string;
  readonly params: v.GenericSchema<unknown, object>;
  /** Plans a round. @throws a ValiError if the parameters are not its own */
  plan(params: unknown): Planned;
}

/** A plan, with the parameters from which it was made and the defaults of those that were left out. */
export type Planned = Plan & { readonly params: Readonly<Record<string, unknown>> };

/** Declares a format: `make` gets parameters that were checked, with their defaults. */
export function format<S extends v.GenericSchema<unknown, object>>(
  description: Omit<Format, "plan" | "params"> & { params: S },
  make: (params: v.InferOutput<S>) => Plan,
): Format {
  const plan = (given: unknown): Planned => {
    const params = v.parse(description.params, given);
    return { ...make(params), params: { ...params } as Record<string, unknown> };
  };
  return { ...description, plan };
}

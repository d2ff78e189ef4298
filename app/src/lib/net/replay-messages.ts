/** Messages between a page and the worker that replays a session. The page knows these, and no engine. */

import type { ToldDeal } from "#game/formats/dealt-again.ts";
import type { ExportRow, Message } from "#protocol";

/** A trade as the page needs it. */
export interface TradeMoment {
  /** Number of lines of the log that have been applied when it has happened. */
  readonly at: number;
  readonly ts: number;
  readonly tradeId: number;
  readonly inst: number;
  readonly price: number;
  readonly qty: number;
  readonly buyerId: number;
  readonly sellerId: number;
}

export type MarkKind = "session" | "step" | "news" | "halt" | "settlement";

/** A moment that somebody who looks back wants to find. */
export interface Mark {
  readonly at: number;
  readonly ts: number;
  readonly kind: MarkKind;
  readonly text: string;
}

/** A replay that is ready, as far as the log leads to a room. */
export interface Opened {
  /** Unix ms of each line that was applied, in order. */
  readonly times: Float64Array;
  readonly trades: readonly TradeMoment[];
  readonly marks: readonly Mark[];
  /** The line that could not be applied, 1 for the first, and why; null: all were. */
  readonly fault: { readonly line: number; readonly text: string } | null;
}

export type CheckName = "chain" | "end" | "replay" | "trades" | "positions" | "pnl" | "deals";

export interface Check {
  readonly name: CheckName;
  /** null: there was nothing to compare with. */
  readonly isRight: boolean | null;
  /** Lines, trades, positions and so on that were compared. */
  readonly count: number;
  /** The first place where log and told data part, in words; null: they do not. */
  readonly where: string | null;
}

/** The data that the log is compared with. null: this page may not have them, or they could not be loaded. */
export interface Told {
  readonly hashes: readonly (string | null)[];
  readonly trades: readonly ExportRow<"trades">[] | null;
  readonly positions: readonly ExportRow<"positions">[] | null;
  readonly pnl: readonly { user_id: number; name: string; pnl: number }[] | null;
  readonly deals: readonly ToldDeal[] | null;
}

export interface Asks {
  open: { log: Uint8Array; names: readonly (readonly [userId: number, name: string])[] };
  /** The room after `at` lines, as the seat of a user has it. */
  show: { at: number; userId: number; charted: readonly number[] };
  verify: { told: Told };
}
export interface Answers {
  open: Opened;
  show: { at: number; messages: readonly Message[] };
  verify: readonly Check[];
}
export type AskName = keyof Asks;

export type Asked = { [N in AskName]: { id: number; ask: N } & Asks[N] }[AskName];
export type Answered =
  | { id: number; answer: Answers[AskName] }
  | { id: number; failed: string }
  | { id: number; share: number };

/** Messages between a page and the worker with its room, beside the frames that go over lines. */

import type { BotKind, Request } from "#protocol";
import type { OwnTrades } from "../../../../local/report.ts";

export type { OwnTrade, OwnTrades } from "../../../../local/report.ts";

/** Bots of one kind that play along. */
export interface BotChoice {
  kind: BotKind;
  count: number;
}

/** A game for one person among bots: a round of a format. */
export interface LocalGame {
  format: string;
  params: Record<string, unknown>;
  bots: readonly BotChoice[];
  /** Whether fair values are shown. */
  learning: boolean;
  /** Whether the steps before the first trading are passed over. */
  isBrisk: boolean;
  /** Whether the own hand is to be an unusual one. */
  isTelling?: boolean;
}

/** A room to open in the worker. */
export interface LocalRoomSpec {
  /** Address of the engine's module. */
  engineUrl: string;
  /** Looks like a room's code; nothing finds the room by it. */
  code: string;
  name: string;
  /** The journal of an earlier worker, in which the room goes on; empty: a new room. */
  batches: Uint8Array[];
  /** The game that the host leads; null: the host only asks for what it is told to. */
  game: LocalGame | null;
}

export type ToWorker =
  | { type: "open"; spec: LocalRoomSpec }
  /** One more line; its other end is the page's. */
  | { type: "line"; port: MessagePort }
  /** Everybody is there: the game begins, unless it has before. `person` is the user for whom it is. */
  | { type: "begin"; person: number }
  /** The room's host is to ask for this. */
  | { type: "ask"; request: Request };

export type FromWorker =
  /** The room is there: lines may join. */
  | { type: "ready" }
  /** A part of the journal, to be kept for a later worker. */
  | { type: "kept"; batch: Uint8Array }
  /** The trades of the person, after the round's result. */
  | { type: "traded"; own: OwnTrades }
  /** The trades of the person so far, some seconds after one. */
  | { type: "so_far"; own: OwnTrades }
  /** A request of the host was refused. */
  | { type: "refused"; message: string }
  /** The room cannot be opened, or has failed. */
  | { type: "failed"; message: string };

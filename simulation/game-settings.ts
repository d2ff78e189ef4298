/** Settings of a game, and its report. */

import type { ClientCounts } from "./players/world.ts";
import type { ServerSettings } from "./platform/server-settings.ts";
import type { FrameFaultCount } from "./platform/proxy.ts";

/** Mean numbers of faults in a thousand requests. */
export interface Faults {
  cuts: number;
  abandoned: number;
  crashes: number;
  evictions: number;
  diskFaults: number;
  /** Pauses in which everything is checked, and after which the object may have gone from memory. */
  rests: number;
}

export interface GameSettings {
  seed: number;
  bots: number;
  /** Requests that reach the room, at least. */
  commands: number;
  faults: Faults;
  /** Entries between two snapshots: one of these. */
  snapshotsEvery: readonly number[];
  /** Connections that get their slice in one turn: one of these. */
  slices: readonly number[];
  /** Time that a trader thinks on average, microseconds: one of these. */
  pausesUs: readonly number[];
  sabotage?: ServerSettings["sabotage"];
}

export interface GameReport extends ClientCounts, FrameFaultCount {
  requests: number;
  replayed: number;
  trades: number;
  entries: number;
  commits: number;
  absent: number;
  cuts: number;
  crashes: number;
  crashesInCommit: number;
  evictions: number;
  diskFaults: number;
  rests: number;
  steps: number;
}

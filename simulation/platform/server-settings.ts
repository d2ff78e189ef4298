/** Settings of a simulated room's platform. */

import type { Outbox } from "#game/outbox.ts";
import type { Message } from "#protocol";
import type { DiskSabotage } from "./disk.ts";

export interface ServerSettings {
  onDisconnect: "keep" | "cancel";
  markLots: number;
  /** Time that a write takes. */
  commitLeastUs: number;
  commitMostUs: number;
  /** Entries between two snapshots. */
  snapshotEvery: number;
  /** Connections that get their slice in one turn. */
  slice: number;
  /** Mistakes to plant. */
  sabotage?: Sabotage;
}

export interface Sabotage extends DiskSabotage {
  /** Stands between room and outbox. */
  outbox?: (out: Outbox) => Outbox;
  /** Whether messages do not wait for the commit. */
  leavesEarly?: boolean;
  /** Changes a frame after its commit. */
  frame?: (mail: Message[]) => Message[];
}

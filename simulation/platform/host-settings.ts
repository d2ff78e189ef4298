/** How a simulated room's platform behaves. */

import type { Outbox } from "#game/outbox.ts";
import type { Message } from "#protocol";
import type { DiskSabotage } from "./disk.ts";

export interface HostSettings {
  onDisconnect: "keep" | "cancel";
  /** How long a write takes. */
  commitLeastUs: number;
  commitMostUs: number;
  /** So many entries after the last snapshot comes the next. */
  snapshotEvery: number;
  /** How many connections get their slice of a beat in one turn. */
  slice: number;
  /** For planting mistakes. */
  sabotage?: Sabotage;
}

export interface Sabotage extends DiskSabotage {
  /** Stands between room and outbox. */
  outbox?: (out: Outbox) => Outbox;
  /** Messages do not wait for the commit. */
  leavesEarly?: boolean;
  /** Changes a frame after its commit. */
  frame?: (mail: Message[]) => Message[];
}

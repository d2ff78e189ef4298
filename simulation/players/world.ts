/** The game around a simulated client, and the counts of what happened to all of them. */

import type { Audit } from "../audit.ts";
import type { SimulatedDisk } from "../platform/disk.ts";
import type { Network } from "../platform/network.ts";

/** Parts that all clients of a game share. */
export interface World {
  network: Network;
  audit: Audit;
  disk: SimulatedDisk;
  counts: ClientCounts;
  /** True while everybody is silent, so that frames under way can arrive. */
  resting: boolean;
}

export interface ClientCounts {
  answers: number;
  duplicates: number;
  resent: number;
  reconnects: number;
  /** Joins by a seat's code or a host's link. */
  comebacks: number;
  /** Joins whose first answer was lost. */
  joinsRepeated: number;
  /** Clients removed by the host. */
  gone: number;
}

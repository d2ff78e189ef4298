/** Interfaces through which rooms reach each other. A room plugs itself into the desk; the others know no more of it. */

import type { Side } from "#protocol";
import type { Violation } from "#lib/lens/violations.ts";
import type { RoomEvent } from "#lib/state/events.ts";
import type { PlannedOrder } from "#lib/trading/settlement.ts";

/** A ladder in sight. */
export interface LadderHandle {
  readonly inst: number;
  recentre(): void;
  /** Whether it shows the notice at its price: then it need not be shown elsewhere as well. */
  tells(event: RoomEvent): boolean;
}

/** The order ticket. Both are about the active instrument. */
export interface TicketPort {
  /** null: stays as it is. */
  fill(side: Side | null, price: number | null, qty: number | null): void;
  /** A fresh order on this side. */
  begin(side: Side): void;
}

/** The spread that is being built. Its code comes with the first leg. */
export interface SpreadPort {
  /** A plain click on a price of the chain is a leg, as on a screen without a Ctrl key. */
  addsLegs: boolean;
  begin(): void;
  /** A leg more, or one less: nothing is sent. */
  press(inst: number, side: Side): void;
  /** Contracts in one spread, of the leg that this cell of the chain is; 0 where it is none. */
  ratioAt(inst: number, side: Side): number;
  /** The trades that lock in a find of the lens, as a spread to look at and send. */
  load(found: Pick<Violation, "legs" | "sets">): void;
}

/** The orders that a room would send now. */
export type PlannedOrders = () => readonly PlannedOrder[];

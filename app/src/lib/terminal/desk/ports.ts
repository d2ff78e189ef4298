/**
 * Interfaces through which the terminal's rooms reach each other. A room plugs itself into the desk; others know only
 * its port.
 */

import type { Side } from "#protocol";
import type { Violation } from "#lib/lens/violations.ts";
import type { RoomEvent } from "#lib/state/events.ts";
import type { PlannedOrder } from "#lib/trading/settlement.ts";

/** A ladder in sight. */
export interface LadderHandle {
  readonly inst: number;
  recentre(): void;
  /** Whether it shows the event at its price: then no notice needs to. */
  tells(event: RoomEvent): boolean;
}

/** The order ticket, which is about the active instrument. */
export interface TicketPort {
  /** Fills in an order; a field that is null stays as it is. */
  fill(side: Side | null, price: number | null, qty: number | null): void;
  /** Begins a new order on this side. */
  begin(side: Side): void;
}

/** The spread in the ticket's panel. Its code is loaded with the first leg. */
export interface SpreadPort {
  /** Whether a plain click on a price of the chain adds a leg, for screens without a Ctrl key. */
  addsLegs: boolean;
  begin(): void;
  /** Adds a leg, raises its ratio, or removes the leg of the other side. Sends nothing. */
  press(inst: number, side: Side): void;
  /** The ratio of the leg in this instrument and side; 0 if there is none. */
  ratioAt(inst: number, side: Side): number;
  /** Takes over the trades of a violation as a spread, to be looked at and sent. */
  load(found: Pick<Violation, "legs" | "sets">): void;
}

/** Computes the orders that a room would send now. */
export type PlannedOrders = () => readonly PlannedOrder[];

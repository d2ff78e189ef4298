/** The form of a sample bot: trades on a client until it is stopped. */

import type { Side } from "#protocol";
import type { RoomClient } from "../room-client.ts";

export interface BotOptions {
  /** Price of scalars for which nobody has shown one; without it a bot waits for others. */
  fair?: number;
  /** Contracts of an order. */
  qty?: number;
  /** Time between two looks at the market, ms. */
  everyMs?: number;
}

/** Starts a bot. @returns a function that stops it; its orders stay */
export type Bot = (client: RoomClient, options?: BotOptions) => () => void;

/** Acts at intervals while the client knows the room, and never twice at a time. */
export function repeatedly(
  client: RoomClient,
  act: () => Promise<void>,
  everyMs = 250,
): () => void {
  let isActing = false;
  const timer = setInterval(() => {
    if (isActing || !client.isReady) return;
    isActing = true;
    void act().finally(() => {
      isActing = false;
    });
  }, everyMs);
  return () => clearInterval(timer);
}

/** Whether this side of a quote is in the book already: at its price, and more than half as large. */
export function stands(
  { state }: RoomClient,
  inst: number,
  side: Side,
  price: number,
  qty: number,
): boolean {
  const open = state.orders.all(inst).filter((order) => order.side === side);
  const [one] = open;
  if (one === undefined || qty === 0) return open.length === qty;
  return open.length === 1 && one.price === price && one.leaves <= qty && 2 * one.leaves > qty;
}

/** Instruments that are left alone for a while, because an order in them was refused. */
export class Rests {
  readonly #until = new Map<number, number>();

  refused(inst: number, ms = 2_000): void {
    this.#until.set(inst, Date.now() + ms);
  }

  has(inst: number): boolean {
    return (this.#until.get(inst) ?? 0) > Date.now();
  }
}

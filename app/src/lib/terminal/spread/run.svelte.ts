/**
 * Sends a spread leg by leg, for the exchange has no combined orders. Each leg is an immediate-or-cancel order at the
 * shown price, and is sent when the leg before it is answered. A quantity that one leg lacks is left out of the next.
 * When the line drops or the user stops it, no further leg is sent; the leg under way is a pending request like any
 * order.
 */

import type { Instrument, Message, Side } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import type { Orders } from "#lib/terminal/orders/orders.svelte.ts";
import { atMost } from "#lib/trading/lots.ts";
import { signOf } from "#lib/trading/sides.ts";
import { scarcestFirst, stepOf, wholeIn, type PricedLeg } from "./legs.ts";

const CLOSE_OUT = "close out";

/** `refused`: by the exchange, or by the page before it was sent; `unknown`: it may have traded. */
export type LegState = "waiting" | "sent" | "answered" | "refused" | "unsent" | "unknown";

export interface RunLeg {
  readonly instrument: Instrument;
  readonly side: Side;
  readonly ratio: number;
  readonly price: number;
  readonly state: LegState;
  /** Contracts of its order; null before it is sent. */
  readonly asked: number | null;
  readonly filled: number;
  /** Contracts of those that were closed out again. */
  readonly closed: number;
  /** The reason for which it was refused or could not be closed out. */
  readonly reason: string | null;
}

/** Quantity of a leg that belongs to no whole spread; negative: short. */
export interface Leftover {
  readonly leg: RunLeg;
  readonly qty: number;
}

export class SpreadRun {
  readonly #room: RoomClient;
  readonly #orders: Orders;
  readonly #step: number;
  /** Number of spreads to be sent. */
  readonly asked: number;
  /** Legs in the order of sending. */
  legs = $state.raw<readonly RunLeg[]>([]);
  busy = $state(false);
  /** The line dropped while a leg was under way. */
  lost = $state(false);

  /** @param legs legs that all have a price */
  constructor(room: RoomClient, orders: Orders, legs: readonly PricedLeg[], asked: number) {
    this.#room = room;
    this.#orders = orders;
    this.asked = asked;
    this.#step = stepOf(legs);
    this.legs = scarcestFirst(legs).flatMap(({ instrument, side, ratio, price }) =>
      price === null
        ? []
        : {
            ...{ instrument, side, ratio, price, asked: null, filled: 0, closed: 0 },
            ...{ state: "waiting" as const, reason: null },
          },
    );
  }

  /** Number of whole spreads that are known to have traded. */
  get done(): number {
    const each = this.legs.map(({ filled, ratio }) => wholeIn(filled, ratio, this.#step));
    return Math.min(this.asked, ...each);
  }

  get left(): Leftover[] {
    const { done } = this;
    return this.legs.flatMap((leg) => {
      const more = leg.filled - leg.closed - leg.ratio * done;
      return more > 0 ? [{ leg, qty: signOf(leg.side) * more }] : [];
    });
  }

  /** Whether the traded quantity of every leg is known. */
  get isCertain(): boolean {
    return this.legs.every(({ state }) => state !== "sent" && state !== "unknown");
  }

  async send(): Promise<void> {
    this.busy = true;
    const mayGoOn = this.#unlessStopped();
    let spreads = this.asked;
    for (let at = 0; at < this.legs.length && spreads > 0 && mayGoOn(); at++)
      spreads = Math.min(spreads, await this.#sendLeg(at, spreads));
    this.#markUnsent();
    this.busy = false;
  }

  /**
   * @returns a function that tells whether sending may go on: a cancel of all orders, the lock and a dropped line stop
   * it
   */
  #unlessStopped(): () => boolean {
    const { cancelsOfAll } = this.#orders;
    return () => !this.lost && this.#orders.armed && this.#orders.cancelsOfAll === cancelsOfAll;
  }

  /** Sends one leg. @returns the number of whole spreads that it has filled */
  async #sendLeg(at: number, spreads: number): Promise<number> {
    const leg = this.legs[at];
    if (leg === undefined) return 0;
    const { instrument, side, ratio, price } = leg;
    const block = this.#orders.blockOf(instrument.id);
    if (block !== null) {
      this.#set(at, { state: "refused", reason: block });
      return 0;
    }
    const qty = ratio * spreads;
    this.#set(at, { state: "sent", asked: qty });
    const inst = instrument.id;
    const reply = await this.#orders.take(inst, side, qty, price);
    this.#set(at, this.#outcomeOf(reply));
    return wholeIn(this.legs[at]?.filled ?? 0, ratio, this.#step);
  }

  #outcomeOf(reply: Message): Partial<RunLeg> {
    if (reply.type === "order_ack") return { state: "answered", filled: reply.filled };
    return this.#failureOf(reply) ?? { state: "unknown" };
  }

  /**
   * The refusal in a reply; null if it is unknown whether the order was accepted: after a fault of the server or a lost
   * seat.
   */
  #failureOf(reply: Message): { state: "refused"; reason: string } | null {
    const isOpen = this.#room.connection.state === "ended";
    if (reply.type !== "error" || reply.code === "INTERNAL" || isOpen) return null;
    return { state: "refused", reason: reply.message };
  }

  /** Stops when the line is down: the result of the leg under way is unknown, and the others are not sent. */
  drop(): void {
    if (!this.busy) return;
    this.lost = true;
    this.busy = false;
    this.legs = this.legs.map((leg) => (leg.state === "sent" ? { ...leg, state: "unknown" } : leg));
    this.#markUnsent();
  }

  /** The question about closing out, while it waits for a second press; else null. */
  get question(): string | null {
    return this.#orders.guard.questionFor(CLOSE_OUT);
  }

  /** Closes the leftovers of all legs at the market. Unusual prices wait for a second press. */
  async closeOut(): Promise<void> {
    if (this.busy || !this.isCertain) return;
    const orders = this.left.map(({ leg, qty }) => ({
      ...({ inst: leg.instrument.id, side: qty > 0 ? "sell" : "buy", price: null } as const),
      ...{ qty: Math.abs(qty), isSizeGiven: true },
    }));
    if (!this.#orders.guard.lets(CLOSE_OUT, orders)) return;
    this.busy = true;
    this.lost = false;
    const mayGoOn = this.#unlessStopped();
    for (const { leg, qty } of this.left) {
      if (!mayGoOn()) break;
      await this.#close(this.legs.indexOf(leg), leg, qty);
    }
    this.busy = false;
  }

  async #close(at: number, leg: RunLeg, held: number): Promise<void> {
    const inst = leg.instrument.id;
    const block = this.#orders.blockOf(inst);
    if (block !== null) return this.#set(at, { reason: block });
    const most = this.#room.limits?.max_order_qty ?? Infinity;
    const qty = atMost(Math.abs(held), most, leg.instrument.lot_size);
    const side = held > 0 ? "sell" : "buy";
    this.#set(at, { state: "sent", reason: null });
    const reply = await this.#orders.atMarket(inst, side, qty);
    if (reply.type === "order_ack")
      return this.#set(at, { state: "answered", closed: leg.closed + reply.filled });
    const failure = this.#failureOf(reply);
    this.#set(at, failure === null ? { state: "unknown" } : { ...failure, state: "answered" });
  }

  #markUnsent(): void {
    this.legs = this.legs.map((leg) =>
      leg.state === "waiting" ? { ...leg, state: "unsent" } : leg,
    );
  }

  #set(at: number, change: Partial<RunLeg>): void {
    this.legs = this.legs.map((leg, index) => (index === at ? { ...leg, ...change } : leg));
  }
}

/** Puts a room's events into words, for notices. */

import type { Instrument } from "#protocol";
import { formatAverage, formatMoney, formatPrice, formatQty } from "#lib/format.ts";
import type { RemovalReason, RoomEvent } from "#lib/state/events.ts";
import { plural } from "#lib/words.ts";

const removalReasons: Record<RemovalReason, string> = {
  fill: "filled",
  self_trade: "it would have traded with your own order",
  quotes_pulled: "the host pulled the quotes",
  settled: "the instrument was settled",
  killed: "the host stopped your trading",
  kicked: "you were removed",
  disconnected: "your connection dropped",
  closed: "the session was closed",
  cancelled: "cancelled",
};

const session = {
  lobby: "The session has not begun: wait for the host to open it.",
  open: "The session is open: trade.",
  paused: "The session is paused: you can cancel, but not place or change orders.",
  closed: "The session is closed.",
};

const lens = {
  off: "The host has turned the lens off.",
  after: "The host allows the lens once the round is over.",
  always: "The host allows the lens: switch it on above the chain.",
};

/** The part of a room that names instruments. */
interface Instruments {
  instrument(inst: number): Instrument | undefined;
}
type Of<T extends RoomEvent["type"]> = Extract<RoomEvent, { type: T }>;

export function sentenceOf(event: RoomEvent, room: Instruments): string {
  switch (event.type) {
    case "filled":
      return filled(event, room);
    case "refused":
      return event.message;
    case "cancelled":
      return `${plural(event.count, "order", "orders")} cancelled: ${removalReasons[event.reason]}.`;
    case "accepted":
      return "The order that you gave when the connection dropped was taken. Check your orders.";
    case "halted":
      return `${named(event.insts, room)} ${event.insts.length > 1 ? "are" : "is"} halted.`;
    case "resumed":
      return `${named(event.insts, room)} ${event.insts.length > 1 ? "trade" : "trades"} again.`;
    case "settled":
      return settled(event, room);
    case "killed":
      return "The host has stopped your trading. Your orders are cancelled.";
    case "revived":
      return "The host lets you trade again.";
    case "session":
      return event.timeUp
        ? "Time is up: you can cancel, but not place or change orders."
        : session[event.state];
    case "lens":
      return lens[event.lens];
    case "news":
    case "remark":
      return event.text;
  }
}

const symbolOf = (inst: number, room: Instruments) => room.instrument(inst)?.symbol ?? `#${inst}`;
const tickOf = (inst: number, room: Instruments) => room.instrument(inst)?.tick_size ?? 1;

/** The symbol of a single instrument; the number of several. */
function named(insts: readonly number[], room: Instruments): string {
  const [first] = insts;
  return insts.length === 1 && first !== undefined
    ? symbolOf(first, room)
    : plural(insts.length, "instrument", "instruments");
}

function filled({ inst, side, qty, value }: Of<"filled">, room: Instruments): string {
  const verb = side === "buy" ? "Bought" : "Sold";
  const average = formatAverage(value / qty, tickOf(inst, room));
  return `${verb} ${formatQty(qty)} ${symbolOf(inst, room)} at ${average}.`;
}

function settled({ inst, value, others, payout }: Of<"settled">, room: Instruments): string {
  const price = `${symbolOf(inst, room)} settled at ${formatPrice(value, tickOf(inst, room))}`;
  const end = others > 0 ? `, and ${plural(others, "option", "options")} with it.` : ".";
  if (payout === null) return price + end;
  return `${price}${end} Your positions are paid out: ${formatMoney(payout)}, on top of what they cost or brought.`;
}

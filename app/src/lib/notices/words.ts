/** Puts a room's events into words, for notices. */

import type { Instrument } from "#protocol";
import { fit, formatAverage, formatMoney, formatPrice, formatQty } from "#lib/format.ts";
import type { RemovalReason, RoomEvent } from "#lib/state/events.ts";
import { plural, pnlWords, unnamed } from "#lib/words.ts";

const removalReasons: Record<RemovalReason, string> = {
  fill: "filled",
  self_trade: "it would have traded with your own order",
  quotes_pulled: "the host cancelled all quotes in it",
  settled: "the instrument was settled",
  killed: "the host stopped your trading",
  kicked: "you were removed",
  disconnected: "your connection dropped",
  closed: "the session was closed",
  cancelled: "cancelled",
  traded: "a trade cancels all orders in this game",
};

const session = {
  lobby: "The host starts soon: nothing trades yet.",
  open: "Trading is open.",
  paused: "The session is paused: you can cancel, but not place or change orders.",
  closed: "The session is closed.",
};

const lens = {
  off: "The host has turned the lens off.",
  after: "The host allows the lens once the round is over.",
  always: "The host allows the lens: switch it on above the chain.",
};

const scoring = {
  pnl: "Rounds are scored by P&L now.",
  luck_adjusted: "Rounds are scored by P&L without luck now.",
  risk_adjusted: "Rounds are scored by P&L for the risk taken now.",
  quoting: "Rounds are scored by quoting now.",
  rank: "Rounds are scored by place now.",
};

/** The part of a room that names instruments, and the decimals of its money. */
interface Instruments {
  readonly moneyDecimals: number;
  /** An instrument by its number: also one that has retired since. */
  known(inst: number): Pick<Instrument, "symbol" | "tick_size"> | undefined;
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
      return "The order that you gave when the connection dropped was accepted. Check your orders.";
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
    case "scoring":
      return scoring[event.scoring];
    case "listed":
      return event.insts.length === 1
        ? `New: ${named(event.insts, room)}.`
        : `New: ${event.insts.map((inst) => symbolOf(inst, room)).join(", ")}.`;
    case "symbol_changed":
      return `${event.from} is called ${symbolOf(event.inst, room)} now.`;
    case "tick":
      return `Tick size of ${symbolOf(event.inst, room)} is ${formatPrice(event.tick, event.tick)} now: all orders in it were cancelled.`;
    case "news":
      return event.isPrivate ? `To you only: ${event.text}` : event.text;
    case "remark":
      return event.text;
  }
}

const symbolOf = (inst: number, room: Instruments) => room.known(inst)?.symbol ?? unnamed(inst);
const tickOf = (inst: number, room: Instruments) => room.known(inst)?.tick_size ?? 1;

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

/** Room in a line of a notice, in digits: a longer figure would be broken over two. */
const LINE_DIGITS = 14;

function settled(
  { inst, value, others, corrected, result }: Of<"settled">,
  room: Instruments,
): string {
  const symbol = symbolOf(inst, room);
  const price = pnlWords.settled(symbol, formatPrice(value, tickOf(inst, room)), corrected);
  const end = others > 0 ? `, and ${plural(others, "option", "options")} with it.` : ".";
  if (result === null) return price + end;
  const money = (amount: number) =>
    fit(formatMoney(amount, room.moneyDecimals), amount, LINE_DIGITS);
  const inIt = `${pnlWords.inIt(symbol, others)}: ${money(result.pnl)}`;
  return `${price}${end} ${inIt}. ${pnlWords.total}: ${money(result.total)}.`;
}

/**
 * The terminal's keys: their codes, their lines in the help sheet, and their actions. A code is a place on the keyboard
 * and not a letter, so keys are the same on every layout. They act on the instrument under the pointer, else on the
 * active one.
 */

import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import { best, outsideBook } from "#lib/trading/book.ts";
import type { Key } from "#lib/ui/keyboard.ts";
import type { QuoteMove } from "./quote/steps.ts";
import type { TraderQuotes } from "./quote/trader-quotes.svelte.ts";

/** The states on which keys act. */
export interface KeyTargets {
  readonly desk: Desk;
  readonly quotes: TraderQuotes;
}

interface KeyAction {
  /** Codes of the keys. Escape and the question mark have rules of their own in `actionOf`. */
  readonly codes: readonly string[];
  /** The line of the help sheet; an action without one shares the line of the action before it. */
  readonly help?: readonly [keys: string, effect: string];
  /** Whether the action repeats while the key is held. */
  readonly repeats?: boolean;
  readonly run: (on: KeyTargets) => void;
}

type Act = (desk: Desk, inst: number) => void;

const onTarget =
  (act: Act) =>
  ({ desk }: KeyTargets) => {
    if (desk.target !== null) act(desk, desk.target);
  };
const asTrader = (act: Act) =>
  onTarget((desk, inst) => {
    if (!desk.spectator) act(desk, inst);
  });
const armed = (act: Act) =>
  asTrader((desk, inst) => {
    if (desk.orders.armed) act(desk, inst);
  });

/** Places a bid or ask at the best price of its side. */
const join = (side: "buy" | "sell") =>
  asTrader((desk, inst) => {
    const { bids, asks } = desk.room.market(inst);
    const price = best(side === "buy" ? bids : asks);
    if (price !== null) desk.click(inst, side, price);
  });

/** Trades at the best price of the other side, without the user's own orders. */
const take = (side: "buy" | "sell") =>
  asTrader((desk, inst) => {
    const { bids, asks } = outsideBook(desk.room, inst);
    const price = best(side === "buy" ? asks : bids);
    if (price !== null) desk.click(inst, side, price);
  });

const size = (preset: number): KeyAction => ({
  codes: [`Digit${preset + 1}`, `Numpad${preset + 1}`],
  ...(preset === 0 ? { help: ["1 – 5", "Choose the size"] as const } : {}),
  run: onTarget((desk, inst) => {
    const qty = desk.preferences.presets[preset];
    if (qty !== undefined) desk.sizes.setSize(inst, qty);
  }),
});

const step = (move: QuoteMove, code: string, help?: KeyAction["help"]): KeyAction => ({
  codes: [code],
  ...(help && { help }),
  repeats: true,
  run: ({ quotes }) => quotes.keyed.move(move),
});

function toggleQuotes({ desk }: KeyTargets): void {
  if (!desk.spectator) desk.showQuotes(!(desk.chainOpen && desk.chainPanel === "quotes"));
}

const actions = {
  cancelAll: {
    codes: ["Escape"],
    help: ["Esc", "Close what is open on top; if nothing is, cancel all my orders everywhere"],
    run: ({ desk }) => desk.orders.cancelAll(),
  },
  recentre: {
    codes: ["Space"],
    help: ["Space", "Recentre the ladder"],
    run: onTarget((desk, inst) => desk.recentre(inst)),
  },
  size1: size(0),
  size2: size(1),
  size3: size(2),
  size4: size(3),
  size5: size(4),
  joinBid: {
    codes: ["KeyQ"],
    help: ["Q / W", "Join the best bid / the best ask"],
    run: join("buy"),
  },
  joinAsk: { codes: ["KeyW"], run: join("sell") },
  hitBid: { codes: ["KeyZ"], help: ["Z / X", "Hit the bid / lift the ask"], run: take("sell") },
  liftAsk: { codes: ["KeyX"], run: take("buy") },
  cancelHere: {
    codes: ["KeyE"],
    help: ["E", "Cancel my orders in this instrument"],
    run: onTarget((desk, inst) => desk.orders.cancelIn(inst)),
  },
  flatten: {
    codes: ["KeyF"],
    help: ["F / R", "Flatten / reverse the position"],
    run: armed((desk, inst) => desk.orders.flatten(inst)),
  },
  reverse: { codes: ["KeyR"], run: armed((desk, inst) => desk.orders.reverse(inst)) },
  quoteTighter: step("tighter", "BracketLeft", ["[ / ]", "Quote one tick tighter / wider"]),
  quoteWider: step("wider", "BracketRight"),
  quoteDown: step("down", "Minus", ["− / =", "Quote one tick down / up"]),
  quoteUp: step("up", "Equal"),
  quoteSend: {
    codes: ["KeyG"],
    help: ["G", "Send the quote"],
    run: ({ quotes }) => quotes.keyed.send(),
  },
  quoteGrid: {
    codes: ["KeyV"],
    help: [
      "V",
      "Quotes in several strikes; with rows ticked there, [ ] − = and G act on those rows",
    ],
    run: toggleQuotes,
  },
  /** The chain handles this key itself, on a focused price. */
  leg: { codes: [], help: ["S", "On a focused price of the chain: a leg of a spread"], run() {} },
  arm: {
    codes: ["KeyL"],
    help: ["L", "Arm or lock one-click trading"],
    run: ({ desk }) => (desk.orders.armed = !desk.orders.armed),
  },
  cumulative: {
    codes: ["KeyD"],
    help: ["D", "Sizes of ladders one by one or added up from the best price outwards"],
    run: ({ desk: { preferences } }) => (preferences.cumulative = !preferences.cumulative),
  },
  chain: {
    codes: ["KeyC"],
    help: ["C", "Open or close the options chain"],
    run: ({ desk }) => desk.showChain(!desk.chainOpen),
  },
  payoff: {
    codes: ["KeyP"],
    help: ["P", "In a low window: show or hide the whole payoff at settlement"],
    run: ({ desk }) => (desk.payoffOpen = !desk.payoffOpen),
  },
  search: {
    codes: ["Slash"],
    help: ["/", "Search the instruments"],
    run: ({ desk }) => desk.search(),
  },
  help: { codes: [], help: ["?", "This sheet"], run: ({ desk }) => (desk.dialog = "help") },
} satisfies Record<string, KeyAction>;

export type Action = keyof typeof actions;

const all: Readonly<Record<Action, KeyAction>> = actions;
const named = Object.entries(all) as [Action, KeyAction][];
const byCode = new Map(named.flatMap(([name, { codes }]) => codes.map((code) => [code, name])));

export const helpRows = named.flatMap(([, { help }]) => (help === undefined ? [] : [help]));

/**
 * The action of a key press; null if it has none. Escape cancels all orders even while the user types, unless it closes
 * something. No other key acts while the user types or holds a modifier; only steps repeat while a key is held.
 */
export function actionOf(key: Key, typing: boolean): Action | null {
  if (key.isComposing) return null;
  if (key.code === "Escape") return key.repeat ? null : "cancelAll";
  if (typing || key.ctrlKey || key.altKey || key.metaKey) return null;
  if (key.key === "?") return "help";
  if (key.shiftKey) return null;
  const action = byCode.get(key.code) ?? null;
  return action !== null && key.repeat && all[action].repeats !== true ? null : action;
}

export function run(action: Action, on: KeyTargets): void {
  all[action].run(on);
}

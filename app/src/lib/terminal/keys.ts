/**
 * The terminal's keys: their codes, their lines in the help sheet, and their actions. A code is a place on the keyboard
 * and not a letter, so keys are the same on every layout. They act on the instrument under the pointer, else on the
 * active one.
 */

import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import { best, outsideBook } from "#lib/trading/book.ts";
import { shared } from "#lib/terminal/desk/words.ts";
import { keyName } from "#lib/ui/key-names.svelte.ts";
import type { Key } from "#lib/ui/keyboard.ts";
import type { QuoteMove } from "./quote/steps.ts";
import type { TraderQuotes } from "./quote/trader-quotes.svelte.ts";

/** The states on which keys act. */
export interface KeyTargets {
  readonly desk: Desk;
  readonly quotes: TraderQuotes;
}

interface KeyAction {
  /** Codes of the keys. The question mark has a rule of its own in `actionOf`. */
  readonly codes: readonly string[];
  /** The effect in the help sheet; an action without one shares the line of the action before it. */
  readonly help?: string | (() => string);
  /** Codes in the help sheet, if others than those of the action. */
  readonly shown?: readonly string[];
  readonly run: (on: KeyTargets) => void;
}

type Act = (desk: Desk, inst: number) => void;

const onTarget =
  (act: Act) =>
  ({ desk }: KeyTargets) => {
    if (desk.target !== null) act(desk, desk.target);
  };
/** Runs an action that sends orders on a ladder; while the user is at the quote grid it only says why it does not. */
const asTrader =
  (act: Act) =>
  (on: KeyTargets): void => {
    if (on.desk.spectator) return;
    if (on.quotes.leads) on.quotes.sayLeads();
    else onTarget(act)(on);
  };
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
    if (price !== null) desk.take(inst, side, price);
  });

const size = (preset: number): KeyAction => ({
  codes: [`Digit${preset + 1}`, `Numpad${preset + 1}`],
  ...(preset === 0 ? { help: "Choose the size", shown: ["Digit1", "…", "Digit5"] } : { shown: [] }),
  run: onTarget((desk, inst) => {
    const qty = desk.preferences.presets[preset];
    if (qty !== undefined) desk.sizes.setSize(inst, qty);
  }),
});

const step = (move: QuoteMove, code: string, help?: KeyAction["help"]): KeyAction => ({
  codes: [code],
  ...(help && { help }),
  run: ({ quotes }) => quotes.keyed.move(move),
});

/** Runs an action on the options chain; without options it says that there are none. */
const onChain =
  (act: (desk: Desk) => void) =>
  ({ desk }: KeyTargets) => {
    if (desk.hasOptions) act(desk);
    else desk.room.notices.add({ type: "remark", text: shared.noOptions });
  };

function toggleQuotes(desk: Desk): void {
  if (!desk.spectator) desk.showQuotes(!(desk.chainOpen && desk.chainPanel === "quotes"));
}

const stepCodes = ["BracketLeft", "BracketRight", "Minus", "Equal", "KeyG"];

const actions = {
  cancelAll: {
    codes: ["Escape"],
    help: "Close what is open on top; if nothing is, cancel all my orders everywhere",
    run: ({ desk }) => desk.orders.cancelAll(),
  },
  recentre: {
    codes: ["Space"],
    help: "Recentre the ladder",
    run: onTarget((desk, inst) => desk.recentre(inst)),
  },
  size1: size(0),
  size2: size(1),
  size3: size(2),
  size4: size(3),
  size5: size(4),
  joinBid: {
    codes: ["KeyQ"],
    help: "Join the best bid / the best ask",
    run: join("buy"),
  },
  joinAsk: { codes: ["KeyW"], run: join("sell") },
  hitBid: { codes: ["KeyZ"], help: "Hit the bid / lift the ask", run: take("sell") },
  liftAsk: { codes: ["KeyX"], run: take("buy") },
  cancelHere: {
    codes: ["KeyE"],
    help: "Cancel my orders in this instrument",
    run: onTarget((desk, inst) => desk.orders.cancelIn(inst)),
  },
  flatten: {
    codes: ["KeyF"],
    help: "Flatten / reverse the position",
    run: armed((desk, inst) => desk.orders.flatten(inst)),
  },
  reverse: { codes: ["KeyR"], run: armed((desk, inst) => desk.orders.reverse(inst)) },
  quoteTighter: step("tighter", "BracketLeft", "Quote one tick tighter / wider"),
  quoteWider: step("wider", "BracketRight"),
  quoteDown: step("down", "Minus", "Quote one tick down / up"),
  quoteUp: step("up", "Equal"),
  quoteSend: {
    codes: ["KeyG"],
    help: "Send the quote / pull all my quotes everywhere; other orders stay",
    run: ({ quotes }) => quotes.keyed.send(),
  },
  quotesPull: { codes: ["KeyH"], run: ({ desk }) => desk.orders.quoter.pullAll() },
  quoteGrid: {
    codes: ["KeyV"],
    help: () => {
      const [a, b, c, d, e] = stepCodes.map(keyName);
      return `Quotes in several strikes; with rows ticked there, ${a} ${b} ${c} ${d} and ${e} act on those rows`;
    },
    run: onChain(toggleQuotes),
  },
  /** The chain handles this key itself, on a focused price. */
  leg: {
    codes: [],
    shown: ["KeyS"],
    help: "On a focused price of the chain: a leg of a spread",
    run() {},
  },
  arm: {
    codes: ["KeyL"],
    help: "Arm or lock one-click trading",
    run: ({ desk }) => (desk.orders.armed = !desk.orders.armed),
  },
  cumulative: {
    codes: ["KeyD"],
    help: "Sizes of ladders one by one or added up from the best price outwards",
    run: ({ desk: { preferences } }) => (preferences.cumulative = !preferences.cumulative),
  },
  chain: {
    codes: ["KeyC"],
    help: "Open or close the options chain",
    run: onChain((desk) => desk.showChain(!desk.chainOpen)),
  },
  payoff: {
    codes: ["KeyP"],
    help: "In a low window: show or hide the whole payoff at settlement",
    run: ({ desk }) => (desk.payoffOpen = !desk.payoffOpen),
  },
  search: {
    codes: ["Slash"],
    help: "Search the instruments",
    run: ({ desk }) => desk.search(),
  },
  help: { codes: [], shown: ["?"], help: "This sheet", run: ({ desk }) => (desk.dialog = "help") },
} satisfies Record<string, KeyAction>;

export type Action = keyof typeof actions;

const all: Readonly<Record<Action, KeyAction>> = actions;
const named = Object.entries(all) as [Action, KeyAction][];
const byCode = new Map(named.flatMap(([name, { codes }]) => codes.map((code) => [code, name])));

/** A line of the help sheet. */
export interface HelpRow {
  /** The keys by their places; "…": and all between. */
  readonly codes: readonly string[];
  readonly effect: () => string;
}

export const helpRows: readonly HelpRow[] = named.reduce<HelpRow[]>((rows, [, action]) => {
  const { help, codes, shown = codes } = action;
  if (help !== undefined)
    return [...rows, { codes: shown, effect: typeof help === "string" ? () => help : help }];
  const last = rows.at(-1);
  return last === undefined
    ? rows
    : [...rows.slice(0, -1), { ...last, codes: [...last.codes, ...shown] }];
}, []);

/**
 * The action of a key press; null if it has none. No key acts while the user types or holds a modifier, which is for
 * text and for the browser's own shortcuts, and none repeats while it is held: one press is one order.
 */
export function actionOf(key: Key, typing: boolean): Action | null {
  if (key.isComposing || key.repeat) return null;
  if (typing || key.ctrlKey || key.altKey || key.metaKey) return null;
  if (key.key === "?") return "help";
  if (key.shiftKey) return null;
  return byCode.get(key.code) ?? null;
}

export function run(action: Action, on: KeyTargets): void {
  all[action].run(on);
}

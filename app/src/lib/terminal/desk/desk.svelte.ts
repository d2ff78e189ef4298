/** One trader's screen: the room, what is open, what is done, and what the pointer is over. Shared through context. */

import { createContext } from "svelte";
import { SvelteSet } from "svelte/reactivity";
import type { Side } from "#protocol";
import type { Violation } from "#lib/lens/lens.ts";
import { keep, recall } from "#lib/state/own-past.ts";
import { unknownPnl, type Notice, type RoomView } from "#lib/state/room-view.ts";
import { Series } from "#lib/terminal/blotter/series.ts";
import { LensDesk } from "#lib/terminal/chain/lens.svelte.ts";
import type { Action } from "#lib/terminal/hotkeys.ts";
import type { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";
import { Orders } from "#lib/terminal/orders/orders.svelte.ts";
import type { QuoteGrid } from "#lib/terminal/quote/grid.svelte.ts";
import { QuoteDesk } from "#lib/terminal/quote/quote.svelte.ts";
import type { SpreadDesk } from "#lib/terminal/spread/spread.svelte.ts";
import { Spreads } from "#lib/terminal/spread/spreads.svelte.ts";
import { TicketDesk } from "#lib/terminal/ticket/ticket.svelte.ts";
import { text } from "#lib/text.ts";
import { outsideBook, best } from "#lib/trading/book.ts";
import { Layers } from "./layers.ts";
import { Layout } from "./layout.svelte.ts";
import { Preview, type Pointed } from "./preview.svelte.ts";
import { TheoryDesk } from "./theory.svelte.ts";

export type Blotter = "orders" | "positions" | "fills" | "tape" | "leaders" | "news";
export type Panel = "ladder" | "chain" | "ticket" | "orders" | "people";

const CURVE_POINTS = 600;
const CURVE_MS = 1_000;

export class Desk {
  readonly room: RoomView;
  readonly layout: Layout;
  readonly orders: Orders;
  readonly ticket: TicketDesk;
  readonly quote: QuoteDesk;
  readonly preview: Preview;
  readonly lens: LensDesk;
  readonly spreads: Spreads;
  readonly theory: TheoryDesk;
  /** The P&L since one sat down. */
  readonly curve: Series;
  readonly layers = new Layers();

  /** What a click at the pointer would do, in words. */
  hint = $state<string | null>(null);
  /** The instrument under the pointer. */
  hovered = $state<number | null>(null);
  /** The phone's view. */
  panel = $state<Panel>("ladder");
  blotter = $state<Blotter>("orders");
  ticketTab = $state<"order" | "quote" | "spread">("order");
  /** What the chain's place shows, and the quotes in many rows once somebody has opened them. */
  chainView = $state<"chain" | "quotes">("chain");
  grid = $state.raw<QuoteGrid | null>(null);
  /** The whole payoff, where a low window has room for its worst only. */
  payoffOpen = $state(false);
  helpOpen = $state(false);
  /** How ladders look and what the right button does. */
  ladderOptionsOpen = $state(false);
  searchField: HTMLInputElement | null = null;

  readonly #ladders = new SvelteSet<LadderState>();
  readonly #recentres = new Map<number, () => void>();
  /** What the keys act on. */
  readonly target = $derived.by(() => this.hovered ?? this.layout.active);

  constructor(room: RoomView) {
    this.room = room;
    this.layout = new Layout(room);
    this.orders = new Orders(room, this.layout);
    this.ticket = new TicketDesk(room, this.layout);
    this.quote = new QuoteDesk(room, this.layout, this.orders);
    this.lens = new LensDesk(room, this.layout);
    this.theory = new TheoryDesk(room, this.layout);
    this.curve = new Series(CURVE_POINTS, CURVE_MS, room.whose && recall("pnl", room.whose));
    this.preview = new Preview(room, this.layout, this.ticket);
    this.spreads = new Spreads(
      () => this.#makeSpread(),
      () => room.notify({ kind: "error", text: text.room.loadFailed }),
    );
  }

  /** Once a second: what is remembered of the market and of one's P&L. */
  note(now: number): void {
    this.lens.note(now);
    if (this.room.pnl !== unknownPnl) this.curve.add(now, this.room.pnl.pnl);
  }

  /** Before the page goes: what a reload would lose. */
  keep(): void {
    const { whose } = this.room;
    if (whose === null) return;
    this.room.keepOrders();
    keep("pnl", whose, this.curve.kept);
  }

  get spectator(): boolean {
    return this.room.me !== null && this.room.me.role !== "trader";
  }

  /** A click on a price: the order itself, or only a draft of it while one-click trading is locked. */
  click(inst: number, side: Side, price: number, qty = this.layout.sizeOf(inst)): void {
    this.layout.choose(inst);
    if (this.orders.armed) {
      if (this.orders.place(inst, side, price, qty)) this.layout.orderSent(inst);
    } else this.draft(inst, side, price, qty);
  }

  /** Into the ticket, and on a phone to it: what was pressed must show where it went. */
  draft(inst: number, side: Side | null, price: number | null, qty: number | null = null): void {
    this.layout.choose(inst);
    this.ticket.fill(side, price);
    if (qty !== null) this.ticket.qty = qty;
    this.ticketTab = "order";
    this.panel = "ticket";
  }

  async #makeSpread(): Promise<SpreadDesk> {
    const { SpreadDesk } = await import("#lib/terminal/spread/spread.svelte.ts");
    const spread = new SpreadDesk(this.room, this.orders);
    this.preview.spread = () =>
      this.ticketTab === "spread" && spread.run === null ? spread.orders : [];
    return spread;
  }

  /** A leg of the spread: nothing is sent. */
  addLeg(inst: number, side: Side): void {
    this.ticketTab = "spread";
    void this.spreads.with((spread) => spread.press(inst, side));
  }

  /** The trades that lock in what the lens has found, as a spread to look at and send. */
  loadSpread({ legs, sets }: Pick<Violation, "legs" | "sets">): void {
    this.ticketTab = "spread";
    this.panel = "ticket";
    void this.spreads.with((spread) => spread.load(legs, sets));
  }

  showNews(): void {
    this.blotter = "news";
    this.panel = "people";
  }

  /** @param side also begins an order on this side in the ticket. */
  openLadder(inst: number, side: Side | null = null): void {
    this.layout.openLadder(inst);
    this.panel = "ladder";
    if (side === null || this.spectator) return;
    this.ticket.begin(side);
    this.ticketTab = "order";
  }

  /** What opens by itself does so only while no pointer is on a price: prices must not move under it. */
  openByItself(): void {
    if (this.hovered === null) this.layout.openByItself();
  }

  /** @returns how to take it back when the ladder goes. */
  onRecentre(inst: number, recentre: () => void): () => void {
    this.#recentres.set(inst, recentre);
    return () => {
      if (this.#recentres.get(inst) === recentre) this.#recentres.delete(inst);
    };
  }

  /** @returns how to take it back when the ladder goes. */
  showLadder(ladder: LadderState): () => void {
    this.#ladders.add(ladder);
    return () => void this.#ladders.delete(ladder);
  }

  /** Whether a ladder in sight tells it at its price: then it need not be shown elsewhere as well. */
  isToldInPlace(notice: Notice): boolean {
    return [...this.#ladders].some((ladder) => ladder.tells(notice));
  }

  recentre(inst: number): void {
    this.#recentres.get(inst)?.();
  }

  /** What the pointer or the keys are on: in words, and as the order that a click would send. */
  point(hint: string | null, order: Pointed | null = null): void {
    this.hint = hint;
    this.preview.pointed = order;
  }

  blur(): void {
    this.hovered = null;
    this.point(null);
  }

  /** What the quote's keys act on: the ticked rows while there are some in sight, else the quote ticket. */
  get #quoted(): QuoteGrid | QuoteDesk {
    const isSeen = this.chainView === "quotes" && this.layout.chainOpen;
    return isSeen && this.grid !== null && this.grid.ticked.size > 0 ? this.grid : this.quote;
  }

  /** Opens the quotes of many rows in the chain's place, or brings the chain back. */
  showQuotes(on: boolean): void {
    this.chainView = on ? "quotes" : "chain";
    if (on) this.layout.showChain(true);
  }

  run(action: Action): void {
    const { layout, orders, target: inst } = this;
    if (action === "cancelAll") orders.cancelAll();
    else if (action === "cumulative") layout.cumulative = !layout.cumulative;
    else if (action === "arm") layout.armed = !layout.armed;
    else if (action === "help") this.helpOpen = true;
    else if (action === "search") this.searchField?.focus();
    else if (action === "payoff") this.payoffOpen = !this.payoffOpen;
    else if (action === "chain") layout.showChain(!layout.chainOpen);
    else if (action === "quoteWider") this.#quoted.move("wider");
    else if (action === "quoteTighter") this.#quoted.move("tighter");
    else if (action === "quoteUp") this.#quoted.move("up");
    else if (action === "quoteDown") this.#quoted.move("down");
    else if (action === "quoteSend") this.#quoted.send();
    else if (action === "quoteGrid") {
      if (!this.spectator) this.showQuotes(!(layout.chainOpen && this.chainView === "quotes"));
    } else if (inst !== null) this.#runAt(action, inst);
  }

  #runAt(action: Action, inst: number): void {
    const { layout, orders, room } = this;
    const preset = ["size1", "size2", "size3", "size4", "size5"].indexOf(action);
    const size = layout.presets[preset];
    if (size !== undefined) return layout.setSize(inst, size);
    if (action === "recentre") return this.recentre(inst);
    if (action === "cancelHere") return orders.cancelIn(inst);
    if (this.spectator) return;
    const market = room.market(inst);
    const bid = best(market.bids);
    const ask = best(market.asks);
    if (action === "joinBid" && bid !== null) this.click(inst, "buy", bid);
    if (action === "joinAsk" && ask !== null) this.click(inst, "sell", ask);
    // To take is to trade with somebody: what one shows oneself is not there to be taken.
    const others = outsideBook(room, inst);
    const theirBid = best(others.bids);
    const theirAsk = best(others.asks);
    if (action === "hitBid" && theirBid !== null) this.click(inst, "sell", theirBid);
    if (action === "liftAsk" && theirAsk !== null) this.click(inst, "buy", theirAsk);
    if (!layout.armed) return;
    if (action === "flatten") orders.flatten(inst);
    if (action === "reverse") orders.reverse(inst);
  }
}

export const [getDesk, setDesk] = createContext<Desk>();

/**
 * The state that the panels of one terminal share: the active instrument, the open panels and ladders, and the way from
 * a click on a price to an order. Knows no panel: rooms plug themselves in (ports.ts). Shared through context.
 */

import { createContext } from "svelte";
import { SvelteSet } from "svelte/reactivity";
import type { Side, Tif } from "#protocol";
import type { RoomEvent } from "#lib/state/events.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { Orders } from "#lib/terminal/orders/orders.svelte.ts";
import { outsideBook, take } from "#lib/trading/book.ts";
import { KeyPause } from "./key-pause.svelte.ts";
import { Layers } from "./layers.ts";
import { firstLadders, laddersThatFit, staysOpen, withLadder } from "./ladders.ts";
import type { OpenLadders } from "./ladders.ts";
import type { TicketPort, LadderHandle, SpreadPort } from "./ports.ts";
import { loadSaved, preferencesOf, roomOf, storeChoices } from "./preferences.svelte.ts";
import type { Preferences } from "./preferences.svelte.ts";
import { OrderPreview, type PointedOrder } from "./order-preview.svelte.ts";
import { ClickSizes } from "./click-sizes.svelte.ts";
import { TickGroups } from "./tick-groups.svelte.ts";
import { TraderTheory } from "./theory.svelte.ts";
import { shared } from "./words.ts";

export type BlotterTab = "orders" | "positions" | "fills" | "tape" | "leaders" | "news";
export type PhonePanel = "simple" | "ladder" | "chain" | "ticket" | "orders" | "people";

interface LadderOpening {
  /** Begins an order on this side in the ticket as well. */
  readonly begin?: Side | null;
  /** The focus moves into its rows. */
  readonly focused?: boolean;
}

export class Desk {
  readonly room: RoomClient;
  readonly preferences: Preferences;
  readonly orders: Orders;
  readonly sizes: ClickSizes;
  readonly groups: TickGroups;
  readonly theory: TraderTheory;
  readonly preview: OrderPreview;
  readonly layers = new Layers();
  readonly pause = new KeyPause();

  /** Ports that the rooms set. */
  ticket: TicketPort | null = null;
  spread: SpreadPort | null = null;
  search: () => void = () => {};

  /** The effect of a click at the pointer, in words. */
  hint = $state<string | null>(null);
  /** The instrument under the pointer. */
  hovered = $state<number | null>(null);
  /** The panel that a phone shows. */
  panel = $state<PhonePanel>("simple");
  blotter = $state<BlotterTab>("orders");
  ticketTab = $state<"order" | "quote" | "spread">("order");
  /** The panel that is open in the place of the chain: the chain itself, or the quote grid. */
  chainPanel = $state<"chain" | "quotes">("chain");
  /** Whether a low window shows the whole payoff, and not only its worst. */
  payoffOpen = $state(false);
  /** The open dialog: help, the settings of the ladders, the own seat for another device, or the own name. */
  dialog = $state<"help" | "ladders" | "seat" | "name" | null>(null);

  readonly #fit = laddersThatFit(globalThis.innerWidth ?? 0);
  #ladders = $state.raw<OpenLadders | null>(null);
  #chain = $state<boolean | null>(null);
  /** Ladders that have opened by themselves. No other opens by itself until another round comes. */
  #firstLadders = $state.raw<OpenLadders | null>(null);
  /** Whether there are options for a chain: without any it would only take the ladders' height. */
  #hasChain = $state(false);
  #active = $state<number | null>(null);
  /** The ladder that the user has opened last, to be scrolled into sight. A new object each time. */
  shown = $state.raw<{ readonly inst: number } | null>(null);
  #focusIn: number | null = null;
  readonly #inSight = new SvelteSet<LadderHandle>();

  /** Instruments with an open ladder, left to right. */
  readonly ladders = $derived.by(() =>
    ((this.#ladders ?? this.#firstLadders)?.insts ?? this.#suggested()).filter(
      (inst) => this.room.instrument(inst)?.hidden === false,
    ),
  );
  readonly hasOptions = $derived.by(() =>
    this.room.instruments.some((i) => i.reference_id !== null),
  );
  /** Whether any instrument asks a question in words: then heads keep a line for it. */
  readonly hasQuestions = $derived.by(
    () => this.hasOptions || this.room.instruments.some((i) => i.description !== null),
  );
  readonly chainOpen = $derived(this.#hasChain && this.#chain !== false);
  /** The active instrument: ticket, keys and phone act on it. */
  readonly active = $derived.by(() => {
    const chosen = this.#active;
    if (chosen !== null && this.room.instrument(chosen)?.hidden === false) return chosen;
    return this.ladders[0] ?? this.room.instruments[0]?.id ?? null;
  });
  readonly instrument = $derived.by(() =>
    this.active === null ? undefined : this.room.instrument(this.active),
  );
  /** The instrument on which keys act. */
  readonly target = $derived.by(() => this.hovered ?? this.active);

  constructor(room: RoomClient) {
    const saved = loadSaved();
    const here = roomOf(saved, room.roomCode);
    this.room = room;
    this.preferences = preferencesOf(saved);
    this.orders = new Orders(room, this.preferences);
    this.sizes = new ClickSizes(room, this.preferences, here.sizes);
    this.groups = new TickGroups(here.groups);
    this.theory = new TraderTheory(room, this.preferences, here.views);
    this.preview = new OrderPreview(room, this.sizes);
    if (this.preferences.simple === false) this.panel = "ladder";
    this.#ladders = here.ladders === null ? null : { insts: here.ladders, round: here.round };
    this.#chain = here.chain;
    this.#hasChain = this.hasOptions;
  }

  /** Stores the user's choices. To be run in an effect, so that every change is stored. */
  store(): void {
    storeChoices(this.preferences, {
      code: this.room.roomCode,
      ladders: this.#ladders === null ? null : [...this.#ladders.insts],
      round: this.#ladders?.round ?? null,
      chain: this.#chain,
      sizes: this.sizes.saved,
      groups: this.groups.saved,
      views: this.theory.saved,
    });
  }

  get spectator(): boolean {
    return this.room.me !== null && this.room.me.role !== "trader";
  }

  /** Carries out a click on a price: sends an order, or only fills the ticket while one-click trading is locked. */
  click(inst: number, side: Side, price: number, qty = this.sizes.sizeOf(inst)): void {
    this.#press(inst, side, price, qty, "GFD");
  }

  /** Carries out a press that takes a shown price: the rest of its order is cancelled or waits, as the user has chosen. */
  take(inst: number, side: Side, price: number): void {
    this.#press(inst, side, price, this.sizes.sizeOf(inst), this.takingTif);
  }

  /** The quantity of others that an order at this price would take at once. */
  takeable(inst: number, side: Side, price: number, qty = this.sizes.sizeOf(inst)): number {
    const { bids, asks } = outsideBook(this.room, inst);
    return take(side === "buy" ? asks : bids, side, price, qty).qty;
  }

  get takingTif(): Tif {
    return this.preferences.takingRest === "cancel" ? "IOC" : "GFD";
  }

  #press(inst: number, side: Side, price: number, qty: number, tif: Tif): void {
    this.choose(inst);
    const problem = this.sizes.problemOf(inst);
    if (problem !== null) {
      const message = shared.noSize(problem);
      this.room.notices.add({ type: "refused", message, inst, price });
    } else if (!this.orders.armed) this.fillTicket(inst, side, price, qty);
    else if (this.orders.place(inst, side, price, qty, tif)) this.sizes.orderSent(inst);
  }

  /** Fills the ticket, and shows it on a phone: a press must have a visible effect. */
  fillTicket(
    inst: number,
    side: Side | null,
    price: number | null,
    qty: number | null = null,
  ): void {
    this.choose(inst);
    this.ticket?.fill(side, price, qty);
    this.ticketTab = "order";
    this.panel = "ticket";
  }

  /** Shows a panel on a phone. A choice between the simple view and the ladder is kept. */
  showPanel(panel: PhonePanel): void {
    this.panel = panel;
    if (panel === "simple" || panel === "ladder") this.preferences.simple = panel === "simple";
  }

  showNews(): void {
    this.blotter = "news";
    this.panel = "people";
  }

  choose(inst: number): void {
    this.#active = inst;
  }

  openLadder(inst: number, { begin = null, focused = false }: LadderOpening = {}): void {
    this.#ladders = this.#now(withLadder(this.ladders, inst));
    this.#active = inst;
    this.shown = { inst };
    this.#focusIn = focused ? inst : null;
    this.panel = "ladder";
    if (begin === null || this.spectator) return;
    this.ticket?.begin(begin);
    this.ticketTab = "order";
  }

  /** Whether the ladder is to take the focus. True once only. */
  takesFocus(inst: number): boolean {
    const takes = this.#focusIn === inst;
    if (takes) this.#focusIn = null;
    return takes;
  }

  closeLadder(inst: number): void {
    this.#ladders = this.#now(this.ladders.filter((other) => other !== inst));
    if (this.#active === inst) this.#active = null;
  }

  showChain(open: boolean): void {
    this.#chain = open;
  }

  /** Opens the quote grid in the place of the chain, or the chain again. */
  showQuotes(on: boolean): void {
    this.chainPanel = on ? "quotes" : "chain";
    if (on) this.showChain(true);
  }

  #suggested(): readonly number[] {
    return firstLadders(this.room.instruments, this.#fit, this.room.round);
  }

  #now(insts: readonly number[]): OpenLadders {
    return { insts, round: this.room.round?.round ?? null };
  }

  /**
   * Opens ladders for the first instruments of the room or of a new round, and the chain with the first options. To be
   * run whenever instruments come. Waits while a pointer is on a price: prices must not move under it.
   */
  openByItself(): void {
    if (this.hovered !== null) return;
    const { instruments, round } = this.room;
    const first = this.#suggested();
    this.#hasChain = this.hasOptions;
    if (first.length === 0) return;
    const isOver = (open: OpenLadders | null) =>
      open !== null && !staysOpen(open, instruments, round);
    if (isOver(this.#ladders)) this.#ladders = null;
    if (this.#firstLadders === null || isOver(this.#firstLadders))
      this.#firstLadders = this.#now(first);
  }

  /** Registers a ladder that is in sight. @returns a function that removes it again */
  attach(ladder: LadderHandle): () => void {
    this.#inSight.add(ladder);
    return () => {
      this.#inSight.delete(ladder);
      // Keys must no longer act on a ladder that was closed under the pointer.
      if (this.hovered === ladder.inst) this.blur();
    };
  }

  /** Whether a ladder in sight shows the event at its price. */
  tells(event: RoomEvent): boolean {
    return [...this.#inSight].some((ladder) => ladder.tells(event));
  }

  recentre(inst: number): void {
    for (const ladder of this.#inSight) if (ladder.inst === inst) ladder.recentre();
  }

  /** Sets the hint, and the order that a click at the pointer or the focus would send. */
  point(hint: string | null, order: PointedOrder | null = null): void {
    this.hint = hint;
    this.preview.pointed = order;
  }

  blur(): void {
    this.hovered = null;
    this.point(null);
  }
}

export const [getDesk, setDesk] = createContext<Desk>();

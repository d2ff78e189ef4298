/**
 * Handles mouse, pen and finger on the cells of a ladder: the hint for the cell under them, their presses, and the time
 * for which they keep the prices from moving. The handlers belong on the element that contains the rows.
 */

import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import type { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";
import { words } from "#lib/terminal/ladder/words.ts";
import type { LadderColumn } from "./columns.ts";
import { describeDrop } from "./hint.ts";
import { Gestures } from "./gestures.ts";
import type { LadderKeys } from "./keys.svelte.ts";
import { placeOf, type LadderPlace } from "./place.ts";
import type { LadderPress, PressDevice } from "./press.ts";

/** Time after a touch in which the prices do not move. */
export const TOUCH_HOLD_MS = 1_500;
/** Time after the prices have moved by themselves in which presses do not count. */
export const MOVED_GUARD_MS = 300;

type CellEvent<E extends Event> = E & { readonly currentTarget: HTMLElement };

export class LadderPointer {
  readonly #desk: Desk;
  readonly #ladder: LadderState;
  readonly #press: LadderPress;
  readonly #keys: LadderKeys;
  readonly #rowPx: () => number;
  readonly #gestures: Gestures;
  /** The cell under the mouse, by row: when the ladder scrolls, the cell has another price. */
  #hover = $state.raw<{ column: LadderColumn; row: number; by: PressDevice } | null>(null);
  /** The prices have moved by themselves so recently that a press may be meant for another price. */
  #hasMoved = $state(false);
  #trust: ReturnType<typeof setTimeout> | undefined;
  /** The hint is about carried orders. */
  #describesDrop = false;
  /**
   * The mouse button of the last press, for the events of click and menu that follow in either order; null if it was no
   * mouse.
   */
  #mouseButton: number | null = null;
  #release: ReturnType<typeof setTimeout> | undefined;
  /** The place of the pointer or the keys, whichever moved last. */
  readonly #pointed: LadderPlace | null = $derived.by(() =>
    this.#hover === null
      ? this.#keys.place
      : { column: this.#hover.column, ticks: this.#ladder.top - this.#hover.row },
  );

  constructor(
    desk: Desk,
    ladder: LadderState,
    press: LadderPress,
    keys: LadderKeys,
    rowPx: () => number,
  ) {
    this.#desk = desk;
    this.#ladder = ladder;
    this.#press = press;
    this.#keys = keys;
    this.#rowPx = rowPx;
    this.#gestures = new Gestures(ladder, rowPx);
  }

  /** Shows the effect of a press, or the price to which carried orders would move. To be run in an effect. */
  describe(): void {
    const at = this.#pointed;
    const hadDrop = this.#describesDrop;
    this.#describesDrop = this.#ladder.carried !== null;
    if (this.#describesDrop) return this.#desk.point(describeDrop(this.#ladder));
    if (at === null) return hadDrop ? this.#desk.point(null) : undefined;
    const by = this.#hover?.by ?? "other";
    this.#desk.point(this.#press.hintAt(at, by), this.#press.orderAt(at, by));
  }

  /** Lets the keys take over: the mouse points at no cell until it moves. */
  yieldToKeys(): void {
    this.#hover = null;
    this.#clearHint();
  }

  /** Notes a press by a key, which has no mouse button. */
  keyPressed(): void {
    this.#mouseButton = null;
  }

  /** Whether presses do not count, because the prices have just moved by themselves. */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  /** Notes that the prices have moved by themselves. */
  pricesMoved(): void {
    clearTimeout(this.#trust);
    this.#hasMoved = true;
    this.#trust = setTimeout(() => (this.#hasMoved = false), MOVED_GUARD_MS);
  }

  readonly click = (event: MouseEvent): void => {
    const place = placeOf(event.target);
    if (this.#gestures.swallowsClick() || place === null) return;
    if (!this.#refuses()) this.#press.act(place, this.#mouseButton === null ? "other" : "mouse");
    this.#mouseButton = null;
    this.#clearHint();
  };

  readonly auxclick = (event: MouseEvent): void => {
    if (event.button === 1) this.#ladder.recentre();
    if (event.button === 2) this.#clickSecond(event);
  };

  /**
   * Keeps the browser's menu away where the right button or the menu key acts on the ladder. A long touch still opens
   * it.
   */
  readonly contextmenu = (event: CellEvent<MouseEvent>): void => {
    const place = placeOf(event.target);
    const isOurs = this.#mouseButton === 2 && place !== null && this.#press.hasSecond(place);
    const isOfKeys = event.target === event.currentTarget;
    if (this.#ladder.carried !== null || isOurs || (isOfKeys && this.#keys.openMenu()))
      event.preventDefault();
  };

  readonly down = (event: PointerEvent): void => {
    this.#hold(event);
    this.#mouseButton = event.pointerType === "mouse" ? event.button : null;
    if (event.button === 1) event.preventDefault();
    this.#gestures.down(event, this.#press.ownAt(placeOf(event.target)));
  };

  readonly move = (event: CellEvent<PointerEvent>): void => {
    this.#hold(event);
    if (this.#gestures.move(event, this.#ticksAt(event)))
      event.currentTarget.setPointerCapture(event.pointerId);
    if (event.pointerType === "touch") return;
    const place = placeOf(event.target);
    const by = event.pointerType === "mouse" ? "mouse" : "other";
    this.#hover = place && { column: place.column, row: this.#ladder.top - place.ticks, by };
    this.#clearHint();
  };

  readonly up = (event: PointerEvent): void => {
    this.#gestures.up();
    this.#clearHint();
    if (event.pointerType === "touch")
      this.#release = setTimeout(() => (this.#ladder.pointerOver = false), TOUCH_HOLD_MS);
  };

  /** Ends a press that was interrupted, by the system or because the window has lost the focus. */
  readonly cancel = (): void => {
    this.#gestures.cancel();
    this.#ladder.pointerOver = false;
  };

  readonly leave = (event: PointerEvent): void => {
    if (event.pointerType === "touch") return;
    this.#ladder.pointerOver = false;
    this.#hover = null;
    if (this.#desk.hovered === this.#ladder.inst) this.#desk.blur();
  };

  readonly wheel = (event: WheelEvent): void => {
    if (event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    this.#ladder.scroll(event.deltaY > 0 ? -2 : 2);
  };

  /** Puts carried orders back at their price. */
  readonly putBack = (): void => {
    this.cancel();
    this.#ladder.letGo();
    this.#clearHint();
  };

  /** Stops the timers when the ladder goes out of sight. */
  stop(): void {
    clearTimeout(this.#release);
    clearTimeout(this.#trust);
  }

  #clickSecond(event: MouseEvent): void {
    const place = this.#mouseButton === 2 ? placeOf(event.target) : null;
    if (place === null || this.#ladder.carried !== null || !this.#press.hasSecond(place)) return;
    if (!this.#refuses()) this.#press.actSecond(place);
  }

  /** Whether a press does not count. Adds a notice if so. */
  #refuses(): boolean {
    if (this.#hasMoved) this.#desk.room.notices.add({ type: "remark", text: words.justMoved });
    return this.#hasMoved;
  }

  /** Keeps the prices from moving. */
  #hold(event: PointerEvent): void {
    clearTimeout(this.#release);
    this.#ladder.pointerOver = true;
    if (event.pointerType !== "touch") this.#desk.hovered = this.#ladder.inst;
  }

  #ticksAt({ clientY, currentTarget }: CellEvent<PointerEvent>): number {
    const fromTop = clientY - currentTarget.getBoundingClientRect().top;
    return this.#ladder.top - Math.floor(fromTop / this.#rowPx());
  }

  /** Clears the hint at once, and not in an effect, which may run after another part of the page has set its hint. */
  #clearHint(): void {
    if (this.#pointed === null && this.#ladder.carried === null) this.#desk.point(null);
  }
}

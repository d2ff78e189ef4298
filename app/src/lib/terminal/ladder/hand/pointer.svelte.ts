/**
 * Mouse, pen and finger on the cells of a ladder: the cell under them, the effect of their presses, and how long they
 * keep the prices where they are. The handlers are to be put on the element that holds the rows.
 */

import { formatTicks } from "#lib/format.ts";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import type { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";
import { words } from "#lib/terminal/ladder/words.ts";
import type { LadderColumn } from "./columns.ts";
import { Gestures } from "./gestures.ts";
import type { LadderKeys } from "./keys.svelte.ts";
import { placeOf, type LadderPlace } from "./place.ts";
import type { LadderPress, PressDevice } from "./press.ts";

/** How long a touch keeps the prices where they are. */
export const TOUCH_HOLD_MS = 1_500;
/** How long after the prices moved by themselves a press does not count. */
export const MOVED_GUARD_MS = 300;

type CellEvent<E extends Event> = E & { readonly currentTarget: HTMLElement };

export class LadderPointer {
  readonly #desk: Desk;
  readonly #ladder: LadderState;
  readonly #press: LadderPress;
  readonly #keys: LadderKeys;
  readonly #rowPx: () => number;
  readonly #gestures: Gestures;
  /** The cell under a resting mouse, by its row: after a scroll it is on another price. */
  #hover = $state.raw<{ column: LadderColumn; row: number; by: PressDevice } | null>(null);
  #movedAt = -Infinity;
  /**
   * The button of a mouse that was pressed last, for the click and the menu that follow in either order; null: it was
   * no mouse.
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

  /** Describes the effect of a press, or the price at which carried orders would be dropped. To be run in an effect. */
  describe(): void {
    const { carried, grid } = this.#ladder;
    const at = this.#pointed;
    if (carried !== null)
      return this.#desk.point(
        words.hint.drop(carried.side, String(carried.qty), formatTicks(carried.to, grid)),
      );
    if (at === null) return;
    const by = this.#hover?.by ?? "other";
    this.#desk.point(this.#press.hintAt(at, by), this.#press.orderAt(at, by));
  }

  /** The keys have acted: the mouse points at nothing until it moves. */
  giveWay(): void {
    this.#hover = null;
    this.#hush();
  }

  /** A key is no button of a mouse. */
  keyPressed(): void {
    this.#mouseButton = null;
  }

  /** The prices have moved by themselves. */
  pricesMoved(): void {
    this.#movedAt = performance.now();
  }

  readonly click = (event: MouseEvent): void => {
    const place = placeOf(event.target);
    if (this.#gestures.swallowsClick() || place === null) return;
    if (!this.#hasJustMoved())
      this.#press.act(place, this.#mouseButton === null ? "other" : "mouse");
    this.#mouseButton = null;
    this.#hush();
  };

  readonly auxclick = (event: MouseEvent): void => {
    if (event.button === 1) this.#ladder.recentre();
    if (event.button === 2) this.#clickSecond(event);
  };

  /** A long touch asks for the menu, too: it sends nothing and gets it. The menu key acts where the cursor is. */
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
    this.#hush();
  };

  readonly up = (event: PointerEvent): void => {
    this.#gestures.up();
    this.#hush();
    if (event.pointerType === "touch")
      this.#release = setTimeout(() => (this.#ladder.pointerOver = false), TOUCH_HOLD_MS);
  };

  /** The press is lost to the system, or the window lost the focus. */
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

  /** Puts carried orders back where they were taken up. */
  readonly putBack = (): void => {
    this.cancel();
    this.#ladder.letGo();
    this.#hush();
  };

  /** The ladder goes out of sight. */
  stop(): void {
    clearTimeout(this.#release);
  }

  #clickSecond(event: MouseEvent): void {
    const place = this.#mouseButton === 2 ? placeOf(event.target) : null;
    if (place === null || this.#ladder.carried !== null || !this.#press.hasSecond(place)) return;
    if (!this.#hasJustMoved()) this.#press.actSecond(place);
  }

  /** Whether the prices moved too lately for a press to be meant; says so. */
  #hasJustMoved(): boolean {
    if (performance.now() - this.#movedAt >= MOVED_GUARD_MS) return false;
    this.#desk.room.notices.add({ type: "remark", text: words.justMoved });
    return true;
  }

  /** Holds the prices where they are. */
  #hold(event: PointerEvent): void {
    clearTimeout(this.#release);
    this.#ladder.pointerOver = true;
    if (event.pointerType !== "touch") this.#desk.hovered = this.#ladder.inst;
  }

  #ticksAt({ clientY, currentTarget }: CellEvent<PointerEvent>): number {
    const fromTop = clientY - currentTarget.getBoundingClientRect().top;
    return this.#ladder.top - Math.floor(fromTop / this.#rowPx());
  }

  /** Takes the hint back at once, and not when effects run: by then the pointer may have something else to say. */
  #hush(): void {
    if (this.#pointed === null && this.#ladder.carried === null) this.#desk.point(null);
  }
}

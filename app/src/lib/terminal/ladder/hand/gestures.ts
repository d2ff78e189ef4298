/**
 * Recognises gestures on a ladder: dragging own orders with a mouse, holding them with a finger, and panning the
 * prices. Knows coordinates, and no elements.
 */

import type { Side } from "#protocol";

export interface GestureTarget {
  readonly carrying: boolean;
  takeUp(side: Side, ticks: number): void;
  carryTo(ticks: number): void;
  drop(): void;
  letGo(): void;
  scroll(rows: number): void;
}

export interface PointerPress {
  readonly pointerType: string;
  readonly button: number;
  readonly clientX: number;
  readonly clientY: number;
}

const SLOP_PX = 6;
export const HOLD_MS = 450;

interface HeldPress {
  readonly touch: boolean;
  readonly x: number;
  y: number;
  readonly own: { side: Side; ticks: number } | null;
  state: "pressed" | "dragging" | "panning";
}

export class Gestures {
  readonly #target: GestureTarget;
  readonly #rowPx: () => number;
  #held: HeldPress | null = null;
  #holdTimer: ReturnType<typeof setTimeout> | undefined;
  #swallow = false;

  constructor(target: GestureTarget, rowPx: () => number) {
    this.#target = target;
    this.#rowPx = rowPx;
  }

  /** @param own the working orders under the pointer, if there are any */
  down(press: PointerPress, own: { side: Side; ticks: number } | null): void {
    this.#swallow = false;
    if (press.button !== 0) return;
    const touch = press.pointerType === "touch";
    this.#held = { touch, x: press.clientX, y: press.clientY, own, state: "pressed" };
    clearTimeout(this.#holdTimer);
    if (touch && own !== null && !this.#target.carrying)
      this.#holdTimer = setTimeout(() => this.#hold(own), HOLD_MS);
  }

  #hold(own: { side: Side; ticks: number }): void {
    this.#held = null;
    this.#swallow = true;
    this.#target.takeUp(own.side, own.ticks);
  }

  /** @returns whether a drag or a pan has begun, so that the pointer should be captured */
  move(press: PointerPress, ticks: number): boolean {
    const held = this.#held;
    if (held === null) return false;
    if (held.state === "dragging") this.#target.carryTo(ticks);
    if (held.state === "panning") this.#pan(held, press.clientY);
    if (held.state !== "pressed") return false;
    if (Math.hypot(press.clientX - held.x, press.clientY - held.y) < SLOP_PX) return false;
    clearTimeout(this.#holdTimer);
    if (!held.touch && held.own === null) return false;
    held.state = held.touch ? "panning" : "dragging";
    this.#swallow = true;
    if (held.state === "dragging" && held.own !== null)
      this.#target.takeUp(held.own.side, held.own.ticks);
    return true;
  }

  #pan(held: HeldPress, y: number): void {
    const rows = Math.trunc((y - held.y) / this.#rowPx());
    if (rows === 0) return;
    held.y += rows * this.#rowPx();
    this.#target.scroll(rows);
  }

  up(): void {
    clearTimeout(this.#holdTimer);
    if (this.#held?.state === "dragging") this.#target.drop();
    this.#held = null;
  }

  /** Ends a press that was interrupted, by the system or because the window has lost the focus: nothing is sent. */
  cancel(): void {
    clearTimeout(this.#holdTimer);
    if (this.#held?.state === "dragging") this.#target.letGo();
    this.#held = null;
  }

  /** Whether the coming click only ends a gesture and must be ignored. True once only. */
  swallowsClick(): boolean {
    const swallow = this.#swallow;
    this.#swallow = false;
    return swallow;
  }
}

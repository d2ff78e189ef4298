/**
 * The notices on the screen. Each goes by itself after some seconds, but not while the user reads one. Fills of one
 * order add up in a single notice while it is shown, as do new instruments.
 */

import type { RoomEvent } from "./events.ts";

export type NoticeKind = "error" | "fill" | "news" | "info";

export interface Notice {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly event: RoomEvent;
  /** Time of the last event in it, Unix ms. */
  readonly ts: number;
}

const shownMs: Record<NoticeKind, number> = {
  error: 8_000,
  fill: 5_000,
  news: 12_000,
  info: 6_000,
};
const MOST = 20;

const kinds: Partial<Record<RoomEvent["type"], NoticeKind>> = {
  refused: "error",
  filled: "fill",
  news: "news",
};

export class NoticeList {
  /** The shown notices, oldest first. */
  list = $state.raw<readonly Notice[]>([]);
  #lastId = 0;
  #held = false;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  add(event: RoomEvent): void {
    const before = this.list.find((notice) => addsUp(notice.event, event));
    const notice: Notice = {
      id: before?.id ?? ++this.#lastId,
      kind: kinds[event.type] ?? "info",
      event: before ? sum(before.event, event) : event,
      ts: Date.now(),
    };
    this.list = before
      ? this.list.map((other) => (other === before ? notice : other))
      : [...this.list, notice].slice(-MOST);
    this.#time(notice);
  }

  remove(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  /** Keeps all notices while `on`; afterwards each has its whole time again. */
  hold(on: boolean): void {
    if (on === this.#held) return;
    this.#held = on;
    for (const notice of this.list) this.#time(notice);
  }

  #time({ id, kind }: Notice): void {
    clearTimeout(this.#timers.get(id));
    if (this.#held) return;
    this.#timers.set(
      id,
      setTimeout(() => this.remove(id), shownMs[kind]),
    );
  }
}

/** Fills of one order are one notice, and so are instruments that are listed one after the other. */
const addsUp = (a: RoomEvent, b: RoomEvent) =>
  (a.type === "filled" && b.type === "filled" && a.orderId === b.orderId) ||
  (a.type === "listed" && b.type === "listed");

function sum(before: RoomEvent, event: RoomEvent): RoomEvent {
  if (before.type === "listed" && event.type === "listed")
    return { ...event, insts: [...before.insts, ...event.insts] };
  if (before.type !== "filled" || event.type !== "filled") return event;
  return { ...event, qty: before.qty + event.qty, value: before.value + event.value };
}

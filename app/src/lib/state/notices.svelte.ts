/**
 * What just happened, in words: each notice goes by itself after some seconds, but none while they are being read.
 * Fills of one order go on in the notice that tells of it, as long as that is shown.
 */

import type { Notice } from "./room-view.ts";

const shownMs: Record<Notice["kind"], number> = {
  error: 8_000,
  fill: 5_000,
  news: 12_000,
  info: 6_000,
};
const MOST = 20;

export type NewNotice = Pick<Notice, "kind" | "text"> & Partial<Notice>;

export class NoticeList {
  list = $state.raw<readonly Notice[]>([]);
  #lastId = 0;
  #held = false;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  add(notice: NewNotice): void {
    const before = this.list.find(({ tally }) => tally && tally.orderId === notice.tally?.orderId);
    const id = before?.id ?? ++this.#lastId;
    const base = { code: null, inst: null, price: null, ts: Date.now() };
    const full: Notice = { ...base, ...withSum(before, notice), id };
    this.list = before
      ? this.list.map((other) => (other === before ? full : other))
      : [...this.list, full].slice(-MOST);
    this.#time(full);
  }

  remove(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  /** While on, none goes by itself; after that each has its whole time again. */
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

function withSum(before: Notice | undefined, notice: NewNotice): NewNotice {
  if (!before?.tally || !notice.tally) return notice;
  const qty = before.tally.qty + notice.tally.qty;
  const value = before.tally.value + notice.tally.value;
  const tally = { ...notice.tally, qty, value };
  return { ...notice, tally, text: tally.say(qty, value / qty) };
}

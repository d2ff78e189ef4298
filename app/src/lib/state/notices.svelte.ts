/** What just happened, in words: each notice goes by itself after some seconds. */

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

  add(notice: NewNotice): void {
    const id = ++this.#lastId;
    const full: Notice = { code: null, inst: null, price: null, ts: Date.now(), ...notice, id };
    this.list = [...this.list, full].slice(-MOST);
    setTimeout(() => this.remove(id), shownMs[notice.kind]);
  }

  remove(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}

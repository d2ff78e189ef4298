/** Requests that wait for their first reply, by cid. Holds no socket and no clock. */

import type { Message, Op, Request } from "#protocol";

/** Orders older than this are not sent again: the market has moved on, and the person must look. */
const STALE_MS = 10_000;
const perishable: ReadonlySet<Op> = new Set<Op>(["order_new", "replace", "quote"]);

export interface Entry {
  cid: string;
  request: Request;
  sentAt: number;
  /** The line dropped before the answer. */
  unknown: boolean;
  resolve(message: Message): void;
}

export class Outbox {
  #entries = new Map<string, Entry>();

  add(cid: string, request: Request, sentAt: number): Promise<Message> {
    return new Promise((resolve) => {
      this.#entries.set(cid, { cid, request, sentAt, unknown: false, resolve });
    });
  }

  get(cid: string | undefined): Entry | undefined {
    return cid === undefined ? undefined : this.#entries.get(cid);
  }

  /** Takes out the request that this message answers first. */
  take(message: Message): Entry | undefined {
    const cid = "cid" in message ? message.cid : undefined;
    const entry = this.get(cid);
    if (entry) this.#entries.delete(entry.cid);
    return entry;
  }

  /** The line is down: nobody knows what became of them. */
  dropped(): void {
    for (const entry of this.#entries.values()) entry.unknown = true;
  }

  /**
   * After the resume: what to send again under the same cid, in the order of the first sending. The server
   * answers a request that it knows with the reply of then.
   * @returns `again`, and `stale`: orders too old to be sent again, taken out.
   */
  unanswered(now: number): { again: Entry[]; stale: Entry[] } {
    const again: Entry[] = [];
    const stale: Entry[] = [];
    for (const entry of this.#entries.values()) {
      const old = perishable.has(entry.request.op) && now - entry.sentAt > STALE_MS;
      (old ? stale : again).push(entry);
    }
    for (const entry of stale) this.#entries.delete(entry.cid);
    return { again, stale };
  }

  /** Empties it; the caller resolves what it gets. */
  clear(): Entry[] {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    return entries;
  }
}

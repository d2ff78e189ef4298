/** Requests that wait for their first reply, by cid. Holds no socket and no clock. */

import type { Message, Op, Request } from "#protocol";

/** Requests not sent again unasked once they are stale: the market has moved on, and the person must decide. */
const perishable: ReadonlySet<Op> = new Set<Op>(["order_new", "replace", "quote"]);
/** A dead line is noticed within 9 s, and a new one takes a moment. */
const staleAfterMs = 15_000;

export interface PendingRequest {
  cid: string;
  request: Request;
  sentAt: number;
  /** The line dropped before the answer. */
  isUnacknowledged: boolean;
  resolve(message: Message): void;
}

export class PendingRequests {
  #entries = new Map<string, PendingRequest>();

  add(cid: string, request: Request, sentAt: number): Promise<Message> {
    return new Promise((resolve) => {
      this.#entries.set(cid, { cid, request, sentAt, isUnacknowledged: false, resolve });
    });
  }

  get(cid: string | undefined): PendingRequest | undefined {
    return cid === undefined ? undefined : this.#entries.get(cid);
  }

  /** Takes out the request that this message answers first. */
  take(message: Message): PendingRequest | undefined {
    const cid = "cid" in message ? message.cid : undefined;
    const entry = this.get(cid);
    if (entry) this.#entries.delete(entry.cid);
    return entry;
  }

  /** Marks all as unacknowledged: the line is down, and nobody knows whether they arrived. */
  lineDropped(): void {
    for (const entry of this.#entries.values()) entry.isUnacknowledged = true;
  }

  /**
   * Sorts the unanswered requests after the resume. `again` is to be sent once more under the same cid, in the order of the
   * first sending: the server answers a request that it knows with the reply of then. `stale` are orders of a while
   * ago: whether they were accepted is to be found out.
   * @param now Unix ms
   */
  unanswered(now: number): { again: PendingRequest[]; stale: PendingRequest[] } {
    const again: PendingRequest[] = [];
    const stale: PendingRequest[] = [];
    for (const entry of this.#entries.values()) {
      const isStale = perishable.has(entry.request.op) && now - entry.sentAt > staleAfterMs;
      (entry.isUnacknowledged && isStale ? stale : again).push(entry);
    }
    return { again, stale };
  }

  /** @returns false where it was answered or dropped meanwhile. */
  remove(entry: PendingRequest): boolean {
    return this.#entries.delete(entry.cid);
  }

  /** Empties it. @returns requests that the caller is to resolve */
  clear(): PendingRequest[] {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    return entries;
  }
}

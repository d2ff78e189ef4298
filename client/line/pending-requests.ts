/** Requests that wait for their first reply, by cid. Holds no socket and no clock. */

import type { Message, Op, Request } from "#protocol";

/** Operations that are not sent again by themselves after a while: the market has moved, and the user must decide. */
const perishable: ReadonlySet<Op> = new Set<Op>(["order_new", "replace", "quote"]);
/** Age from which a request of a page counts as stale: a dead line is noticed within 9 s, and a new line takes a moment. */
export const staleAfterMs = 15_000;

export interface PendingRequest {
  cid: string;
  request: Request;
  sentAt: number;
  /** The line dropped before the reply. */
  isUnacknowledged: boolean;
  resolve(message: Message): void;
}

export class PendingRequests {
  #entries = new Map<string, PendingRequest>();
  readonly #staleAfterMs: number;

  /** @param afterMs age from which an order counts as stale once its line has dropped; Infinity: never */
  constructor(afterMs: number = staleAfterMs) {
    this.#staleAfterMs = afterMs;
  }

  get count(): number {
    return this.#entries.size;
  }

  add(cid: string, request: Request, sentAt: number): Promise<Message> {
    return new Promise((resolve) => {
      this.#entries.set(cid, { cid, request, sentAt, isUnacknowledged: false, resolve });
    });
  }

  get(cid: string | undefined): PendingRequest | undefined {
    return cid === undefined ? undefined : this.#entries.get(cid);
  }

  /** Removes and returns the request to which this message is the first reply. */
  take(message: Message): PendingRequest | undefined {
    const cid = "cid" in message ? message.cid : undefined;
    const entry = this.get(cid);
    if (entry) this.#entries.delete(entry.cid);
    return entry;
  }

  /** Marks all requests as unacknowledged: the line is down, and they may or may not have arrived. */
  lineDropped(): void {
    for (const entry of this.#entries.values()) entry.isUnacknowledged = true;
  }

  /**
   * Sorts the unanswered requests after the resume. `again` is to be sent once more under the same cid, in the order in
   * which it was sent first: the server repeats its reply to a request that it knows. `stale` are older orders: the
   * caller is to find out whether they were accepted.
   * @param now Unix ms
   */
  unanswered(now: number): { again: PendingRequest[]; stale: PendingRequest[] } {
    const again: PendingRequest[] = [];
    const stale: PendingRequest[] = [];
    for (const entry of this.#entries.values()) {
      const isStale = perishable.has(entry.request.op) && now - entry.sentAt > this.#staleAfterMs;
      (entry.isUnacknowledged && isStale ? stale : again).push(entry);
    }
    return { again, stale };
  }

  /** @returns false if it has been answered or dropped meanwhile */
  remove(entry: PendingRequest): boolean {
    return this.#entries.delete(entry.cid);
  }

  /** Removes all requests. @returns them, for the caller to resolve */
  clear(): PendingRequest[] {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    return entries;
  }
}

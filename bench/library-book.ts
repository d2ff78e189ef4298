/**
 * nodejs-order-book on the same streams: the order book that the author of a Worker would take from npm. It keeps no
 * positions, P&L or limits. Its fills are taken from its answers, and summed as the other contenders' are.
 */

import { OrderBook, Side, type IProcessOrder } from "nodejs-order-book";
import type { Contender } from "./engine-contenders.ts";
import { Kind, wordsPerOperation } from "./flow-generator.ts";
import type { Flow } from "./order-flow.ts";

export class LibraryBook implements Contender {
  readonly #flow: Flow;
  /** Ids as strings, as the library wants them; a host would have them so from its messages. */
  readonly #names: string[];
  #books: OrderBook[] = [];

  constructor(flow: Flow) {
    this.#flow = flow;
    this.#names = Array.from({ length: flow.maxId + 1 }, (_, id) => String(id));
  }

  prepare(): void {
    this.#books = Array.from({ length: this.#flow.instruments }, () => new OrderBook());
    this.run(0, this.#flow.preload);
  }

  run(from: number, to: number): number {
    const { words } = this.#flow;
    const end = to * wordsPerOperation;
    let sum = 0;
    for (let at = from * wordsPerOperation; at < end; at += wordsPerOperation) {
      const head = words[at] as number;
      const book = this.#books[head >>> 24] as OrderBook;
      const taker = words[at + 3] as number;
      const id = this.#names[taker] as string;
      const kind = head & 0xff;
      if (kind === Kind.cancel) {
        if (book.cancel(id) === undefined) throw new Error("The library lost an order.");
        continue;
      }
      const side = ((head >>> 8) & 0xff) === 0 ? Side.BUY : Side.SELL;
      const [price, size] = [words[at + 1] as number, words[at + 2] as number];
      const answer =
        kind === Kind.limit ? book.limit({ id, side, size, price }) : book.market({ side, size });
      if (answer.err !== null) throw answer.err;
      sum = (sum + sumOfFills(answer, taker, id)) | 0;
    }
    return sum >>> 0;
  }
}

/** Sums the fills. Filled makers are in `done`, a partly filled one in `partial`; the taker may be in either as well. */
function sumOfFills(answer: IProcessOrder, taker: number, id: string): number {
  let sum = 0;
  for (const order of answer.done)
    if (order.id !== id && "price" in order)
      sum += taker + Number(order.id) + order.price + order.size;
  const { partial, partialQuantityProcessed } = answer;
  if (partial !== null && partial.id !== id)
    sum += taker + Number(partial.id) + partial.price + partialQuantityProcessed;
  return sum;
}

/** Counts what leaves a room on its way to the sockets. Changes nothing. */

import type { Outbox } from "#game/outbox.ts";
import { counted, sums } from "../metrics.ts";

/**
 * The same outbox, counted.
 * @param onReject is told of every refusal's connection
 */
export function counting(outbox: Outbox, onReject: (connection: number) => void): Outbox {
  return {
    ...outbox,
    toConnection: (connection, message) => {
      if (message.type === "error") {
        counted.rejects.add(message.code);
        onReject(connection);
      }
      outbox.toConnection(connection, message);
    },
    toAll: (message, except) => {
      if (message.type === "trade") sums.trades++;
      outbox.toAll(message, except);
    },
    book: (inst) => {
      sums.books++;
      outbox.book(inst);
    },
  };
}

/** Counts the messages that leave a room, on their way to the sockets. Changes nothing. */

import type { Outbox } from "#game/outbox.ts";
import { counted, sums } from "../metrics.ts";

/**
 * Makes an outbox that counts, and hands on to the given one.
 * @param onReject is called with the connection of every refusal
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

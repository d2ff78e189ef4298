/** Words of requests without an answer, and of connections that ended. */

export const netWords = {
  unreachable: "The server cannot be reached. Check your connection and try again.",
  strange: (status: number) =>
    `The server gave an answer that this page does not understand (${status}).`,
  offline: "You are not connected, so nothing was sent. Try again when the connection is back.",
  unsent: {
    order:
      "The connection dropped before this order was taken: it was not sent. Send it again from Orders if you still want it.",
    change: "The connection dropped before this change was taken: it was not made.",
  },
  gone: "The connection ended before the exchange answered. Check your orders.",
  superseded: "This seat was opened in another tab or on another device.",
  kicked: "The host removed you from the room.",
  left: "You left the room.",
} as const;

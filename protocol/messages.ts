/** Every message that a room may send: the schemas, and the types inferred from them. */

import type * as v from "valibot";
import { botMessages } from "./messages/bots.ts";
import { entryMessages } from "./messages/entry.ts";
import { marketMessages } from "./messages/market.ts";
import { roomMessages } from "./messages/room.ts";
import { roundMessages } from "./messages/rounds.ts";
import { tradingMessages } from "./messages/trading.ts";

/** One schema a message type. */
export const messageSchemas = {
  ...entryMessages,
  ...tradingMessages,
  ...marketMessages,
  ...roomMessages,
  ...roundMessages,
  ...botMessages,
};

export type MessageType = keyof typeof messageSchemas;
export type Message<T extends MessageType = MessageType> = {
  [K in T]: v.InferOutput<(typeof messageSchemas)[K]>;
}[T];

/** The form in which an operation is declared. */

import type * as v from "valibot";
import type { Role } from "../choices.ts";
import type { MessageType } from "../messages.ts";

export interface Operation {
  /** The sentences of the docs. */
  text: string;
  /** Fields of the request beside `op` and `cid`. */
  fields: v.ObjectEntries;
  /** Roles that may ask for it; `anyone`: before joining as well, and then not the room but the line answers. */
  who: "anyone" | readonly Role[];
  /** The messages that answer it, in the order in which they come, where no `error` does. */
  reply: readonly [MessageType, ...MessageType[]];
  /** Whether it changes the room. What only reads is not journalled, and simply answered anew when it is repeated. */
  changes: boolean;
  /** Whether it is in the events file of players who did not ask for it. */
  isPublic: boolean;
  /**
   * The rate that it counts against. `orders`, `cancels`: the user's own rate of each. `others`: the connection's.
   * `seldom`: the connection's, and the user's of requests that are made by hand.
   */
  rate: "orders" | "cancels" | "others" | "seldom";
  /** Whether a room takes it once its record is full: never, while the record's reserve lasts, or always. */
  whenFull: "refused" | "reserve" | "always";
}

export type Operations = Readonly<Record<string, Operation>>;

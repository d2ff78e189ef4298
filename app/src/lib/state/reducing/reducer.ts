/** Functions that change a room's data by a message of the exchange, one for each type. */

import type { Message, MessageType } from "#protocol";
import type { Batch } from "../batch.ts";
import type { RoomData } from "../room-data.svelte.ts";

export type Reducer<T extends MessageType> = (
  data: RoomData,
  message: Message<T>,
  batch: Batch,
) => void;
export type Reducers = { readonly [T in MessageType]?: Reducer<T> };

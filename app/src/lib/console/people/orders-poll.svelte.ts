/** Requests one trader's open orders and fills every second. Positions come to the host without a request. */

import type { Message } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { Poll } from "./poll.ts";

export class OrdersPoll extends Poll {
  /** The last reply. */
  seen = $state.raw<Message<"orders"> | null>(null);
  refusal = $state.raw<string | null>(null);
  readonly #room: Pick<RoomClient, "connection" | "send">;
  readonly #userId: number;

  constructor(room: Pick<RoomClient, "connection" | "send">, userId: number) {
    super(1_000);
    this.#room = room;
    this.#userId = userId;
  }

  protected async ask(): Promise<void> {
    // The last reply stays without a connection, of which the top of the page tells.
    if (this.#room.connection.state !== "online") return;
    const answer = await this.#room.send({ op: "get_orders", user_id: this.#userId });
    this.refusal = answer.type === "error" ? answer.message : null;
    if (answer.type === "orders") this.seen = answer;
  }
}

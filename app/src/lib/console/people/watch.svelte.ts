/** One trader's open orders and fills, asked for every second; positions come to the host without asking. */

import type { Message } from "#protocol";
import type { RoomView } from "#lib/state/room-view.ts";

const EVERY_MS = 1_000;

export class Watch {
  seen = $state.raw<Message<"orders"> | null>(null);
  refusal = $state.raw<string | null>(null);
  readonly #room: Pick<RoomView, "connection" | "send">;
  readonly #userId: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = true;

  constructor(room: Pick<RoomView, "connection" | "send">, userId: number) {
    this.#room = room;
    this.#userId = userId;
    void this.#round();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  async #round(): Promise<void> {
    // Without a connection the last answer stays, and the head of the page says why.
    if (this.#room.connection.state === "online") {
      const answer = await this.#room.send({ op: "get_orders", user_id: this.#userId });
      this.refusal = answer.type === "error" ? answer.message : null;
      if (answer.type === "orders") this.seen = answer;
    }
    if (this.#running) this.#timer = setTimeout(() => void this.#round(), EVERY_MS);
  }
}

/** A little market that bots make in this browser, to look at: the same room and engine as in every game. */

import { RoomClient } from "#lib/state/room-client.svelte.ts";
import { practiceWords } from "#lib/practice/words.ts";
import { WorkerRoom } from "./worker-room.ts";

const game = {
  format: "card_sum",
  params: { cards_each: 2, table: 0, options: false, trade_seconds: 3_600 },
  bots: [
    { kind: "maker", count: 2 },
    { kind: "noise", count: 4 },
    { kind: "momentum", count: 1 },
  ],
  learning: false,
  isBrisk: true,
} as const;

export class LiveMarket {
  readonly room: RoomClient;
  readonly #worker: WorkerRoom;
  /** The instrument that is traded; null: not yet. */
  readonly inst = $derived.by(() => this.room.round?.instruments[0] ?? null);
  readonly book = $derived.by(() => (this.inst === null ? null : this.room.market(this.inst)));
  readonly last = $derived.by(() => this.room.tape[0] ?? null);

  constructor() {
    this.#worker = new WorkerRoom(
      { code: "0BOTS", name: practiceWords.title, batches: [], game },
      { failed() {}, refused() {}, traded() {}, soFar() {} },
    );
    this.room = new RoomClient("0BOTS", this.#worker.transport);
  }

  async start(): Promise<void> {
    const joined = await this.room.join({ name: practiceWords.you, role: "spectator" });
    if (joined.ok) this.#worker.begin(joined.ack.user_id);
  }

  end(): void {
    this.room.leave();
    this.#worker.end();
  }
}

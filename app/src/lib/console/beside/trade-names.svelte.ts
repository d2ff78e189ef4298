/**
 * Learns for the host's tape who bought and who sold, from the fills of those whose volume on the leaderboard has grown:
 * a trade names nobody on the wire.
 */

import { SvelteMap } from "svelte/reactivity";
import type { Message } from "#protocol";
import type { Command } from "#lib/state/room-client.svelte.ts";

/** Time between two requests, ms. */
const ASK_MS = 100;
/** Number of trades of which the names are kept. */
const KEPT = 1_000;

/** The two sides of a trade, by user; the second is known a moment after the first. */
export interface TradeSides {
  buyer?: number;
  seller?: number;
}

interface CommandTarget {
  readonly connection: { readonly state: string };
  send(command: Command): Promise<Message>;
}

export class TradeNames {
  readonly byTrade = new SvelteMap<number, TradeSides>();
  readonly #room: CommandTarget;
  readonly #volumes = new Map<number, number>();
  readonly #wanted = new Set<number>();
  #isAsking = false;

  constructor(room: CommandTarget) {
    this.#room = room;
  }

  /** Takes in the leaderboard as it is now. */
  see(rows: Message<"leaderboard">["rows"]): void {
    for (const { user_id: userId, volume } of rows) {
      if ((this.#volumes.get(userId) ?? 0) === volume) continue;
      this.#volumes.set(userId, volume);
      this.#wanted.add(userId);
    }
    void this.#ask();
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    for (const userId of this.#wanted) {
      if (this.#room.connection.state !== "online") break;
      this.#wanted.delete(userId);
      const answer = await this.#room.send({ op: "get_orders", user_id: userId });
      if (answer.type === "orders") this.#learn(answer.fills ?? []);
      await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    }
    this.#isAsking = false;
  }

  #learn(fills: readonly Message<"fill">[]): void {
    for (const { trade_id: id, user_id: userId, side } of fills) {
      const known = this.byTrade.get(id) ?? {};
      const role = side === "buy" ? "buyer" : "seller";
      if (known[role] !== userId) this.byTrade.set(id, { ...known, [role]: userId });
    }
    const tooMany = this.byTrade.size - KEPT;
    if (tooMany <= 0) return;
    const oldest = [...this.byTrade.keys()].sort((a, b) => a - b).slice(0, tooMany);
    for (const id of oldest) this.byTrade.delete(id);
  }
}

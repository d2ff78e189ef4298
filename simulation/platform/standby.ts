/**
 * A second room that follows the journal: every durable entry, decoded from its bytes, is replayed into it, and must
 * have the outcome and the trades that clients were told. At any rest it must equal the live room.
 */

import type { Recorder, TradeRecord } from "#game/context.ts";
import { silence, type Outbox } from "#game/outbox.ts";
import type { Room } from "#game/room.ts";
import type { Message, Request } from "#protocol";
import { followingRoom } from "../adapter.ts";
import type { Audit, Trade } from "../audit.ts";
import type { SimulatedDisk } from "./disk.ts";
import { violated } from "../violation.ts";

export class Standby {
  readonly room: Room;
  readonly #disk: SimulatedDisk;
  readonly #audit: Audit;
  /** Answer to the last probe. */
  #answer: Message | null = null;
  #followed = 0;
  #trades = 0;
  readonly #recorder: Recorder = {
    order() {},
    change() {},
    trade: (trade) => this.#compare(trade),
  };

  constructor(disk: SimulatedDisk, audit: Audit) {
    this.#disk = disk;
    this.#audit = audit;
    const outbox: Outbox = {
      ...silence,
      toConnection: (_id, message) => {
        this.#answer = message;
      },
    };
    this.room = followingRoom(disk, outbox);
  }

  /** Replays the entries that have become durable. @returns how many */
  follow(): number {
    const from = this.#followed;
    for (const entry of this.#disk.entries(from + 1)) {
      if (entry.n > this.#disk.durable) break;
      this.room.replay(entry, this.#recorder);
      this.#followed = entry.n;
    }
    const { durableTrades } = this.#audit;
    if (this.#trades !== durableTrades)
      violated("replay gives other trades", { live: durableTrades, again: this.#trades });
    return this.#followed - from;
  }

  /** Repeats a request to this room: it must know the cid, and change nothing. */
  probe(userId: number, request: Request, nowMs: number): Message | null {
    this.#answer = null;
    this.room.request(userId, 1, 10, request, nowMs);
    return this.#answer;
  }

  #compare(again: TradeRecord): void {
    const live = this.#audit.trades[this.#trades++];
    if (live === undefined || !isSameTrade(again, live))
      violated("replay gives another trade", { live, again });
  }
}

function isSameTrade(record: TradeRecord, trade: Trade): boolean {
  return (
    record.trade_id === trade.trade_id &&
    record.seq === trade.seq &&
    record.ts === trade.ts &&
    record.inst === trade.inst &&
    record.price === trade.price &&
    record.qty === trade.qty &&
    record.aggressor === trade.side
  );
}

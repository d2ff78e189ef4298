/**
 * A room on a virtual clock in which bots and simulated people trade: the real room with its real engine. Keeps every fill,
 * every refusal of a bot, and how long there was a market.
 */

import type { Context } from "#game/context.ts";
import type { JournalPort } from "#game/journal/entry.ts";
import type { Outbox } from "#game/outbox.ts";
import type { JoinAttempt } from "#game/people/attempt.ts";
import { Room } from "#game/room.ts";
import { drawn } from "#game/rounds/drawing.ts";
import type { Message, Request, Role } from "#protocol";
import { nodeEngines } from "../adapter.ts";

/** A trade with both of its sides. */
export interface Trade {
  inst: number;
  buyer: number;
  seller: number;
  price: number;
  qty: number;
}

const noJournal: JournalPort = { append() {}, read: () => null, fullness: 0 };

export class Table {
  now = 1_000_000;
  readonly room: Room;
  readonly trades = new Map<number, Trade>();
  /** Refusals of bots and simulated people. */
  readonly refusals: Message<"error">[] = [];
  result: Message<"round_result"> | null = null;
  readonly #seedOf: () => string;
  #connections = 0;

  /** @param seedOf draws a seed for each request that needs one */
  constructor(seedOf: () => string) {
    this.#seedOf = seedOf;
    this.room = new Room(nodeEngines.create(), noJournal, this.#outbox());
    this.room.create(
      {
        ...{ op: "$create", room: "TABLEA", sessionId: "session-1", name: "Table" },
        ...{ template: "empty", settings: { onDisconnect: "keep" } },
        ...{ hostTokenHash: "host", passcodeHash: null, openHost: true },
      },
      this.now,
    );
  }

  get ctx(): Context {
    return this.room.context;
  }

  join(name: string, role: Role): number {
    const connection = ++this.#connections;
    const token = `token-${connection}`;
    const attempt: JoinAttempt = {
      request: { op: "join", name, role },
      ...{ resumeHash: null, hostHash: null, passcodeHash: null, seatHash: null },
      ...{ fresh: { token, hash: token }, freshHost: { token, hash: token }, isRepeatable: false },
    };
    const user = this.room.join(attempt, connection, this.now);
    if ("code" in user) throw new Error(user.message);
    return user.userId;
  }

  ask(userId: number, request: Request): void {
    const complete = drawn(this.room.state, request, this.#seedOf);
    this.room.request(userId, userId, 10, complete, this.now);
  }

  /** Lets time pass up to `until`, or to the next thing that is due. */
  step(until: number): void {
    const due = Math.min(this.room.feedDueMs ?? Infinity, this.room.clockDueMs ?? Infinity, until);
    this.now = Math.max(this.now, due);
    this.room.tick(this.now);
  }

  #outbox(): Outbox {
    return {
      isBehind: () => false,
      toConnection: (_connection, message) => {
        if (message.type === "error") this.refusals.push(message);
      },
      toUser: (userId, message) => {
        if (message.type === "fill") this.#filled(userId, message);
      },
      toRole() {},
      toAll: (message) => {
        if (message.type === "round_result") this.result = message;
      },
      book() {},
      disconnect() {},
      exportFiles() {},
      archive() {},
    };
  }

  #filled(userId: number, { trade_id: id, inst, price, qty, side }: Message<"fill">): void {
    const trade = this.trades.get(id) ?? { inst, buyer: 0, seller: 0, price, qty };
    trade[side === "buy" ? "buyer" : "seller"] = userId;
    this.trades.set(id, trade);
  }
}

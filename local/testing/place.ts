/** A browser for tests: a page and its worker in Node, on a clock that the test moves. */

import { nodeEngines } from "#game/testing/room.ts";
import type { Message, MessageType, Request } from "#protocol";
import { LocalRoom, type LocalConnection } from "../local-room.ts";

/** A browser's page and worker, on a clock that the test moves. */
export class Place {
  now = 1_800_000_000_000;
  /** Drawn for each round and bot. */
  seed = "5eed".repeat(16);
  readonly batches: Uint8Array[] = [];
  readonly faults: unknown[] = [];
  #timers: { dueMs: number; ring: () => void }[] = [];
  #tokens = 0;

  open(): LocalRoom {
    this.#timers = [];
    const room = new LocalRoom(
      {
        engines: nodeEngines,
        now: () => this.now,
        timer: (delayMs, ring) => {
          const timer = { dueMs: this.now + delayMs, ring };
          this.#timers.push(timer);
          return () => void (this.#timers = this.#timers.filter((one) => one !== timer));
        },
        seed: () => this.seed,
        token: () => `token ${++this.#tokens}`,
        kept: (batch) => void this.batches.push(batch),
        failed: (fault) => void this.faults.push(fault),
      },
      this.batches,
    );
    if (!room.exists)
      room.create({
        ...{ op: "$create", room: "ACDEFG", sessionId: "s", name: "Practice", template: "empty" },
        settings: { onDisconnect: "keep", start: "lobby" },
        ...{ hostTokenHash: "host", passcodeHash: null, openHost: false },
      });
    return room;
  }

  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.#timers.sort((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined || next.dueMs > end) break;
      this.#timers.shift();
      this.now = Math.max(this.now, next.dueMs);
      next.ring();
    }
    this.now = end;
  }
}

/** A client that joins at once. */
export class Client {
  readonly heard: Message[] = [];
  readonly closed: number[] = [];
  readonly #line: LocalConnection;

  constructor(room: LocalRoom, join: Omit<Request<"join">, "op">) {
    this.#line = room.connect(
      {
        send: (texts) => void this.heard.push(...texts.map((text) => JSON.parse(text) as Message)),
        close: (code) => void this.closed.push(code),
      },
      "https://here",
    );
    this.send({ op: "join", ...join });
  }

  send(request: Request): void {
    this.#line.receive(JSON.stringify(request));
  }

  last<T extends MessageType>(type: T): Message<T> {
    const message = this.heard.findLast((one) => one.type === type);
    if (message === undefined) throw new Error(`no ${type}`);
    return message as Message<T>;
  }
}

/**
 * A room without a server: the parts that worker/room/assembly.ts puts together, the same code, over memory, timers and
 * lines of whoever runs it, such as a Web Worker. Knows no browser.
 */

import type { CreateInput } from "#game/journal/entry.ts";
import type { Engines } from "#game/journal/waking.ts";
import { limits } from "#protocol";
import { Activity } from "../worker/room/turn/activity.ts";
import { Alarm } from "../worker/room/turn/alarm.ts";
import type { Line } from "../worker/room/turn/connection.ts";
import { Connections } from "../worker/room/turn/connections.ts";
import { FanOut } from "../worker/room/turn/fan-out.ts";
import { LiveRoom } from "../worker/room/turn/live-room.ts";
import { unhashed } from "../worker/room/turn/plain-secrets.ts";
import { Reception } from "../worker/room/turn/reception.ts";
import { Turn, type Timer } from "../worker/room/turn/turn.ts";
import { LocalClock } from "./local-clock.ts";
import { MemoryJournal } from "./memory-journal.ts";
import { ownTrades, standingOf } from "./own-trades.ts";
import type { OwnTrades } from "./report.ts";

export interface LocalPlatform {
  readonly engines: Engines;
  readonly timer: Timer;
  /** Unix milliseconds. */
  now(): number;
  /** A seed of a round: 64 lower-case hexadecimal digits. */
  seed(): string;
  /** A random token. */
  token(): string;
  /** Called with each batch of the journal that is written. */
  kept(batch: Uint8Array): void;
  /** Called when the room has failed: its lines are closed, and it is rebuilt from its journal. */
  failed(fault: unknown): void;
}

/** The room's end of a line. */
export interface LocalConnection {
  receive(frame: string): void;
  /** Tells that the client has gone. */
  left(): void;
}

/** A client's end of a line: takes frames, and an end. */
export type LocalLine = Pick<Line<string>, "send" | "close">;

const asJson = {
  encode: (message: object) => JSON.stringify(message),
  lengthOf: (text: string) => text.length,
};

/** Limits of many who come from one address, which nobody does here. */
const noLimits = { takeJoin: () => 0, passcodes: { waitMs: () => 0, wrong() {} } };

export class LocalRoom {
  readonly #connections = new Connections(asJson, new FanOut());
  readonly #clock: LocalClock;
  readonly #reception: Reception<string>;
  readonly #live: LiveRoom;
  readonly #turn: Turn<string>;
  readonly #journal: MemoryJournal;
  readonly #engines: Engines;
  /** Stops the alarm. */
  #stopAlarm: () => void = () => {};

  /** @param batches of an earlier journal, which goes on; none: `create` makes the room. Throws if they cannot be read. */
  constructor(platform: LocalPlatform, batches: readonly Uint8Array[] = []) {
    const { engines, timer } = platform;
    this.#engines = engines;
    const connections = this.#connections;
    const clock = (this.#clock = new LocalClock(() => platform.now()));
    const journal = (this.#journal = new MemoryJournal(batches, (batch) => platform.kept(batch)));
    const alarm = new Alarm((dueMs) => {
      this.#stopAlarm();
      this.#stopAlarm = timer(Math.max(0, dueMs - clock.now()), () => {
        alarm.rings();
        this.#turn.ring();
        alarm.answered();
        this.#turn.arm();
      });
    }, clock);
    this.#live = new LiveRoom({
      ...{ stored: journal, engines, clock, graceMs: 0, companions: [] },
      outbox: () =>
        connections.outbox((inst, depth) => this.#live.book(inst, depth), {
          exportFiles() {},
          archive() {},
        }),
      connectionsOf: (userId) => connections.roster.count(userId),
      wokenAtOnce: Infinity,
      wakeSlowly: () => Promise.reject(new Error("A local room wakes at once.")),
      created() {},
      woken() {},
      untrusted: (fault) => platform.failed(fault),
      entered: () => this.#turn.arm(),
    });
    this.#turn = new Turn({
      ...{ live: this.#live, connections, disk: journal, timer, alarm, clock },
      absence: { proceed() {} },
      snapshots: { dueMs: null, keep() {} },
      noteFault: (fault) => platform.failed(fault),
      noteCommit() {},
    });
    this.#reception = new Reception({
      ...{ live: this.#live, connections, turn: this.#turn, activity: new Activity() },
      ...{ timer, clock, joinLimits: noLimits },
      hashSecrets: (request, _room, then) => {
        then(() => unhashed(request, platform.token()));
        return undefined;
      },
      makeSecrets: (_request, _userId, then) => {
        const secret = platform.token();
        then(() => [{ secret, hash: secret }]);
        return undefined;
      },
      drawSeed: () => platform.seed(),
      setupOf: () => null,
    });
  }

  /** Whether there is a room: one that was made, or one that goes on. */
  get exists(): boolean {
    return this.#journal.exists;
  }

  create(input: CreateInput): void {
    this.#live.create(input);
    this.#turn.end();
  }

  /** P&L of each trade of a user so far. */
  ownTrades(userId: number): OwnTrades {
    const room = this.#live.open();
    if (room === null) return { trades: [], maxPosition: 0, standing: null };
    return ownTrades(room.context, this.#engines, this.#journal.entries(1), userId);
  }

  /** Trades of a user in the present round. */
  tradesOf(userId: number): number {
    const room = this.#live.open();
    return room === null ? 0 : (standingOf(room.context, userId)?.trades ?? 0);
  }

  /** Takes a client in, who then joins as on every line. @param origin is part of the links that it is given */
  connect(line: LocalLine, origin: string): LocalConnection {
    const now = this.#clock.now();
    const connection = this.#connections.add(
      { ...line, unreadBytes: 0, keep() {} },
      {
        ...{ openedAt: now, origin, client: "", switched: null },
        ...{ userId: null, role: null, batch: false, depth: limits.depthDefault },
      },
      now,
    );
    this.#reception.awaitJoin(connection);
    return {
      receive: (frame) => {
        const read = (at: number) => connection.rules.read(frame, at);
        if (this.#connections.roster.has(connection)) this.#reception.receive(connection, read);
      },
      left: () => this.#reception.left(connection),
    };
  }
}

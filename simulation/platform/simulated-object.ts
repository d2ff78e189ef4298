/**
 * Room object of the simulation: the parts that worker/room/assembly.ts puts together, the same code, over a simulated
 * platform. Lives until a crash or an eviction.
 */

import type { Outbox } from "#game/outbox.ts";
import type { Message } from "#protocol";
import { Absence } from "../../worker/room/turn/absence.ts";
import { Activity } from "../../worker/room/turn/activity.ts";
import { Alarm } from "../../worker/room/turn/alarm.ts";
import type { Connection, Identity } from "../../worker/room/turn/connection.ts";
import { Connections } from "../../worker/room/turn/connections.ts";
import { FanOut } from "../../worker/room/turn/fan-out.ts";
import { LiveRoom } from "../../worker/room/turn/live-room.ts";
import { unhashed } from "../../worker/room/turn/plain-secrets.ts";
import { Reception } from "../../worker/room/turn/reception.ts";
import { SnapshotSchedule } from "../../worker/room/turn/snapshot-schedule.ts";
import { Turn, type Timer } from "../../worker/room/turn/turn.ts";
import { nodeEngines } from "../adapter.ts";
import { DiskFault, type SimulatedDisk } from "./disk.ts";
import { HoldingsCheck } from "./holdings-check.ts";
import type { Link } from "./network.ts";
import { violated } from "../violation.ts";

/** The platform, as an object uses it. */
export interface Platform {
  readonly disk: SimulatedDisk;
  readonly timer: Timer;
  now(): number;
  setAlarm(ms: number): void;
  /** Id of the process, another one after every crash. */
  processId(): string;
  /** Calls back once the secrets of a join are hashed. */
  hash(then: () => void): void;
  /** A seed of a round. */
  seed(): string;
  /** A random token. */
  token(): string;
  send(link: Link, mail: Message[]): void;
  close(link: Link, code: number): void;
  keep(link: Link, identity: Identity | null): void;
  /** Wraps the outbox, to note every message. */
  audited(out: Outbox): Outbox;
  archive(): void;
  woken(replayed: number): void;
  /** Hears that a turn failed and everybody is disconnected. */
  faulted(): void;
}

export interface ObjectSettings {
  snapshotEvery: number;
  /** Connections that get their part of a beat in one turn. */
  slice: number;
  absenceGraceMs: number;
}

/** Passes messages as objects: encoding and parsing JSON would take most of the time. */
const asTheyAre = {
  encode: (message: Message) => message,
  /** Estimates lengths: only messages that grow with the room are measured, others are about this long. */
  lengthOf: (message: Message) =>
    message.type === "orders" || message.type === "positions"
      ? JSON.stringify(message).length
      : 200,
};

export class SimulatedObject {
  readonly connections: Connections<Message>;
  readonly live: LiveRoom;
  readonly turn: Turn<Message>;
  readonly reception: Reception<Message>;
  readonly alarm: Alarm;
  readonly absence: Absence;
  readonly snapshots: SnapshotSchedule;
  readonly #platform: Platform;
  readonly #holdings = new HoldingsCheck();
  readonly #byLink = new Map<Link, Connection<Message>>();

  constructor(platform: Platform, { snapshotEvery, slice, absenceGraceMs }: ObjectSettings) {
    const { disk, timer } = platform;
    const clock = {
      now: () => platform.now(),
      reach: (lastMs: number) => {
        if (lastMs > platform.now()) violated("an entry is of a time to come", { lastMs });
      },
      onWall: (ms: number) => ms,
      holdUntil() {},
    };
    this.#platform = platform;
    const connections = (this.connections = new Connections(asTheyAre, new FanOut(), slice));
    this.absence = new Absence(disk, () => platform.processId(), absenceGraceMs);
    this.snapshots = new SnapshotSchedule(disk, {
      // Quiet moments are frequent here: with a snapshot in each, hardly an entry would be replayed.
      worthWhenQuiet: 2 * snapshotEvery,
      worthAlways: snapshotEvery,
    });
    this.alarm = new Alarm((ms) => platform.setAlarm(ms), clock);
    this.live = new LiveRoom({
      ...{ stored: disk, engines: nodeEngines, clock },
      graceMs: absenceGraceMs,
      companions: [this.snapshots, this.absence],
      outbox: () => platform.audited(this.#outbox()),
      connectionsOf: (userId) => connections.roster.count(userId),
      wokenAtOnce: Infinity,
      wakeSlowly: () => violated("a simulated room wakes at once"),
      created() {},
      woken: ({ replayed, snapshotFault }) => {
        if (snapshotFault !== null)
          violated("a snapshot cannot be read", { fault: String(snapshotFault) });
        platform.woken(replayed);
      },
      untrusted: (fault) => {
        throw fault;
      },
      entered: () => this.turn.arm(),
    });
    this.turn = new Turn({
      ...{ live: this.live, connections, disk, timer, alarm: this.alarm, clock },
      ...{ absence: this.absence, snapshots: this.snapshots },
      noteFault: (fault) => {
        if (!(fault instanceof DiskFault)) throw fault;
        platform.faulted();
      },
      noteCommit() {},
    });
    this.reception = new Reception({
      ...{ live: this.live, connections, turn: this.turn, activity: new Activity() },
      ...{ timer, clock },
      joinLimits: { takeJoin: () => 0, passcodes: { waitMs: () => 0, wrong() {} } },
      hashSecrets: (request, _room, then) => {
        const attempt = unhashed(request, platform.token());
        platform.hash(() => then(() => attempt));
        return undefined;
      },
      drawSeed: () => platform.seed(),
      setupOf: () => null,
      makeSecrets: ({ op, cid = "" }, userId, then) => {
        const secret = `${op} of ${userId} under ${cid}`;
        platform.hash(() => then(() => [{ secret, hash: secret }]));
        return undefined;
      },
    });
  }

  of(link: Link): Connection<Message> | undefined {
    return this.#byLink.get(link);
  }

  /** Adds a line, new or kept by the platform while there was no object. */
  add(link: Link, identity: Identity): void {
    const connection = this.connections.add(this.#lineOf(link), identity, this.#platform.now());
    this.#byLink.set(link, connection);
    if (connection.userId === null) this.reception.awaitJoin(connection);
  }

  ring(): void {
    this.alarm.rings();
    this.turn.ring();
    this.alarm.answered();
    this.turn.arm();
  }

  #lineOf(link: Link) {
    const platform = this.#platform;
    return {
      unreadBytes: 0,
      send: (mail: readonly Message[], isBatch: boolean) => {
        if (isBatch) this.#holdings.sent(mail, this.#byLink.get(link)?.box.own ?? []);
        if (isBatch) platform.send(link, mail as Message[]);
        else for (const message of mail) platform.send(link, [message]);
      },
      close: (code: number) => platform.close(link, code),
      keep: (identity: Identity | null) => {
        if (identity === null) this.#byLink.delete(link);
        platform.keep(link, identity);
      },
    };
  }

  #outbox(): Outbox {
    const out = this.connections.outbox((inst, depth) => this.live.book(inst, depth), {
      exportFiles() {},
      archive: () => this.#platform.archive(),
    });
    return this.#holdings.watching(out);
  }
}

/**
 * One turn of a room: decide, commit the decision, send the messages; or hold both while the last commit is under way;
 * or throw all of it away. No time passes between a decision and its journal entry, and no message is sent before its
 * entry is written: from there on the platform holds it until the entry is durable.
 *
 * Runs in the room's object and in the simulation alike, over ports: the lines, the disk, a timer, the alarm, the clock.
 */

import { closeCode, errorText } from "#protocol";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { LiveRoom } from "./live-room.ts";

/** The journal, as far as a turn needs it to write. */
export interface Disk {
  /** The number of entries that wait to be written. */
  readonly pending: number;
  /** Writes them, all or none. */
  commit(): void;
  /** Drops them: they did not happen. */
  discard(): void;
  /** Calls back once: when all that is written is durable, or when it cannot be. */
  sync(durable: () => void, failed: (fault: unknown) => void): void;
}

/** Calls `ring` once after `delayMs`. @returns a function that cancels it */
export type Timer = (delayMs: number, ring: () => void) => () => void;

export interface TurnPorts<Text> {
  live: LiveRoom;
  connections: Connections<Text>;
  disk: Disk;
  timer: Timer;
  alarm: { set(dueMs: number): void };
  clock: { now(): number; holdUntil(endMs: number | null): void };
  absence: { proceed(now: number): void };
  snapshots: { readonly dueMs: number | null; keep(): void };
  noteFault(fault: unknown): void;
  noteCommit(durationMs: number): void;
}

/** A request of this turn: its connection is told if the turn fails. */
export interface Asked<Text> {
  readonly connection: Connection<Text>;
  op: string | null;
  cid: string | undefined;
}

/** Continues a turn that cannot decide yet: it ends undecided, and another one follows. */
export type Continuation = () => Promise<void> | undefined;

export class Turn<Text> {
  readonly #ports: TurnPorts<Text>;
  /** Whether entries were written that are not durable yet. Later ones gather meanwhile, for one commit. */
  #isCommitting = false;
  /** Whether the end of a turn waits for the present commit. */
  #isHeld = false;
  /** The next flush of the room's feeds, or the next slice of the last one. */
  #timer: { dueMs: number; cancel: () => void } | null = null;
  /** Requests that wait for the commit. */
  #asked: Asked<Text>[] = [];

  constructor(ports: TurnPorts<Text>) {
    this.#ports = ports;
  }

  /** Whether nothing is being written, held or awaited. */
  get isIdle(): boolean {
    const { disk, connections } = this.#ports;
    const isWaiting = this.#timer !== null || connections.dueMs(0) !== null;
    return !this.#isCommitting && !isWaiting && disk.pending === 0;
  }

  /** Runs one whole turn. @param asked the request, if it is one */
  run(
    asked: Asked<Text> | null,
    decide: (now: number) => Continuation | undefined,
  ): Promise<void> | undefined {
    let fault: unknown = null;
    try {
      const later = decide(this.#ports.clock.now());
      if (later !== undefined) return later();
    } catch (thrown) {
      fault = thrown;
    }
    if (asked !== null) this.#asked.push(asked);
    if (fault !== null) this.#fail(fault);
    this.end();
    return undefined;
  }

  /** Answers the alarm: drops traders absent for too long, and stores a snapshot or state hash in a quiet moment. */
  ring(): void {
    const { live, clock, absence, snapshots, disk } = this.#ports;
    live.open();
    void this.run(null, (now) => {
      absence.proceed(now);
      return undefined;
    });
    const isQuiet = (snapshots.dueMs ?? Infinity) <= clock.now() && disk.pending === 0;
    if (isQuiet) snapshots.keep();
  }

  /** Tells the room how many connections a user has by now. */
  tellPresence(userId: number, now: number): void {
    const { live, connections } = this.#ports;
    live.room?.presence(userId, connections.roster.count(userId), now);
  }

  /** Ends a turn: commits and sends, or holds; then sets the timer and the alarm for all that falls due later. */
  end(): void {
    const { live, connections, disk, clock } = this.#ports;
    const now = clock.now();
    try {
      live.room?.tick(now);
      // Holds the messages back: they may tell of entries that are not written yet.
      this.#isHeld = this.#isCommitting && disk.pending > 0;
      if (this.#isHeld) return;
      this.#commit(now);
    } catch (fault) {
      this.#fail(fault);
    }
    this.#asked = [];
    const lost = connections.flush(now);
    if (lost.size > 0) {
      this.#noticeLoss(lost, now);
      if (disk.pending === 0) connections.flush(now);
    }
    this.#setTimer(connections.dueMs(now) ?? live.room?.feedDueMs ?? null, now);
    this.arm();
  }

  /** Sets the alarm for the session's end, or for the room's companions. */
  arm(): void {
    const { live, clock, alarm } = this.#ports;
    if (live.room !== null) clock.holdUntil(live.room.clockDueMs);
    alarm.set(live.dueMs);
  }

  /** Writes the decisions of this turn, and of all turns that were held. */
  #commit(now: number): void {
    const { live, disk, clock, noteCommit } = this.#ports;
    if (disk.pending === 0) return;
    disk.commit();
    live.written(now);
    this.#isCommitting = true;
    const durable = () => {
      this.#isCommitting = false;
      noteCommit(clock.now() - now);
      if (this.#isHeld) this.end();
    };
    const failed = (fault: unknown) => {
      this.#isCommitting = false;
      this.#fail(fault);
      this.end();
    };
    disk.sync(durable, failed);
  }

  /**
   * Ends a turn in which a fault was thrown. Memory may be ahead of the journal, so the room is thrown away with all its
   * unsent messages, and everybody reconnects to a room rebuilt from the journal.
   */
  #fail(fault: unknown): void {
    const { live, connections, disk, noteFault } = this.#ports;
    noteFault(fault);
    live.leave();
    disk.discard();
    connections.discard();
    for (const { connection, op, cid } of this.#asked) {
      const back = cid === undefined ? {} : { cid };
      const message = errorText.INTERNAL;
      connections.send(connection, { type: "error", code: "INTERNAL", message, op, ...back });
    }
    connections.closeAll(closeCode.serviceRestart, "The room restarts: reconnect.");
  }

  #noticeLoss(userIds: Iterable<number>, now: number): void {
    try {
      for (const userId of userIds) this.tellPresence(userId, now);
    } catch (fault) {
      this.#fail(fault);
    }
  }

  #setTimer(dueMs: number | null, now: number): void {
    if (dueMs === null || (this.#timer !== null && this.#timer.dueMs <= dueMs)) return;
    this.#timer?.cancel();
    const { connections } = this.#ports;
    const { burst } = connections;
    const ring = () => {
      this.#timer = null;
      connections.rang(burst);
      this.end();
    };
    this.#timer = { dueMs, cancel: this.#ports.timer(Math.max(0, dueMs - now), ring) };
  }
}

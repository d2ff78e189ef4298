/**
 * The platform of a simulated room: hands the object its events one by one, holds its messages until the writes before
 * them are durable, keeps the lines while there is no object, rings the alarm, and dies. A crash loses the object, the
 * lines, and everything that is not durable; an eviction loses the object only.
 */

import { isSystemInput } from "#game/journal/entry.ts";
import type { Room } from "#game/room.ts";
import { limits, type Message, type Request } from "#protocol";
import type { Connection, Identity } from "../../worker/room/turn/connection.ts";
import type { Audit } from "../audit.ts";
import { AbsenceCheck, absenceGraceMs } from "./absence-check.ts";
import { SimulatedDisk } from "./disk.ts";
import type { EventQueue } from "./event-queue.ts";
import { frameReader } from "./frame-reader.ts";
import type { ServerSettings } from "./server-settings.ts";
import type { Link, ServerEnd } from "./network.ts";
import { OutputGate } from "./output-gate.ts";
import type { Random } from "../random.ts";
import { SimulatedAlarm, unixMs } from "./simulated-alarm.ts";
import { SimulatedObject, type Platform } from "./simulated-object.ts";
import { Standby } from "./standby.ts";
import type { Trace } from "../trace.ts";
import { violated } from "../violation.ts";

/** Time that hashing the secrets of a join takes, at most. */
const hashMostUs = 10_000;

export class SimulatedServer implements ServerEnd {
  isUp = true;
  readonly disk: SimulatedDisk;
  readonly standby: Standby;
  readonly absence = new AbsenceCheck();
  requests = 0;
  replayed = 0;
  commits = 0;
  archived = 0;
  readonly #queue: EventQueue;
  readonly #random: Random;
  readonly #audit: Audit;
  readonly #trace: Trace;
  readonly #settings: ServerSettings;
  readonly #platform: Platform;
  #object: SimulatedObject;
  /** Counts objects, so that nothing of an earlier one goes off. */
  #life = 0;
  /** Counts processes. */
  #process = 1;
  /** The lines that are open, with the identity of each. */
  readonly #lines = new Map<Link, Identity>();
  readonly #gate: OutputGate;
  readonly #alarm: SimulatedAlarm;
  /** Counts writes that were begun. */
  #writes = 0;
  /** Requests whose secrets are being hashed or made. */
  #hashing = 0;
  /** The request that is being decided. */
  #asking: { connection: Connection<Message>; request: Request } | null = null;

  constructor(
    queue: EventQueue,
    random: Random,
    audit: Audit,
    trace: Trace,
    settings: ServerSettings,
  ) {
    this.#queue = queue;
    this.#random = random;
    this.#audit = audit;
    this.#trace = trace;
    this.#settings = settings;
    this.disk = new SimulatedDisk(audit, settings.sabotage ?? {});
    this.#gate = new OutputGate(this.disk, settings.sabotage?.leavesEarly === true);
    this.standby = new Standby(this.disk, audit);
    this.#alarm = new SimulatedAlarm(
      queue,
      () => this.isUp,
      () => this.#ring(),
    );
    this.disk.onAppend = (entry) => {
      const asked = this.#asking;
      // Leaves out inputs of the room: with a request may come the end of the session that it was too late for.
      const { input, userId } = entry;
      if (input.op === "$drop")
        this.absence.drop(userId, this.count(userId), this.#alarm.isRinging, this.nowMs);
      if (isSystemInput(input)) return;
      if (asked?.request.cid !== undefined && asked.connection.userId !== null)
        audit.executed(asked.connection.userId, asked.request.cid, entry.n);
    };
    this.#platform = this.#newPlatform();
    this.#object = this.#newObject();
    this.#event(0, ({ live }) => {
      live.create({
        ...{ op: "$create", room: "TESTAA", sessionId: "session-1", name: "", template: "empty" },
        settings: {
          ...{ onDisconnect: settings.onDisconnect, markLots: settings.markLots },
          start: "lobby",
        },
        ...{ hostTokenHash: "host", passcodeHash: null, openHost: false },
      });
    });
    // Makes the creation durable before anybody hears of the room.
    this.#finishWrite();
  }

  get nowMs(): number {
    return unixMs(this.#queue);
  }

  /** The room, woken if it was thrown away. */
  get room(): Room {
    let room = this.#object.live.room;
    if (room === null) this.#event(0, ({ live }) => (room = live.open()));
    return room ?? violated("there is no room");
  }

  /** How many connections a user has. */
  count(userId: number): number {
    return this.#object.connections.roster.count(userId);
  }

  /** Whether nothing is under way: the object may go from memory, even with its alarm set. */
  get isIdle(): boolean {
    const isWaiting = this.#hashing > 0 || !this.#gate.isEmpty || !this.disk.isClean;
    return this.isUp && !isWaiting && this.#object.turn.isIdle;
  }

  /** Whether nothing is due either, but for the snapshot or hash that a quiet room stores. */
  get isQuiet(): boolean {
    if (!this.isIdle) return false;
    const { room } = this;
    return this.isIdle && room.clockDueMs === null && this.#object.absence.dueMs === null;
  }

  get hasCommitUnderWay(): boolean {
    return this.disk.isWriting;
  }

  rowOf(userId: number, cid: string): number | undefined {
    return this.#audit.rowOf(userId, cid);
  }

  // Events of the network

  accept(link: Link): void {
    const identity: Identity = {
      ...{ openedAt: this.nowMs, origin: "", client: "", switched: null },
      ...{ userId: null, role: null, batch: false, depth: limits.depthDefault },
    };
    this.#lines.set(link, identity);
    this.#event(0, (object) => object.add(link, identity));
  }

  receive(link: Link, request: Request): void {
    const connection = this.#object.of(link);
    if (connection === undefined) {
      if (!this.#gate.isClosing(link)) violated("a line was given up and is not closed");
      return;
    }
    this.requests++;
    this.#note("request", request, connection.userId ?? 0);
    this.#asking = { connection, request };
    const read = frameReader(request, connection, this.requests);
    const inst = "inst" in request && request.inst !== undefined ? request.inst : 0;
    this.#event(inst, ({ reception }) => void reception.receive(connection, read));
  }

  lost(link: Link): void {
    const connection = this.#object.of(link);
    this.#lines.delete(link);
    if (connection !== undefined) this.#event(0, ({ reception }) => reception.left(connection));
  }

  // Faults

  /** Lets the process die, now. */
  crash(downUs: number): void {
    const keepsUnderWay = this.disk.isWriting && this.#random.chance(0.5);
    this.#note("crash", { keepsUnderWay, entries: this.disk.length, durable: this.disk.durable });
    const links = new Set([...this.#lines.keys(), ...this.#gate.clear()]);
    this.#lines.clear();
    this.#process++;
    this.absence.everybodyLost();
    const point = this.disk.lose(keepsUnderWay);
    if (point !== null) this.#audit.lose(point);
    this.#replaceObject();
    this.#follow();
    for (const link of links) link.serverDied();
    this.isUp = false;
    this.#queue.after(downUs, () => (this.isUp = true));
  }

  /** Drops the object from memory, as the platform does when it is quiet; its lines stay. */
  evict(): void {
    this.#note("eviction", { entries: this.disk.length });
    this.#replaceObject();
    for (const [link, identity] of this.#lines) this.#object.add(link, identity);
  }

  // Inside

  #newPlatform(): Platform {
    const { sabotage } = this.#settings;
    return {
      disk: this.disk,
      now: () => this.nowMs,
      timer: (delayMs, ring) => {
        let isOn = true;
        this.#later(delayMs * 1000, () => isOn && this.#event(0, ring));
        return () => {
          isOn = false;
        };
      },
      setAlarm: (ms) => this.#alarm.set(ms),
      processId: () => String(this.#process),
      hash: (then) => {
        const asked = this.#asking;
        this.#hashing++;
        this.#later(this.#random.below(hashMostUs), () => {
          this.#hashing--;
          this.#asking = asked;
          this.#event(0, then);
        });
      },
      seed: () => Array.from({ length: 64 }, () => this.#random.below(16).toString(16)).join(""),
      token: () => `token-${this.#random.below(2 ** 32)}`,
      send: (link, mail) => this.#gate.pass(() => link.deliver(sabotage?.frame?.(mail) ?? mail)),
      close: (link, code) => this.#gate.close(link, code),
      keep: (link, identity) => {
        if (identity === null) this.#lines.delete(link);
        else this.#lines.set(link, identity);
      },
      audited: (out) => {
        const audited = this.#audit.watching(out);
        return sabotage?.outbox?.(audited) ?? audited;
      },
      archive: () => this.archived++,
      woken: (replayed) => {
        this.replayed += replayed;
        this.absence.woken(this.nowMs);
      },
      faulted: () => {
        this.#note("fault", {});
        this.absence.everybodyLost();
      },
    };
  }

  #newObject(): SimulatedObject {
    const { snapshotEvery, slice } = this.#settings;
    return new SimulatedObject(this.#platform, { snapshotEvery, slice, absenceGraceMs });
  }

  #replaceObject(): void {
    this.#life++;
    this.#hashing = 0;
    this.#asking = null;
    this.#object = this.#newObject();
  }

  /** Lets something happen in a while, unless the object is gone by then. */
  #later(delayUs: number, happen: () => void): void {
    const life = this.#life;
    this.#queue.after(delayUs, () => {
      if (life === this.#life) happen();
    });
  }

  /** Hands the object one event: a whole turn, or none. @param inst the instrument whose book it may change; 0: unknown */
  #event(inst: number, handle: (object: SimulatedObject) => void): void {
    const object = this.#object;
    this.#audit.beginTurn();
    handle(object);
    this.#asking = null;
    const { room } = object.live;
    if (room !== null) this.#audit.endTurn(room.context.engine, inst);
    this.#write();
    if (this.disk.isClean && this.disk.pending === 0 && object.live.dueMs < this.#alarm.dueMs)
      violated("something falls due, and the alarm is not set for it");
  }

  // Storage

  #write(): void {
    if (!this.disk.begin()) return;
    const { commitLeastUs, commitMostUs } = this.#settings;
    const write = ++this.#writes;
    this.#queue.after(this.#random.between(commitLeastUs, commitMostUs), () => {
      if (write === this.#writes && this.disk.isWriting) this.#finishWrite();
    });
  }

  #finishWrite(): void {
    const { point, tell } = this.disk.finish();
    this.commits++;
    if (point !== null) this.#audit.commit(point);
    this.#follow();
    this.#gate.release();
    for (const one of tell) this.#event(0, one);
    this.#write();
    if (this.disk.pending > 0 && !this.disk.isWriting)
      violated("entries wait, and nothing is being written");
  }

  #follow(): void {
    this.replayed += this.standby.follow();
  }

  #ring(): void {
    this.#event(0, (object) => object.ring());
    this.absence.rung(this.#object.live, this.#object.absence);
  }

  #note(what: string, detail: unknown, userId?: number): void {
    this.#trace.add(this.#queue.steps, this.#queue.nowUs, what, detail, userId);
  }
}

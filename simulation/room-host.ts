/**
 * The Durable Object's part: a volatile room over a durable journal. Requests are decided as they come; their rows
 * become durable at a commit, and only then leaves what they caused. While a commit is under way the next one gathers.
 * A crash loses rows that are not durable and all that was not sent; an eviction loses the object only.
 */

import { isSystemInput } from "#game/journal.ts";
import type { Outbox } from "#game/outbox.ts";
import type { Room } from "#game/room.ts";
import { closeCode, errorText, parseRequest, type Request } from "#protocol";
import { book, createRoom, DiskFault, join, Journal, type JournalSabotage } from "./adapter.ts";
import type { Audit } from "./audit.ts";
import { Connections, type Connection, type Parcel } from "./connections.ts";
import type { EventQueue } from "./event-queue.ts";
import type { Link, Mail, ServerEnd } from "./network.ts";
import type { Random } from "./random.ts";
import { Standby } from "./standby.ts";
import type { Trace } from "./trace.ts";
import { same, violated } from "./violation.ts";

/** Unix milliseconds at virtual time 0. */
const epochMs = 1_700_000_000_000;
/** Every so many requests one takes the way through JSON and the schemas. */
const parsedEvery = 64;
/** In which most of whom a crash has cut off are back, and some are not. */
const absenceGraceUs = 20_000;

export interface HostSettings {
  onDisconnect: "keep" | "cancel";
  /** How long a commit takes. */
  commitLeastUs: number;
  commitMostUs: number;
  /** Feeds are flushed after every request, not only before every commit. */
  ticksEachTurn: boolean;
  /** So many entries after the last snapshot comes the next. */
  snapshotEvery: number;
  /** For planting mistakes. */
  sabotage?: Sabotage;
}

export interface Sabotage extends JournalSabotage {
  /** Stands between room and outbox. */
  outbox?: (out: Outbox) => Outbox;
  /** Messages do not wait for the commit. */
  leavesEarly?: boolean;
  /** What becomes of a frame after its commit. */
  frame?: (mail: Mail[]) => Mail[];
}

interface Asked {
  connection: Connection;
  request: Request;
}

export class RoomHost implements ServerEnd {
  isUp = true;
  readonly journal: Journal;
  readonly connections: Connections;
  readonly standby: Standby;
  /** Books that changed before an eviction threw away the memory of it, and have not been sent since. */
  readonly staleBooks = new Set<number>();
  requests = 0;
  replayed = 0;
  commits = 0;
  archived = 0;
  /** Traders dropped because they had not come back after a crash. */
  absent = 0;
  readonly #queue: EventQueue;
  readonly #random: Random;
  readonly #audit: Audit;
  readonly #trace: Trace;
  readonly #settings: HostSettings;
  readonly #outbox: Outbox;
  #room: Room | null;
  /** What is being committed; null: nothing is. */
  #committing: Parcel[] | null = null;
  /** Counts rooms, so that no timer of an earlier one goes off. */
  #life = 0;
  #feedTimerMs = Infinity;
  #alarmMs: number | null = null;
  /** Whose request is being decided, and whose wait for the next commit: they are told of a fault. */
  #asking: Asked | null = null;
  #asked: Asked[] = [];

  constructor(
    queue: EventQueue,
    random: Random,
    audit: Audit,
    trace: Trace,
    settings: HostSettings,
  ) {
    this.#queue = queue;
    this.#random = random;
    this.#audit = audit;
    this.#trace = trace;
    this.#settings = settings;
    this.journal = new Journal(settings.snapshotEvery);
    this.journal.sabotage = settings.sabotage ?? {};
    this.connections = new Connections(audit);
    this.standby = new Standby(this.journal, audit);
    this.#outbox = this.#newOutbox();
    this.journal.onAppend = ({ n, input }) => {
      const asked = this.#asking;
      // With a request may come the bell that it was too late for.
      if (isSystemInput(input)) return;
      if (asked?.request.cid !== undefined && asked.connection.userId !== null)
        audit.executed(asked.connection.userId, asked.request.cid, n);
    };
    this.#room = createRoom(
      this.journal,
      this.#outbox,
      {
        ...{ op: "$create", room: "TESTAA", sessionId: "session-1", name: "", template: "empty" },
        settings: { onDisconnect: settings.onDisconnect },
        ...{ hostTokenHash: "host", passcodeHash: null, openHost: false },
      },
      this.nowMs,
    );
    // Nobody hears of a room before its creation is durable.
    this.#beginCommit(this.#room);
    this.#finishCommit();
  }

  get nowMs(): number {
    return epochMs + Math.floor(this.#queue.nowUs / 1000);
  }

  /** The room, woken if it was thrown away. */
  get room(): Room {
    if (this.#room === null) {
      const { room, replayed } = this.journal.wake(this.#outbox);
      this.replayed += replayed;
      const graceMs = absenceGraceUs / 1000;
      room.awake((userId) => this.connections.count(userId), graceMs, this.nowMs);
      this.#room = room;
      if (room.hasAbsent) this.#awaitAbsent();
    }
    return this.#room;
  }

  /** Nothing is being written, waiting to be sent, or due. */
  get isQuiet(): boolean {
    return (
      this.isUp &&
      this.#committing === null &&
      !this.journal.hasPending &&
      !this.connections.hasMail &&
      this.room.feedDueMs === null
    );
  }

  get hasCommitUnderWay(): boolean {
    return this.#committing !== null;
  }

  rowOf(userId: number, cid: string): number | undefined {
    return this.#audit.rowOf(userId, cid);
  }

  // Events of the network

  accept(link: Link): void {
    this.connections.add(link);
  }

  receive(link: Link, request: Request): void {
    const connection = this.connections.of(link);
    if (connection === undefined) return;
    this.requests++;
    this.#trace.add(
      this.#queue.steps,
      this.#queue.nowUs,
      "request",
      request,
      connection.userId ?? 0,
    );
    const asked = this.requests % parsedEvery === 0 ? asParsed(request) : request;
    this.#asking = { connection, request: asked };
    this.#asked.push(this.#asking);
    this.#turn("inst" in asked && asked.inst !== undefined ? asked.inst : 0, (room) => {
      const { userId, id, depth } = connection;
      if (userId !== null) room.request(userId, id, depth, asked, this.nowMs);
      else if (asked.op === "join") this.#join(room, connection, asked);
      else this.#refuse(connection, asked, "NOT_JOINED");
    });
    if (asked.op === "join") this.#checkOnlyConnection(connection);
  }

  lost(link: Link): void {
    const connection = this.connections.of(link);
    if (connection === undefined) return;
    this.connections.remove(connection);
    const { userId } = connection;
    this.#asking = null;
    if (userId !== null) this.#turn(0, (room) => this.#tellPresence(room, userId));
  }

  // Faults

  /** The process dies, now. */
  crash(downUs: number): void {
    const keepsSealed = this.#committing !== null && this.#random.chance(0.5);
    this.#note("crash", {
      keepsSealed,
      entries: this.journal.length,
      durable: this.journal.durable,
    });
    const links = this.connections.clear();
    for (const { connection } of this.#committing ?? []) links.push(connection.link);
    this.#throwAway();
    this.#committing = null;
    this.journal.lose(keepsSealed);
    this.#audit.lose(keepsSealed);
    this.#follow();
    for (const link of new Set(links)) link.serverDied();
    this.isUp = false;
    this.#queue.after(downUs, () => (this.isUp = true));
  }

  /** The object goes from memory and its sockets stay. What is unsent leaves first, as the platform sees to it. */
  evict(): void {
    this.#note("eviction", { entries: this.journal.length });
    while (this.isUp && (this.#committing !== null || this.#hasOpen))
      if (this.#committing !== null) this.#finishCommit();
      else this.#beginCommit(this.room);
    const { feedDueMs, state } = this.room;
    if (feedDueMs !== null) for (const { inst } of state.instruments) this.staleBooks.add(inst);
    this.#throwAway();
    this.connections.renumber();
  }

  // Inside

  get #hasOpen(): boolean {
    return this.journal.hasPending || this.connections.hasMail;
  }

  #newOutbox(): Outbox {
    const { sabotage } = this.#settings;
    const bookOf = (inst: number, depth: number) => {
      this.staleBooks.delete(inst);
      return book(this.room, inst, depth, this.nowMs);
    };
    const out = this.connections.outbox(bookOf, () => this.archived++);
    return sabotage?.outbox?.(out) ?? out;
  }

  #throwAway(): void {
    this.#room = null;
    this.#life++;
    this.#feedTimerMs = Infinity;
    this.#asking = null;
    this.#asked = [];
  }

  #join(room: Room, connection: Connection, request: Request<"join">): void {
    connection.depth = request.depth ?? 10;
    const token = `token-${this.#random.below(2 ** 32)}`;
    const user = join(room, request, connection.id, this.nowMs, token);
    if ("code" in user) this.#refuse(connection, request, user.code as "BAD_TOKEN");
    else this.connections.joined(connection, user.userId, user.role);
  }

  #refuse(connection: Connection, { op, cid }: Request, code: keyof typeof errorText): void {
    const back = cid === undefined ? {} : { cid };
    this.connections.send(connection, {
      ...{ type: "error", code, message: errorText[code], op },
      ...back,
    });
  }

  /** Whoever joins again takes the place of the older connection in the same turn. */
  #checkOnlyConnection({ link, role, userId }: Connection): void {
    if (role !== "trader" || userId === null || this.connections.of(link) === undefined) return;
    same(`connections of user ${userId} after joining`, this.connections.count(userId), 1);
  }

  #tellPresence(room: Room, userId: number): void {
    room.presence(userId, this.connections.count(userId), this.nowMs);
  }

  /** Drops whose going a crash has hidden, unless they are back in time. */
  #awaitAbsent(): void {
    const life = this.#life;
    this.#queue.after(absenceGraceUs, () => {
      if (life !== this.#life) return;
      this.#asking = null;
      const before = this.journal.length;
      this.#turn(0, (room) => room.dropAbsent(this.nowMs));
      this.absent += this.journal.length - before;
    });
  }

  /** One turn without waiting, as the object's. @param inst whose book it may change; 0: unknown */
  #turn(inst: number, work: (room: Room) => void): void {
    const { room } = this;
    if (this.#decide(room, inst, work)) this.#plan(room);
  }

  /** @returns false if the disk failed and the room was thrown away */
  #decide(room: Room, inst: number, work: (room: Room) => void): boolean {
    this.#audit.beginTurn();
    try {
      work(room);
      if (this.#settings.ticksEachTurn) room.tick(this.nowMs);
      this.#closeConnections(room);
    } catch (fault) {
      if (!(fault instanceof DiskFault)) throw fault;
      this.#fail();
      return false;
    }
    this.#audit.endTurn(room.context.engine, inst);
    return true;
  }

  #closeConnections(room: Room): void {
    for (
      let closing = this.connections.takeClosing();
      closing.length > 0;
      closing = this.connections.takeClosing()
    )
      for (const { userId } of closing) if (userId !== null) this.#tellPresence(room, userId);
  }

  /**
   * A fault of the room's or the storage's: what is not written did not happen, the room is thrown away, and everybody
   * reconnects. A commit that is under way goes its way.
   */
  #fail(): void {
    const asked = this.#asked;
    this.#note("fault", { waiting: asked.length });
    this.journal.discard();
    this.#audit.abandonOpen();
    this.connections.discard();
    this.#throwAway();
    for (const { connection, request } of asked) this.#refuse(connection, request, "INTERNAL");
    this.connections.closeAll(closeCode.serviceRestart);
    this.connections.takeClosing();
    this.#plan(this.room);
  }

  /** After a turn: begins a commit unless one is under way, and sees to it that what falls due is done. */
  #plan(room: Room): void {
    if (this.#committing === null && this.#hasOpen) this.#beginCommit(room);
    const { feedDueMs, clockDueMs } = room;
    if (feedDueMs !== null && feedDueMs < this.#feedTimerMs) {
      this.#feedTimerMs = feedDueMs;
      const life = this.#life;
      this.#queue.at((feedDueMs - epochMs) * 1000, () => {
        if (life !== this.#life) return;
        this.#feedTimerMs = Infinity;
        this.#tick();
      });
    }
    if (clockDueMs !== null && clockDueMs !== this.#alarmMs) this.#setAlarm(clockDueMs);
  }

  #setAlarm(dueMs: number): void {
    this.#alarmMs = dueMs;
    this.#queue.at((dueMs - epochMs) * 1000, () => {
      if (this.#alarmMs !== dueMs) return;
      this.#alarmMs = null;
      if (this.isUp) this.#tick();
      else this.#setAlarm(this.nowMs + 10);
    });
  }

  #tick(): void {
    this.#asking = null;
    this.#turn(0, (room) => room.tick(this.nowMs));
  }

  #beginCommit(room: Room): void {
    this.#asking = null;
    if (!this.#settings.ticksEachTurn && !this.#decide(room, 0, () => room.tick(this.nowMs)))
      return;
    const hasEntries = this.journal.hasPending;
    try {
      this.journal.write(room);
    } catch (fault) {
      if (!(fault instanceof DiskFault)) throw fault;
      return this.#fail();
    }
    this.#asked = [];
    this.#audit.seal();
    this.#committing = this.connections.takeMail();
    if (this.#settings.sabotage?.leavesEarly === true) this.#release(this.#committing);
    // What only looked has nothing to wait for.
    if (!hasEntries) return this.#finishCommit();
    const { commitLeastUs, commitMostUs } = this.#settings;
    const commit = this.#committing;
    this.#queue.after(this.#random.between(commitLeastUs, commitMostUs), () => {
      if (commit === this.#committing) this.#finishCommit();
    });
  }

  #finishCommit(): void {
    const parcels = this.#committing ?? [];
    this.#committing = null;
    this.commits++;
    this.journal.commit();
    this.#audit.commit();
    this.#follow();
    if (this.#settings.sabotage?.leavesEarly !== true) this.#release(parcels);
    if (this.#room !== null) this.#plan(this.#room);
  }

  #follow(): void {
    this.replayed += this.standby.follow();
  }

  #release(parcels: Parcel[]): void {
    const spoil = this.#settings.sabotage?.frame;
    for (const { connection, mail } of parcels) {
      if (mail.length > 0) connection.link.deliver(spoil?.(mail) ?? mail);
      if (connection.closeCode !== null) connection.link.close(connection.closeCode);
    }
  }

  #note(what: string, detail: unknown): void {
    this.#trace.add(this.#queue.steps, this.#queue.nowUs, what, detail);
  }
}

/** The request as the room would get it over the wire: the very same, or the journal would know it as another. */
function asParsed(request: Request): Request {
  const parsed = parseRequest(JSON.stringify(request));
  if (!parsed.ok)
    return violated("a bot sent what the protocol does not know", { request, parsed });
  if (JSON.stringify(parsed.request) !== JSON.stringify(request))
    same("a request is not what it was after parsing", parsed.request, request);
  return parsed.request;
}

/**
 * The Durable Object of one room: sockets, storage, timers and the archive, wired around the pure room of game/.
 * Knows no game: every input goes to the room, what the room wants sent leaves when the turn is over, and the
 * platform holds it back until the turn's journal row is durable.
 */

import { DurableObject } from "cloudflare:workers";
import engineModule from "../../engine-wasm/dist/engine.wasm";
import { WasmEngine } from "#engine/wasm-engine.ts";
import type { CreateInput } from "#game/journal.ts";
import type { Outbox } from "#game/outbox.ts";
import { Room } from "#game/room.ts";
import { wake, type Engines, type Woken } from "#game/waking.ts";
import { bookView } from "#game/views.ts";
import { closeCode, errorText, limits, type Message, type RoomStats } from "#protocol";
import { serverClock } from "../clock.ts";
import type { Note } from "../../edge/switchboard.ts";
import type { Env } from "../env.ts";
import { limitsOf } from "../limits/server-limits.ts";
import { unjoined } from "../limits/unjoined.ts";
import { maySay } from "../line.ts";
import { log } from "../log.ts";
import { counted, observeCommit, setSockets, sums } from "../metrics.ts";
import { Absence, absenceGraceMs } from "./absence.ts";
import { Activity } from "./activity.ts";
import { Afterlife } from "./afterlife.ts";
import { Alarm } from "./alarm.ts";
import { exportLinks, viewerOf, type Credentials } from "./access.ts";
import { Archiving } from "./archiving.ts";
import { counting } from "./counting.ts";
import { journalBytes, SqlJournal } from "./journal.ts";
import { Keeper } from "./keeper.ts";
import { Reception } from "./reception.ts";
import { RoomClock } from "./room-clock.ts";
import { RoomRecord } from "./record/room-record.ts";
import { roomRoutes } from "./routes.ts";
import { randomToken, type Viewer } from "./secrets.ts";
import { wakeSlowly, wokenAtOnce } from "./slow-wake.ts";
import { Sockets, type Connection } from "./sockets.ts";
import { roomStats } from "./stats.ts";

export const engines: Engines = {
  create: () => WasmEngine.create(engineModule),
  restore: (snapshot) => WasmEngine.restore(engineModule, snapshot),
};

const setBack = "The server's clock was set back: reconnect.";

/** Who asked what, to be told if it came to nothing. */
interface Asked {
  connection: Connection;
  op: string | null;
  cid: string | undefined;
}

export class RoomObject extends DurableObject<Env> {
  readonly #clock: RoomClock;
  readonly #journal: SqlJournal;
  readonly #sockets: Sockets;
  readonly #activity = new Activity();
  readonly #reception: Reception;
  /** The session as far as it has come, as tables. */
  readonly record: RoomRecord;
  readonly #archiving: Archiving;
  readonly #afterlife: Afterlife;
  readonly #absence: Absence;
  readonly #alarm: Alarm;
  readonly #routes = roomRoutes(this);
  #room: Room | null = null;
  #keeper: Keeper | null = null;
  /** The room is being rebuilt, in many turns. */
  #waking: Promise<void> | null = null;
  /** The room could not be rebuilt as it was: nothing is done in it any more. */
  #untrusted = false;
  /** Entries have been written and are not durable yet: what comes meanwhile is written together, afterwards. */
  #committing = false;
  /** The end of a turn waits for the commit that is under way. */
  #isHeld = false;
  /** The server is about to stop: nothing more is taken. */
  #isDraining = false;
  /** The next flush of the room's feeds, or the next slice of the last one. */
  #timer: { dueMs: number; id: ReturnType<typeof setTimeout> } | null = null;
  /** Whose requests wait for the commit. */
  #asked: Asked[] = [];

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#clock = new RoomClock(serverClock, ctx.id.name ?? ctx.id.toString());
    const now = this.#clock.now();
    this.#journal = new SqlJournal(ctx.storage.sql, journalBytes(env));
    this.record = new RoomRecord(ctx.storage, this.#journal, engines);
    this.#archiving = new Archiving(
      this.#journal,
      this.record,
      ctx.storage,
      () => this.env,
      this.#clock,
    );
    this.#afterlife = new Afterlife(this.#archiving, () => this.env);
    this.#absence = new Absence(this.#journal);
    this.#alarm = new Alarm(ctx.storage, this.#clock);
    this.#sockets = new Sockets(ctx, now);
    this.#reception = new Reception(this.#sockets, this.#activity, {
      room: () => this.room(),
      key: () => this.#ticketKey,
      isUntrusted: () => this.isUntrusted,
      now: () => this.#clock.now(),
      endTurn: (at) => this.#endTurn(at),
    });
    for (const connection of this.#sockets)
      if (connection.userId === null) this.#reception.awaitJoin(connection, now);
  }

  override async fetch(request: Request): Promise<Response> {
    // A room that is asleep has nobody to let go.
    if (!request.url.endsWith("/drain")) await this.#awake();
    return this.#routes.fetch(request);
  }

  // What the routes ask for

  /** Makes the room; false if there is one already. */
  create(input: CreateInput): boolean {
    if (this.#journal.exists) return false;
    this.#journal.create();
    this.#journal.setMeta("ticket_key", randomToken());
    const room = new Room(engines.create(), this.#journal, this.#outbox());
    room.create(input, this.#clock.now());
    this.#journal.commit();
    this.#enter(room, 0);
    return true;
  }

  /** The room, rebuilt if this object has just woken; null if there is none, or none that can be trusted. */
  room(): Room | null {
    if (this.#isAsleep && this.#journal.length <= wokenAtOnce) this.#wake();
    return this.#room;
  }

  /** The room is there, and cannot be trusted. */
  get isUntrusted(): boolean {
    this.room();
    return this.#untrusted;
  }

  /** Waits for a room that cannot be rebuilt in one turn. Every event of the platform comes through here first. */
  async #awake(): Promise<void> {
    if (this.#isAsleep && this.#journal.length > wokenAtOnce)
      this.#waking = wakeSlowly(this.#journal, engines, this.#outbox())
        .then((woken) => this.#woken(woken))
        .catch((fault: unknown) => this.#distrust(fault))
        .finally(() => {
          this.#waking = null;
        });
    await this.#waking;
  }

  get #isAsleep(): boolean {
    const isOpen = this.#room !== null || this.#untrusted || this.#waking !== null;
    return !isOpen && this.#journal.exists;
  }

  #wake(): void {
    try {
      for (const _step of this.#journal.open());
      this.#woken(wake(this.#journal, engines, this.#outbox()));
    } catch (fault) {
      this.#distrust(fault);
    }
  }

  #woken({ room, replayed, snapshotFault }: Woken): void {
    const { room: code, seq } = room.state;
    this.#clock.reach(this.#journal.read(room.state.journalled)?.ts ?? 0);
    sums.rebuilds++;
    log("info", "room.rebuilt", { room: code, seq, replayed });
    if (snapshotFault !== null)
      log("error", "room.snapshot", { room: code, seq, fault: snapshotFault });
    room.awake((userId) => this.#sockets.count(userId), absenceGraceMs, this.#clock.now());
    this.#enter(room, replayed);
  }

  #distrust(fault: unknown): void {
    this.#untrusted = true;
    log("error", "room.untrusted", { fault });
  }

  #enter(room: Room, replayed: number): void {
    const now = this.#clock.now();
    this.#room = room;
    this.#keeper = new Keeper(this.#journal, room, replayed, now);
    this.#afterlife.enter(room.state, this.#sockets.size > 0, now);
    this.#absence.enter(room, now);
    this.#arm();
  }

  /** The room's time, Unix ms. */
  now(): number {
    return this.#clock.now();
  }

  /** As many sockets are open as may be. */
  get isFull(): boolean {
    return this.#sockets.size >= limits.sockets;
  }

  /** @param note of a line that came over the switchboard: it has been let in already */
  upgrade(origin: string, address: string, note: Note | null): Response {
    // Nobody was here when the wall was set back. Who comes tries again, and meets a new object.
    if (this.#clock.isStuck) this.ctx.abort(setBack);
    const { unjoined: most } = limitsOf(this.env);
    if (this.isFull || (note === null && unjoined.isFull(address, most, this.#clock.now())))
      return new Response(null, { status: 429 });
    const { 0: client, 1: server } = new WebSocketPair();
    const now = this.#clock.now();
    this.#reception.awaitJoin(this.#sockets.accept(server, { origin, address, note }, now), now);
    this.#tellSockets();
    return new Response(null, { status: 101, webSocket: client });
  }

  async viewer(file: string, credentials: Credentials): Promise<Viewer | null> {
    const room = this.room();
    return room === null
      ? null
      : viewerOf(room, this.#ticketKey, file, credentials, this.#clock.now());
  }

  /** The room's numbers, for its host. */
  stats(): RoomStats | null {
    const room = this.room();
    if (room === null) return null;
    return roomStats(room, this.#sockets, this.#activity, this.ctx.storage.sql, this.#clock.now());
  }

  /**
   * The machine's clock was set back: this object's timers stand, and another one takes its place. Everybody comes back
   * by token. Does not return: the caller's request fails.
   */
  async renew(): Promise<void> {
    try {
      await this.drain(setBack);
      this.#absence.renew();
      await this.ctx.storage.sync();
    } finally {
      this.ctx.abort(setBack);
    }
  }

  /** The server is about to stop: sends what is queued and closes every socket. Everybody comes back by token. */
  async drain(reason = "The server restarts: reconnect."): Promise<void> {
    this.#isDraining = true;
    this.#archiving.stop();
    try {
      this.#endTurn(this.#clock.now());
      // A commit that is under way ends, and takes what waits for it along.
      while (this.#journal.pending > 0) {
        await this.ctx.storage.sync();
        this.#endTurn(this.#clock.now());
      }
      this.#keeper?.keep();
      this.#sockets.closeAll(closeCode.serviceRestart, reason);
      // The room is told of nobody's leaving: who comes back finds the orders, as after a crash.
      this.#sockets.flush(this.#clock.now());
      this.#tellSockets();
      await this.ctx.storage.sync();
    } finally {
      this.#isDraining = false;
    }
  }

  /** Somebody asks for a file of the session. */
  wanted(): void {
    this.#archiving.wanted(this.#clock.now());
    this.#arm();
  }

  // Events of the platform

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const connection = this.#sockets.of(socket);
    // While draining: what is not answered is asked again by its cid.
    if (connection === undefined || this.#isDraining) return;
    if (this.#room === null) await this.#awake();
    const asked: Asked = { connection, op: null, cid: undefined };
    let fault: unknown = null;
    try {
      // A room that has just woken knows its time only when it has been read.
      this.room();
      const now = this.#clock.now();
      const parsed = connection.rules.read(data, now);
      if (parsed.ok) Object.assign(asked, { op: parsed.request.op, cid: parsed.request.cid });
      await this.#reception.receive(connection, parsed, now);
    } catch (thrown) {
      fault = thrown;
    }
    this.#asked.push(asked);
    if (fault !== null) this.#fail(fault);
    this.#endTurn(this.#clock.now());
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    if (this.#room === null) await this.#awake();
    // The guard in front cuts readers that are too slow, and says so in their place.
    const isCut = code === closeCode.slowConsumer && this.#sockets.of(socket) !== undefined;
    if (isCut) counted.closes.add(code);
    this.#gone(socket);
    try {
      socket.close(maySay(code) ? code : closeCode.normal);
    } catch {
      // Closed on both sides already.
    }
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    if (this.#room === null) await this.#awake();
    this.#gone(socket);
  }

  override async alarm(): Promise<void> {
    await this.#awake();
    try {
      await this.#alarm.ringing(async () => {
        this.room();
        const now = this.#clock.now();
        this.#dropAbsent(now);
        this.#endTurn(now);
        const isQuiet = (this.#keeper?.dueMs ?? Infinity) <= now && this.#journal.pending === 0;
        if (isQuiet) this.#keeper?.keep();
        if (this.#room === null) return;
        const { state } = this.#room;
        const isBusy = this.#sockets.size > 0;
        const isOver = await this.#afterlife.proceed(state, isBusy, now);
        if (isOver) await this.#delete();
      });
    } finally {
      this.#arm();
    }
  }

  // Inside

  get #ticketKey(): string {
    return this.#journal.meta("ticket_key") ?? "";
  }

  #outbox(): Outbox {
    const sockets = this.#sockets.outbox((inst, depth) => this.#book(inst, depth), {
      exportFiles: (id, cid) => this.ctx.waitUntil(this.#sendExport(id, cid)),
      archive: () => this.#archiving.closed(this.#clock.now()),
    });
    return counting(sockets, (connection) => {
      const userId = this.#sockets.byId(connection)?.userId ?? null;
      if (userId !== null) this.#activity.refused(userId, this.#clock.now());
    });
  }

  #book(inst: number, depth: number): Message<"md_inc" | "snapshot"> | null {
    const room = this.room();
    return room === null ? null : bookView(room.context, "md_inc", inst, depth, this.#clock.now());
  }

  #gone(socket: WebSocket): void {
    const recalled = this.#sockets.recall(socket, this.#clock.now());
    const room = this.room();
    const now = this.#clock.now();
    const userId = this.#sockets.of(socket)?.userId ?? null;
    if (recalled && userId !== null) room?.presence(userId, this.#sockets.count(userId), now);
    const connection = this.#sockets.remove(socket);
    if (connection === undefined) return;
    this.#reception.forget(connection);
    if (connection.userId === null) return this.#tellSockets();
    this.#noticeLoss([connection.userId], now);
    this.#endTurn(now);
  }

  /**
   * A fault of ours in the middle of a turn: what is in memory may be ahead of the journal, so it is thrown away
   * with all that the turn wanted to send, and everybody reconnects to a room rebuilt from the journal.
   */
  #fail(fault: unknown): void {
    const { room, seq } = this.#room?.state ?? { room: "", seq: 0 };
    log("error", "room.fault", { room, seq, fault });
    this.#room = null;
    this.#keeper = null;
    this.#afterlife.forget();
    this.#absence.forget();
    this.#journal.discard();
    this.#sockets.discard();
    for (const { connection, op, cid } of this.#asked) {
      const back = cid === undefined ? {} : { cid };
      const message = errorText.INTERNAL;
      this.#sockets.send(connection, { type: "error", code: "INTERNAL", message, op, ...back });
    }
    this.#sockets.closeAll(closeCode.serviceRestart, "The room restarts: reconnect.");
  }

  /** Sends what the turn produced and makes sure that what falls due later is done. */
  #endTurn(now: number): void {
    try {
      this.#room?.tick(now);
      // Nothing may leave that tells of entries not yet written.
      this.#isHeld = this.#committing && this.#journal.pending > 0;
      if (this.#isHeld) return;
      this.#commit(now);
    } catch (fault) {
      this.#fail(fault);
    }
    this.#asked = [];
    const lost = this.#sockets.flush(now);
    if (lost.size > 0) {
      this.#noticeLoss(lost, now);
      if (this.#journal.pending === 0) this.#sockets.flush(now);
    }
    this.#tellSockets();
    this.#setTimer(this.#sockets.dueMs(now) ?? this.#room?.feedDueMs ?? null, now);
    this.#arm();
  }

  /** Sets the alarm for the session's clock, a quiet moment, the absent, the archive, or the end. */
  #arm(): void {
    if (this.#room !== null) this.#clock.holdUntil(this.#room.clockDueMs);
    const { dueMs } = this.#absence;
    this.#alarm.set([this.#room?.clockDueMs, this.#keeper?.dueMs, dueMs, this.#afterlife.dueMs]);
  }

  /** Deletes all that is stored of the room. What the archive has of it stays there. */
  async #delete(): Promise<void> {
    const { room, seq } = this.#room?.state ?? {};
    this.#room = null;
    this.#keeper = null;
    this.#afterlife.forget();
    this.#absence.forget();
    this.#journal.forget();
    this.#clock.forget();
    this.record.forget();
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    log("info", "room.deleted", { room, seq });
  }

  /** Writes what the turn decided, together with what was decided while the last commit was under way. */
  #commit(now: number): void {
    if (this.#journal.pending === 0) return;
    this.#journal.commit();
    this.#archiving.committed();
    this.#keeper?.written(now);
    this.#committing = true;
    const committed = () => {
      this.#committing = false;
      observeCommit(this.#clock.now() - now);
      if (this.#isHeld) this.#endTurn(this.#clock.now());
    };
    this.ctx.storage.sync().then(committed, (fault: unknown) => {
      this.#fail(fault);
      committed();
    });
  }

  #tellSockets(): void {
    setSockets(this.ctx.id.name ?? "", this.#sockets.size);
  }

  /** Tells the room of users who have lost a connection. */
  #noticeLoss(userIds: Iterable<number>, now: number): void {
    try {
      for (const userId of userIds) this.#room?.presence(userId, this.#sockets.count(userId), now);
    } catch (fault) {
      this.#fail(fault);
    }
  }

  #dropAbsent(now: number): void {
    try {
      if (this.#room !== null) this.#absence.proceed(this.#room, now);
    } catch (fault) {
      this.#fail(fault);
    }
  }

  #setTimer(dueMs: number | null, now: number): void {
    if (dueMs === null || (this.#timer !== null && this.#timer.dueMs <= dueMs)) return;
    if (this.#timer !== null) clearTimeout(this.#timer.id);
    const flush = () => {
      this.#timer = null;
      this.#endTurn(this.#clock.now());
    };
    this.#timer = { dueMs, id: setTimeout(flush, Math.max(0, dueMs - now)) };
  }

  async #sendExport(connectionId: number, cid: string | undefined): Promise<void> {
    const connection = this.#sockets.byId(connectionId);
    const room = this.room();
    if (connection === undefined || room === null) return;
    const message = await exportLinks(room, this.#ticketKey, connection.origin, this.#clock.now());
    this.#sockets.send(connection, cid === undefined ? message : { ...message, cid });
    // Not a flush: others may wait for a commit.
    this.#endTurn(this.#clock.now());
  }
}

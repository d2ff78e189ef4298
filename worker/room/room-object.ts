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
import {
  closeCode,
  errorText,
  limits,
  parseRequest,
  type Message,
  type RoomStats,
} from "#protocol";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { observeCommit, setSockets, sums } from "../metrics.ts";
import { Absence } from "./absence.ts";
import { Activity } from "./activity.ts";
import { Afterlife } from "./afterlife.ts";
import { Alarm } from "./alarm.ts";
import { exportLinks, viewerOf, type Credentials } from "./access.ts";
import { Archiving } from "./archiving.ts";
import { counting } from "./counting.ts";
import { SqlJournal } from "./journal.ts";
import { Keeper } from "./keeper.ts";
import { Reception } from "./reception.ts";
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

/** Who asked what, to be told if it came to nothing. */
interface Asked {
  connection: Connection;
  op: string | null;
  cid: string | undefined;
}

export class RoomObject extends DurableObject<Env> {
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
    const now = Date.now();
    this.#journal = new SqlJournal(ctx.storage.sql);
    this.record = new RoomRecord(ctx.storage, this.#journal, engines);
    this.#archiving = new Archiving(this.#journal, this.record, ctx.storage, () => this.env);
    this.#afterlife = new Afterlife(this.#archiving, () => this.env);
    this.#absence = new Absence(this.#journal);
    this.#alarm = new Alarm(ctx.storage);
    this.#sockets = new Sockets(ctx, now);
    this.#reception = new Reception(this.#sockets, this.#activity, {
      room: () => this.room(),
      key: () => this.#ticketKey,
      isUntrusted: () => this.isUntrusted,
      endTurn: (at) => this.#endTurn(at),
    });
    for (const connection of this.#sockets)
      if (connection.userId === null) this.#reception.awaitJoin(connection, now);
  }

  override async fetch(request: Request): Promise<Response> {
    // What is asleep has nothing to let go of.
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
    room.create(input, Date.now());
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
    sums.rebuilds++;
    log("info", "room.rebuilt", { room: code, seq, replayed });
    if (snapshotFault !== null)
      log("error", "room.snapshot", { room: code, seq, fault: snapshotFault });
    for (const user of room.state.users.values())
      user.connections = this.#sockets.count(user.userId);
    this.#enter(room, replayed);
  }

  #distrust(fault: unknown): void {
    this.#untrusted = true;
    log("error", "room.untrusted", { fault });
  }

  #enter(room: Room, replayed: number): void {
    this.#room = room;
    this.#keeper = new Keeper(this.#journal, room, replayed, Date.now());
    this.#afterlife.enter(room.state, this.#sockets.size > 0, Date.now());
    this.#absence.enter(room, Date.now());
    this.#arm();
  }

  upgrade(origin: string, address: string): Response {
    if (this.#sockets.size >= limits.sockets) return new Response(null, { status: 429 });
    const { 0: client, 1: server } = new WebSocketPair();
    const now = Date.now();
    this.#reception.awaitJoin(this.#sockets.accept(server, origin, address, now), now);
    this.#tellSockets();
    return new Response(null, { status: 101, webSocket: client });
  }

  async viewer(file: string, credentials: Credentials): Promise<Viewer | null> {
    const room = this.room();
    return room === null ? null : viewerOf(room, this.#ticketKey, file, credentials);
  }

  /** The room's numbers, for its host. */
  stats(): RoomStats | null {
    const room = this.room();
    if (room === null) return null;
    return roomStats(room, this.#sockets, this.#activity, this.ctx.storage.sql, Date.now());
  }

  /** The server is about to stop: sends what is queued and closes every socket. Everybody comes back by token. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    this.#archiving.stop();
    try {
      this.#endTurn(Date.now());
      // A commit that is under way ends, and takes what waits for it along.
      while (this.#journal.pending > 0) {
        await this.ctx.storage.sync();
        this.#endTurn(Date.now());
      }
      this.#keeper?.keep();
      this.#sockets.closeAll(closeCode.serviceRestart, "The server restarts: reconnect.");
      // The room is told of nobody's leaving: who comes back finds the orders, as after a crash.
      this.#sockets.flush(Date.now());
      this.#tellSockets();
      await this.ctx.storage.sync();
    } finally {
      this.#isDraining = false;
    }
  }

  /** Somebody asks for a file of the session. */
  wanted(): void {
    this.#archiving.wanted(Date.now());
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
      const parsed = parseRequest(data);
      if (parsed.ok) Object.assign(asked, { op: parsed.request.op, cid: parsed.request.cid });
      await this.#reception.receive(connection, parsed, Date.now());
    } catch (thrown) {
      fault = thrown;
    }
    this.#asked.push(asked);
    if (fault !== null) this.#fail(fault);
    this.#endTurn(Date.now());
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    if (this.#room === null) await this.#awake();
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
    const now = Date.now();
    try {
      await this.#alarm.ringing(async () => {
        this.room();
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
      archive: () => this.#archiving.closed(Date.now()),
    });
    return counting(sockets, (connection) => {
      const userId = this.#sockets.byId(connection)?.userId ?? null;
      if (userId !== null) this.#activity.refused(userId, Date.now());
    });
  }

  #book(inst: number, depth: number): Message<"md_inc" | "snapshot"> | null {
    const room = this.room();
    return room === null ? null : bookView(room.context, "md_inc", inst, depth, Date.now());
  }

  #gone(socket: WebSocket): void {
    const now = Date.now();
    const recalled = this.#sockets.recall(socket, now);
    const room = this.room();
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
    this.#setTimer(this.#sockets.hasMore ? now : (this.#room?.feedDueMs ?? null), now);
    this.#arm();
  }

  /** Sets the alarm for the session's clock, a quiet moment, the absent, the archive, or the end. */
  #arm(): void {
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
      observeCommit(Date.now() - now);
      if (this.#isHeld) this.#endTurn(Date.now());
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
      this.#endTurn(Date.now());
    };
    this.#timer = { dueMs, id: setTimeout(flush, Math.max(0, dueMs - now)) };
  }

  async #sendExport(connectionId: number, cid: string | undefined): Promise<void> {
    const connection = this.#sockets.byId(connectionId);
    const room = this.room();
    if (connection === undefined || room === null) return;
    const message = await exportLinks(room, this.#ticketKey, connection.origin);
    this.#sockets.send(connection, cid === undefined ? message : { ...message, cid });
    // Not a flush: others may wait for a commit.
    this.#endTurn(Date.now());
  }
}

/** A close code that may be sent: some only say that none came, and a client can send any number. */
function maySay(code: number): boolean {
  return (
    (code >= 3_000 && code < 5_000) ||
    [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012].includes(code)
  );
}

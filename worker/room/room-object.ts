/**
 * The Durable Object of one room: sockets, storage, timers and the archive, wired around the pure room of game/.
 * Knows no game: every input goes to the room, what the room wants sent leaves when the turn is over, and the
 * platform holds it back until the turn's journal row is durable.
 */

import { DurableObject } from "cloudflare:workers";
import engineModule from "../../engine-wasm/dist/engine.wasm";
import { WasmEngine } from "#engine/wasm-engine.ts";
import type { CreateInput } from "#game/journal.ts";
import { recordSession, type RecordedSession } from "#game/record.ts";
import { errorMessage, Room, type JoinAttempt } from "#game/room.ts";
import { bookView } from "#game/views.ts";
import {
  closeCode,
  errorText,
  exportFiles,
  limits,
  parseRequest,
  type Message,
  type Request as ClientRequest,
} from "#protocol";
import { archiveSession } from "../archive/write.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { SqlJournal } from "./journal.ts";
import { roomRoutes } from "./routes.ts";
import {
  passcodeHash,
  randomToken,
  sha256Hex,
  signTicket,
  verifyTicket,
  type Viewer,
} from "./secrets.ts";
import { Sockets, type Connection } from "./sockets.ts";

const archiveRetryMs = 15_000;

export class RoomObject extends DurableObject<Env> {
  readonly #journal: SqlJournal;
  readonly #sockets: Sockets;
  readonly #routes = roomRoutes(this);
  #room: Room | null = null;
  #timer: { dueMs: number; id: ReturnType<typeof setTimeout> } | null = null;
  /** Who has yet to join, with the timer that ends the waiting: a timer keeps the object from hibernating. */
  readonly #strangers = new Map<Connection, ReturnType<typeof setTimeout>>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#journal = new SqlJournal(ctx.storage.sql);
    const now = Date.now();
    this.#sockets = new Sockets(ctx, now);
    for (const connection of this.#sockets)
      if (connection.userId === null) this.#awaitJoin(connection, now);
  }

  override fetch(request: Request): Promise<Response> {
    return this.#routes.fetch(request);
  }

  // What the routes ask for

  /** Makes the room; false if there is one already. */
  create(input: CreateInput): boolean {
    if (this.#journal.exists) return false;
    this.#journal.create();
    this.#journal.setMeta("ticket_key", randomToken());
    const room = this.#newRoom();
    room.create(input, Date.now());
    this.#room = room;
    return true;
  }

  /** The room, rebuilt from its journal if this object has just woken; null if there is none. */
  room(): Room | null {
    if (this.#room === null && this.#journal.exists) {
      const room = this.#newRoom();
      for (const row of this.#journal.all()) room.replay(row);
      for (const user of room.state.users.values())
        user.connections = this.#sockets.count(user.userId);
      this.#room = room;
    }
    return this.#room;
  }

  upgrade(origin: string): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    const now = Date.now();
    const connection = this.#sockets.accept(server, origin, now);
    this.#awaitJoin(connection, now);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Whom a bearer token (the host's, or a resume token) or a file's ticket speaks for; null: nobody. */
  async viewer(file: string, bearer: string | null, ticket: string | null): Promise<Viewer | null> {
    const room = this.room();
    if (room === null) return null;
    if (ticket !== null)
      return verifyTicket(this.#journal.meta("ticket_key") ?? "", file, ticket, Date.now());
    if (bearer === null) return null;
    const hash = await sha256Hex(bearer);
    if (hash === room.state.hostTokenHash) return { role: "exchange" };
    for (const user of room.state.users.values())
      if (user.tokenHashes.includes(hash))
        return user.role === "exchange"
          ? { role: "exchange" }
          : { role: "player", userId: user.userId };
    return null;
  }

  /** The session as far as it has come, as tables. */
  record(): RecordedSession {
    return recordSession(WasmEngine.create(engineModule), this.#journal.all());
  }

  // Sockets

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const connection = this.#sockets.of(socket);
    if (connection === undefined) return;
    try {
      await this.#receive(connection, data, Date.now());
    } catch (fault) {
      this.#fail(connection, fault);
    }
    this.#endTurn(Date.now());
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#gone(socket);
    try {
      socket.close(code === 1005 || code === 1006 ? closeCode.normal : code);
    } catch {
      // Closed on both sides already.
    }
  }

  override webSocketError(socket: WebSocket): void {
    this.#gone(socket);
  }

  override async alarm(): Promise<void> {
    const now = Date.now();
    this.room();
    this.#endTurn(now);
    await this.#drainArchive(now);
  }

  // Inside

  #newRoom(): Room {
    const outbox = this.#sockets.outbox((inst, depth) => this.#book(inst, depth), {
      exportFiles: (id, cid) => void this.ctx.waitUntil(this.#sendExport(id, cid)),
      archive: () => {
        this.#journal.setMeta("archive", "pending");
        void this.ctx.storage.setAlarm(Date.now());
      },
    });
    return new Room(WasmEngine.create(engineModule), this.#journal, outbox);
  }

  #book(inst: number, depth: number): string {
    const room = this.room();
    return room === null
      ? ""
      : JSON.stringify(bookView(room.context, "md_inc", inst, depth, Date.now()));
  }

  async #receive(connection: Connection, data: string | ArrayBuffer, now: number): Promise<void> {
    const refused = refuseFrame(data);
    const parsed =
      refused === null ? parseRequest(data as string) : { ok: false as const, ...refused };
    if (!parsed.ok) {
      const { code, message, op, cid } = parsed;
      this.#sockets.send(connection, {
        type: "error",
        code,
        message,
        op,
        ...(cid === null ? {} : { cid }),
      });
      return this.#countMalformed(connection, now);
    }
    const { request } = parsed;
    const { userId } = connection;
    if (!isTrading(request) && !connection.otherBucket.take(now))
      return this.#refuse(connection, "RATE_LIMITED", request);
    if (request.op === "ping") return this.#pong(connection, request, now);
    if (userId !== null)
      return this.room()?.request(userId, connection.id, connection.depth, request, now);
    if (request.op === "join") return this.#join(connection, request);
    this.#refuse(connection, "NOT_JOINED", request);
  }

  async #join(connection: Connection, request: ClientRequest<"join">): Promise<void> {
    const code = this.room()?.state.room;
    if (code === undefined) return this.#refuse(connection, "NO_SUCH_ROOM", request);
    const attempt = await this.#hashed(request, code);
    // Meanwhile a fault may have closed the connection and put another room in the place of the first.
    const room = this.room();
    if (room === null || this.#sockets.of(connection.socket) === undefined) return;
    if (connection.userId !== null) return this.#refuse(connection, "BAD_REQUEST", request);
    const now = Date.now();
    // Depth and batching hold for the answer already.
    connection.depth = request.depth ?? limits.depthDefault;
    connection.batch = request.batch ?? false;
    const user = room.join(attempt, connection.id, now);
    if ("code" in user) return this.#sockets.send(connection, errorMessage(user, request));
    this.#forgetStranger(connection);
    const { userId, role } = user;
    this.#sockets.joined(connection, {
      userId,
      role,
      batch: connection.batch,
      depth: connection.depth,
    });
  }

  async #hashed(request: ClientRequest<"join">, room: string): Promise<JoinAttempt> {
    const token = randomToken();
    const optional = (text: string | undefined) => (text === undefined ? null : sha256Hex(text));
    return {
      request,
      resumeHash: await optional(request.resume_token),
      hostHash: await optional(request.host_token),
      passcodeHash:
        request.passcode === undefined ? null : await passcodeHash(room, request.passcode),
      fresh: { token, hash: await sha256Hex(token) },
    };
  }

  #pong(connection: Connection, request: ClientRequest<"ping">, now: number): void {
    const { timestamp, cid } = request;
    this.#sockets.send(connection, {
      type: "pong",
      ...(timestamp === undefined ? {} : { timestamp }),
      server_time: now,
      ...(cid === undefined ? {} : { cid }),
    });
  }

  #refuse(connection: Connection, code: keyof typeof errorText, request: ClientRequest): void {
    this.#sockets.send(connection, errorMessage({ code, message: errorText[code] }, request));
  }

  #countMalformed(connection: Connection, now: number): void {
    connection.malformed = [
      ...connection.malformed.filter((at) => now - at < limits.malformedWindowMs),
      now,
    ];
    if (connection.malformed.length >= limits.malformedFrames)
      this.#sockets.close(connection, closeCode.policyViolation, "Too many malformed frames.");
  }

  #awaitJoin(connection: Connection, now: number): void {
    const giveUp = () => {
      this.#strangers.delete(connection);
      if (this.#sockets.of(connection.socket) === undefined) return;
      const { joinTimeout } = closeCode;
      this.#sockets.close(connection, joinTimeout, "Join within ten seconds of connecting.");
      this.#endTurn(Date.now());
    };
    const dueMs = connection.openedAt + limits.joinDeadlineMs;
    this.#strangers.set(connection, setTimeout(giveUp, Math.max(0, dueMs - now)));
  }

  #forgetStranger(connection: Connection): void {
    clearTimeout(this.#strangers.get(connection) ?? null);
    this.#strangers.delete(connection);
  }

  #gone(socket: WebSocket): void {
    const now = Date.now();
    const recalled = this.#sockets.recall(socket, now);
    const room = this.room();
    const userId = this.#sockets.of(socket)?.userId ?? null;
    if (recalled && userId !== null) room?.presence(userId, this.#sockets.count(userId), now);
    const connection = this.#sockets.remove(socket);
    if (connection === undefined) return;
    this.#forgetStranger(connection);
    if (connection.userId === null) return;
    this.#noticeLoss([connection.userId], now);
    this.#endTurn(now);
  }

  /**
   * A fault of ours in the middle of a turn: what is in memory may be ahead of the journal, so it is thrown away
   * with all that the turn wanted to send, and everybody reconnects to a room rebuilt from the journal.
   */
  #fail(connection: Connection | null, fault: unknown): void {
    const { room, seq } = this.#room?.state ?? { room: "", seq: 0 };
    log("error", "room.fault", { room, seq, fault });
    this.#room = null;
    this.#sockets.discard();
    if (connection !== null)
      this.#sockets.send(connection, {
        type: "error",
        code: "INTERNAL",
        message: errorText.INTERNAL,
        op: null,
      });
    this.#sockets.closeAll(closeCode.serviceRestart, "The room restarts: reconnect.");
  }

  /** Sends what the turn produced and makes sure that what falls due later is done. */
  #endTurn(now: number): void {
    try {
      this.#room?.tick(now);
    } catch (fault) {
      this.#fail(null, fault);
    }
    this.#noticeLoss(this.#sockets.flush(), now);
    this.#sockets.flush();
    this.#setTimer(this.#room?.feedDueMs ?? null, now);
    const clock = this.#room?.clockDueMs ?? null;
    if (clock !== this.#clockAlarm) {
      this.#clockAlarm = clock;
      if (clock !== null) void this.ctx.storage.setAlarm(clock);
    }
  }

  #clockAlarm: number | null = null;

  /** Tells the room of users who have lost a connection. */
  #noticeLoss(userIds: Iterable<number>, now: number): void {
    try {
      for (const userId of userIds) this.#room?.presence(userId, this.#sockets.count(userId), now);
    } catch (fault) {
      this.#fail(null, fault);
    }
  }

  #setTimer(dueMs: number | null, now: number): void {
    if (dueMs === null || (this.#timer !== null && this.#timer.dueMs <= dueMs)) return;
    if (this.#timer !== null) clearTimeout(this.#timer.id);
    const id = setTimeout(
      () => {
        this.#timer = null;
        this.#endTurn(Date.now());
      },
      Math.max(0, dueMs - now),
    );
    this.#timer = { dueMs, id };
  }

  async #sendExport(connectionId: number, cid: string | undefined): Promise<void> {
    const connection = [...this.#sockets].find((one) => one.id === connectionId);
    const { state } = this.room() ?? {};
    if (connection === undefined || state === undefined) return;
    const key = this.#journal.meta("ticket_key") ?? "";
    const now = Date.now();
    const files = await Promise.all(
      exportFiles.map(async (name) => {
        const ticket = await signTicket(key, name, { role: "exchange" }, now);
        return {
          name,
          url: `${connection.origin}/api/rooms/${state.room}/files/${name}?ticket=${ticket}`,
        };
      }),
    );
    const message: Message = {
      type: "export_complete",
      room_code: state.room,
      session_id: state.sessionId,
      files,
    };
    this.#sockets.send(connection, cid === undefined ? message : { ...message, cid });
    this.#sockets.flush();
  }

  /** Writes a closed session to D1, again and again until it is there. */
  async #drainArchive(now: number): Promise<void> {
    if (!this.#journal.exists || this.#journal.meta("archive") !== "pending") return;
    const session = this.record();
    try {
      await archiveSession(this.env.DB, { ...session, closedAt: session.closedAt ?? now });
      this.#journal.setMeta("archive", "done");
    } catch (fault) {
      log("error", "archive.failed", { room: session.room, fault });
      await this.ctx.storage.setAlarm(Date.now() + archiveRetryMs);
    }
  }
}

/** Orders, replaces, quotes and cancels have rate limits of their own. */
function isTrading({ op }: ClientRequest): boolean {
  return op === "order_new" || op === "replace" || op === "quote" || op.startsWith("cancel");
}

/** A frame that is refused before it is parsed. */
function refuseFrame(data: string | ArrayBuffer) {
  const bad = (message: string) => ({ code: "BAD_REQUEST" as const, message, op: null, cid: null });
  if (typeof data !== "string") return bad("Binary frames are not understood: send JSON as text.");
  // A code unit is at most three bytes of UTF-8, so most frames need no counting.
  const tooLarge =
    data.length > limits.frameBytes ||
    (data.length * 3 > limits.frameBytes &&
      new TextEncoder().encode(data).length > limits.frameBytes);
  return tooLarge ? bad(`A frame may be at most ${limits.frameBytes} bytes.`) : null;
}

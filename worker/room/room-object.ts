/**
 * The Durable Object of one room: hands the platform's events to its parts, which make turns of them. Knows no game, and
 * decides nothing.
 */

import { DurableObject } from "cloudflare:workers";
import { closeCode } from "#protocol";
import type { Env } from "../env.ts";
import { maySay } from "../line.ts";
import { log } from "../log.ts";
import { counted } from "../metrics.ts";
import { Assembly } from "./assembly.ts";
import { Departure } from "./departure.ts";
import { RoomService } from "./room-service.ts";
import { objectRoutes } from "./routes.ts";

export class RoomObject extends DurableObject<Env> {
  readonly #parts: Assembly;
  readonly #departure: Departure;
  readonly #routes: ReturnType<typeof objectRoutes>;
  /** Answers the routes. */
  readonly service: RoomService;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const envNow = () => this.env;
    this.#parts = new Assembly(ctx, envNow);
    this.#departure = new Departure(this.#parts, ctx);
    this.service = new RoomService(this.#parts, this.#departure, ctx, envNow);
    this.#routes = objectRoutes(this.service);
  }

  // Events of the platform

  override async fetch(request: Request): Promise<Response> {
    // Leaves a sleeping room alone: nobody is connected.
    if (!request.url.endsWith("/drain")) await this.#parts.live.awake();
    return this.#routes.fetch(request);
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const { live, reception, sockets } = this.#parts;
    const connection = sockets.of(socket);
    if (connection === undefined || this.#departure.isUnderWay) return;
    if (live.room === null) await live.awake();
    await reception.receive(connection, (now) => connection.rules.read(data, now));
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    await this.#awake();
    // Takes the guard's word for a slow reader: it cuts the line in front of us.
    const isCut = code === closeCode.slowConsumer && this.#parts.sockets.of(socket) !== undefined;
    if (isCut) counted.closes.add(code);
    this.#gone(socket);
    try {
      socket.close(maySay(code) ? code : closeCode.normal);
    } catch {
      // Is closed on both sides already.
    }
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    await this.#awake();
    this.#gone(socket);
  }

  override async alarm(): Promise<void> {
    const { alarm, clock, live, retention, turn } = this.#parts;
    await live.awake();
    alarm.rings();
    try {
      turn.ring();
      const { room } = live;
      if (room !== null && (await retention.proceed(room, clock.now()))) await this.#delete();
    } finally {
      alarm.answered();
      turn.arm();
    }
  }

  // Inside

  async #awake(): Promise<void> {
    if (this.#parts.live.room === null) await this.#parts.live.awake();
  }

  #gone(socket: WebSocket): void {
    const { clock, live, reception, sockets, turn } = this.#parts;
    const recalled = sockets.recall(socket, clock.now());
    live.open();
    // Counts a connection that the room does not know, so that the room sees it leave.
    if (recalled?.userId != null) turn.tellPresence(recalled.userId, clock.now());
    const connection = sockets.of(socket);
    if (connection !== undefined) reception.left(connection);
  }

  /** Deletes all that is stored of the room. Its session stays in the archive. */
  async #delete(): Promise<void> {
    const { clock, debriefing, journal, live, record } = this.#parts;
    const { room, seq } = live.room?.state ?? {};
    live.leave();
    journal.reset();
    clock.reset();
    record.reset();
    debriefing.reset();
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    log("info", "room.deleted", { room, seq });
  }
}

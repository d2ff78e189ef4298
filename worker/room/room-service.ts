/** Answers the room's routes with the parts of its object. */

import type { CreateInput } from "#game/journal/entry.ts";
import type { Room } from "#game/room.ts";
import {
  closeCode,
  limits,
  type DebriefViewer,
  type RoomStats,
  type SessionSummary,
} from "#protocol";
import type { Note } from "../../edge/switchboard.ts";
import type { Env } from "../env.ts";
import { limitsOf } from "../limits/server-limits.ts";
import { unjoined } from "../limits/unjoined.ts";
import { viewerOf, type Credentials } from "./record/access.ts";
import type { Assembly } from "./assembly.ts";
import { heldBack, keyHolder, summaryOf } from "./debrief/access.ts";
import type { Piece, PieceTable } from "./debrief/tables.ts";
import { setBack, type Departure } from "./departure.ts";
import type { Setups } from "./setups.ts";
import type { RoomRecord } from "./record/room-record.ts";
import type { Viewer } from "./secrets.ts";
import { roomStats } from "./stats.ts";

export class RoomService {
  readonly #parts: Assembly;
  readonly #departure: Departure;
  readonly #ctx: DurableObjectState;
  readonly #env: () => Env;

  constructor(parts: Assembly, departure: Departure, ctx: DurableObjectState, env: () => Env) {
    this.#parts = parts;
    this.#departure = departure;
    this.#ctx = ctx;
    this.#env = env;
  }

  /** Makes the room; false if there is one already. */
  create(input: CreateInput): boolean {
    return this.#parts.live.create(input);
  }

  /** The room; null if there is none, or none that can be trusted. */
  room(): Room | null {
    return this.#parts.live.open();
  }

  /** Whether the room exists and cannot be trusted. */
  get isUntrusted(): boolean {
    return this.#parts.live.isUntrusted;
  }

  /** The room's time, Unix ms. */
  now(): number {
    return this.#parts.clock.now();
  }

  /** Whether as many sockets are open as may be. */
  get isFull(): boolean {
    return this.#parts.sockets.connections.roster.size >= limits.sockets;
  }

  /** Opens a socket. @param note of a line that came over the switchboard: it was counted when it came in */
  upgrade(origin: string, address: string, note: Note | null): Response {
    const { clock, reception, sockets } = this.#parts;
    // Ends an object whose clock stands still, because nobody was here when the wall clock was set back. The newcomer
    // tries again, and meets a new object.
    if (clock.isStuck) this.#ctx.abort(setBack);
    const { unjoined: most } = limitsOf(this.#env());
    if (this.isFull || (note === null && unjoined.isFull(address, most, this.now())))
      return new Response(null, { status: 429 });
    const { 0: client, 1: server } = new WebSocketPair();
    reception.awaitJoin(sockets.accept(server, { origin, address, note }, this.now()));
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Finds the viewer of these credentials; null: they belong to nobody. */
  async viewer(file: string, credentials: Credentials): Promise<Viewer | null> {
    const room = this.room();
    return room && viewerOf(room, this.#parts.ticketKey, file, credentials, this.now());
  }

  /** Reads the room's numbers, for its host. */
  stats(): RoomStats | null {
    const room = this.room();
    const { activity, sockets } = this.#parts;
    const { sql } = this.#ctx.storage;
    return room && roomStats(room, sockets.connections.roster, activity, sql, this.now());
  }

  get setups(): Setups {
    return this.#parts.setups;
  }

  get record(): RoomRecord {
    return this.#parts.record;
  }

  /** Notes that somebody asks for a file of the session. */
  wanted(): void {
    this.#parts.archiving.wanted(this.now());
    this.#parts.turn.arm();
  }

  /**
   * Finds out whose key opens the session.
   * @returns the holder, or a refusal: 404 another session, 401 nobody's key, 403 the session runs
   */
  async keyHolder(sessionId: string, bearer: string | null): Promise<DebriefViewer | Response> {
    const room = this.room();
    const { archiving, classKey } = this.#parts;
    if (room?.state.sessionId !== sessionId || archiving.isRemoving)
      return new Response(null, { status: 404 });
    const holder = await keyHolder(room.state, classKey, bearer);
    return heldBack(holder, room.state.closedAt !== null);
  }

  sessionSummary(viewer: DebriefViewer): SessionSummary | null {
    const room = this.room();
    return room && summaryOf(room, viewer);
  }

  /** Makes the debrief. @returns whether it is there */
  async makeDebrief(untilMs: number): Promise<boolean> {
    const room = this.room();
    return room !== null && this.#parts.debriefing.proceed(room, untilMs);
  }

  /** Pieces of the debrief or the log; null: they are not there any more. */
  debriefPieces(table: PieceTable, after: number | null, most: number): Piece[] | null {
    const { debriefing } = this.#parts;
    return debriefing.tables.made === null ? null : debriefing.pieces(table, after, most);
  }

  /** Deletes the session for good, with the room. @returns false while it runs */
  removeSession(): boolean {
    const room = this.room();
    const { archiving, clock, turn } = this.#parts;
    const { connections } = this.#parts.sockets;
    if (room?.state.closedAt == null) return false;
    archiving.remove(clock.now());
    connections.closeAll(closeCode.kicked, "The host has deleted the session.");
    turn.arm();
    return true;
  }

  drain(): Promise<void> {
    return this.#departure.drain();
  }

  renew(): Promise<void> {
    return this.#departure.renew();
  }
}

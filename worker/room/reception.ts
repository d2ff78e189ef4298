/**
 * What happens to a frame before the room sees it: parsing, the connection's own limits, pings, and joining with its
 * secrets hashed. Knows who a connection is; what a request does is the room's.
 */

import type { JoinAttempt } from "#game/entering.ts";
import { hasOwnRate } from "#game/operations.ts";
import type { Room } from "#game/room.ts";
import {
  closeCode,
  limits,
  normalizeRoomCode,
  type ErrorCode,
  type Message,
  type ParsedRequest,
  type Request as ClientRequest,
  untrustedText,
} from "#protocol";
import { lobbyPath, switchCode, switchReason, type Ending } from "../../edge/switchboard.ts";
import { takeJoin } from "../limits/joins.ts";
import { passcodes } from "../limits/passcodes.ts";
import { awaitJoin, pong, refusal, tooLate, unreadError } from "../line.ts";
import { counted } from "../metrics.ts";
import type { Activity } from "./activity.ts";
import { passcodeHash, randomToken, sha256Hex, tokenOfCid } from "./secrets.ts";
import type { Connection, Sockets } from "./sockets.ts";

/** What the reception needs of the object. */
interface Building {
  room(): Room | null;
  /** The room's own secret, under which it makes tokens. */
  key(): string;
  /** There is a room, but it did not come back as it was. */
  isUntrusted(): boolean;
  /** The room's time. */
  now(): number;
  /** Sends what was said and closes what is to be closed. */
  endTurn(now: number): void;
}

export class Reception {
  readonly #sockets: Sockets;
  readonly #building: Building;
  readonly #activity: Activity;
  /** Who has yet to join, with the timer that ends the waiting: a timer keeps the object from hibernating. */
  readonly #strangers = new Map<Connection, ReturnType<typeof setTimeout>>();

  constructor(sockets: Sockets, activity: Activity, building: Building) {
    this.#sockets = sockets;
    this.#building = building;
    this.#activity = activity;
  }

  /** Closes the connection unless it joins in time. */
  awaitJoin(connection: Connection, now: number): void {
    const giveUp = () => {
      this.#strangers.delete(connection);
      if (this.#sockets.of(connection.socket) === undefined) return;
      this.#end(connection, tooLate);
      this.#building.endTurn(this.#building.now());
    };
    this.#strangers.set(connection, awaitJoin(connection.openedAt, now, giveUp));
  }

  /** The connection has joined, or has gone. */
  forget(connection: Connection): void {
    clearTimeout(this.#strangers.get(connection) ?? null);
    this.#strangers.delete(connection);
  }

  async receive(connection: Connection, parsed: ParsedRequest, now: number): Promise<void> {
    // Pings are the line's, not the user's.
    const isPing = parsed.ok && parsed.request.op === "ping";
    if (connection.userId !== null && !isPing) this.#activity.asked(connection.userId, now);
    if (!parsed.ok) {
      this.#tellRefusal(connection, unreadError(parsed));
      return this.#end(connection, connection.rules.refused(parsed, now));
    }
    const { request } = parsed;
    if (this.#building.isUntrusted()) {
      this.#refuse(connection, "INTERNAL", request, untrustedText);
      return this.#sockets.close(connection, closeCode.internalError, untrustedText);
    }
    const { userId } = connection;
    counted.requests.add(request.op);
    if (!hasOwnRate(request.op) && !connection.rules.mayAsk(now))
      return this.#refuse(connection, "RATE_LIMITED", request);
    if (request.op === "ping") return void this.#sockets.send(connection, pong(request, now));
    if (userId !== null) {
      const { id, depth } = connection;
      return this.#building.room()?.request(userId, id, depth, request, now);
    }
    if (this.#belongsElsewhere(connection, request)) return this.#sendOn(connection);
    if (request.op === "join") return this.#join(connection, request);
    if (request.op === "create_room")
      return this.#refuse(
        connection,
        "BAD_REQUEST",
        request,
        "This is a room already: connect to /ws to make one, or post to /api/rooms.",
      );
    this.#refuse(connection, "NOT_JOINED", request);
  }

  /** On `/ws` a client that was refused may try another room, or make one. */
  #belongsElsewhere({ switched }: Connection, request: ClientRequest): boolean {
    if (switched === null) return false;
    if (request.op === "create_room") return true;
    const code = this.#building.room()?.state.room;
    return request.op === "join" && normalizeRoomCode(request.room ?? "") !== code;
  }

  /** Back to the lobby, where the same is said again. */
  #sendOn(connection: Connection): void {
    const { openedAt, switched } = connection;
    const reason = switchReason(lobbyPath, { openedAt, made: switched?.made ?? null });
    this.#end(connection, { code: switchCode, reason });
  }

  async #join(connection: Connection, request: ClientRequest<"join">): Promise<void> {
    const code = this.#building.room()?.state.room;
    if (code === undefined) return this.#refuse(connection, "NO_SUCH_ROOM", request);
    if (request.room !== undefined && normalizeRoomCode(request.room) !== code)
      return this.#refuse(
        connection,
        "BAD_REQUEST",
        request,
        `This address is that of room ${code}: connect to the address of the room that you name.`,
      );
    const attempt = await hashed(request, code, this.#building.key());
    // Meanwhile a fault may have closed the connection and put another room in the place of the first.
    const room = this.#building.room();
    if (room === null || this.#sockets.of(connection.socket) === undefined) return;
    if (connection.userId !== null) return this.#refuse(connection, "BAD_REQUEST", request);
    // Whoever made the room on this very line need not bring its token.
    const made = connection.switched?.made ?? null;
    if (made === room.state.hostTokenHash) attempt.hostHash ??= made;
    const isGuess = request.passcode !== undefined && request.resume_token === undefined;
    const waitMs = isGuess ? passcodes.waitMs(code, connection.client, this.#building.now()) : 0;
    if (waitMs > 0) return this.#holdOff(connection, request, waitMs);
    if (request.resume_token === undefined) {
      const crowdMs = takeJoin(code, connection.client, this.#building.now());
      if (crowdMs > 0) return this.#crowded(connection, request, crowdMs);
    }
    // Depth and batching hold for the answer already.
    connection.depth = request.depth ?? limits.depthDefault;
    connection.batch = request.batch ?? false;
    const user = room.join(attempt, connection.id, this.#building.now());
    if ("code" in user) {
      this.#refuse(connection, user.code, request, user.message);
      if (user.code === "BAD_PASSCODE" && isGuess)
        passcodes.wrong(code, connection.client, this.#building.now());
      if (user.code === "BAD_PASSCODE" || user.code === "BAD_TOKEN")
        this.#end(connection, connection.rules.wrongSecret());
      return;
    }
    this.forget(connection);
    const { userId, role } = user;
    const { batch, depth } = connection;
    this.#sockets.joined(connection, { userId, role, batch, depth });
  }

  #crowded(connection: Connection, request: ClientRequest<"join">, waitMs: number): void {
    counted.limited.add("joins");
    const seconds = Math.ceil(waitMs / 1_000);
    const message = `Too many people came in from your network: try again in ${seconds} s.`;
    this.#refuse(connection, "RATE_LIMITED", request, message);
  }

  #holdOff(connection: Connection, request: ClientRequest<"join">, waitMs: number): void {
    counted.limited.add("secrets");
    const seconds = Math.ceil(waitMs / 1_000);
    const message = `Too many wrong passcodes were tried: try again in ${seconds} s.`;
    this.#refuse(connection, "RATE_LIMITED", request, message);
  }

  #refuse(connection: Connection, code: ErrorCode, request: ClientRequest, message?: string): void {
    this.#tellRefusal(connection, refusal(code, request, message));
  }

  #tellRefusal(connection: Connection, message: Message<"error">): void {
    if (connection.userId !== null) this.#activity.refused(connection.userId, this.#building.now());
    this.#sockets.send(connection, message);
  }

  #end(connection: Connection, ending: Ending | null): void {
    if (ending !== null) this.#sockets.close(connection, ending.code, ending.reason);
  }
}

async function hashed(
  request: ClientRequest<"join">,
  room: string,
  key: string,
): Promise<JoinAttempt> {
  const { cid = "" } = request;
  const isRepeatable = cid.length >= limits.joinCidLength && request.resume_token === undefined;
  const token = isRepeatable ? await tokenOfCid(key, cid) : randomToken();
  const optional = (text: string | undefined) => (text === undefined ? null : sha256Hex(text));
  return {
    request,
    resumeHash: await optional(request.resume_token),
    hostHash: await optional(request.host_token),
    passcodeHash:
      request.passcode === undefined ? null : await passcodeHash(room, request.passcode),
    fresh: { token, hash: await sha256Hex(token) },
    isRepeatable,
  };
}

/**
 * What happens to a frame before the room sees it: parsing, the connection's own limits, pings, and joining with its
 * secrets hashed. Knows who a connection is; what a request does is the room's.
 */

import type { JoinAttempt } from "#game/entering.ts";
import { hasOwnRate } from "#game/operations.ts";
import { errorMessage, type Room } from "#game/room.ts";
import {
  closeCode,
  errorText,
  limits,
  normalizeRoomCode,
  type ErrorCode,
  type ParsedRequest,
  type Request as ClientRequest,
  untrustedText,
} from "#protocol";
import { passcodes } from "../limits/passcodes.ts";
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
      const { joinTimeout } = closeCode;
      this.#sockets.close(connection, joinTimeout, "Join within ten seconds of connecting.");
      this.#building.endTurn(this.#building.now());
    };
    const dueMs = connection.openedAt + limits.joinDeadlineMs;
    this.#strangers.set(connection, setTimeout(giveUp, Math.max(0, dueMs - now)));
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
      const { code, message, op, cid } = parsed;
      const back = cid === null ? {} : { cid };
      this.#countReject(connection, code);
      this.#sockets.send(connection, { type: "error", code, message, op, ...back });
      return this.#countMalformed(connection, now);
    }
    const { request } = parsed;
    if (this.#building.isUntrusted()) {
      this.#refuse(connection, "INTERNAL", request, untrustedText);
      return this.#sockets.close(connection, closeCode.internalError, untrustedText);
    }
    const { userId } = connection;
    counted.requests.add(request.op);
    if (!hasOwnRate(request.op) && !connection.otherBucket.take(now))
      return this.#refuse(connection, "RATE_LIMITED", request);
    if (request.op === "ping") return this.#pong(connection, request, now);
    if (userId !== null) {
      const { id, depth } = connection;
      return this.#building.room()?.request(userId, id, depth, request, now);
    }
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
    const isGuess = request.passcode !== undefined && request.resume_token === undefined;
    const waitMs = isGuess ? passcodes.waitMs(code, connection.client, this.#building.now()) : 0;
    if (waitMs > 0) return this.#holdOff(connection, request, waitMs);
    // Depth and batching hold for the answer already.
    connection.depth = request.depth ?? limits.depthDefault;
    connection.batch = request.batch ?? false;
    const user = room.join(attempt, connection.id, this.#building.now());
    if ("code" in user) {
      this.#refuse(connection, user.code, request, user.message);
      if (user.code === "BAD_PASSCODE" && isGuess)
        passcodes.wrong(code, connection.client, this.#building.now());
      if (user.code === "BAD_PASSCODE" || user.code === "BAD_TOKEN") this.#countWrong(connection);
      return;
    }
    this.forget(connection);
    const { userId, role } = user;
    const { batch, depth } = connection;
    this.#sockets.joined(connection, { userId, role, batch, depth });
  }

  #holdOff(connection: Connection, request: ClientRequest<"join">, waitMs: number): void {
    counted.limited.add("secrets");
    const seconds = Math.ceil(waitMs / 1_000);
    const message = `Too many wrong passcodes were tried: try again in ${seconds} s.`;
    this.#refuse(connection, "RATE_LIMITED", request, message);
  }

  #countWrong(connection: Connection): void {
    if (++connection.wrongSecrets >= limits.wrongSecrets)
      this.#sockets.close(connection, closeCode.policyViolation, "Too many wrong tries.");
  }

  #pong(connection: Connection, { timestamp, cid }: ClientRequest<"ping">, now: number): void {
    this.#sockets.send(connection, {
      type: "pong",
      ...(timestamp === undefined ? {} : { timestamp }),
      server_time: now,
      ...(cid === undefined ? {} : { cid }),
    });
  }

  #refuse(
    connection: Connection,
    code: ErrorCode,
    request: ClientRequest,
    message: string = errorText[code],
  ): void {
    this.#countReject(connection, code);
    this.#sockets.send(connection, errorMessage({ code, message }, request));
  }

  #countReject({ userId }: Connection, code: ErrorCode): void {
    counted.rejects.add(code);
    if (userId !== null) this.#activity.refused(userId, this.#building.now());
  }

  #countMalformed(connection: Connection, now: number): void {
    connection.malformed = [
      ...connection.malformed.filter((at) => now - at < limits.malformedWindowMs),
      now,
    ];
    if (connection.malformed.length >= limits.malformedFrames)
      this.#sockets.close(connection, closeCode.policyViolation, "Too many malformed frames.");
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

/**
 * The way of a line into the room and out of it: reads frames, checks the line's limits, answers pings, has the secrets of
 * a join hashed before it is decided, closes lines that do not join in time, and tells the room of lines that have ended.
 * Requests themselves are decided by the room.
 */

import type { JoinAttempt } from "#game/people/attempt.ts";
import {
  handsOut,
  withSecret,
  type HandingOutOp,
  type MadeSecret,
} from "#game/people/handing-out.ts";
import { hasOwnRate } from "#game/operations.ts";
import {
  closeCode,
  limits,
  normalizeRoomCode,
  operations,
  type ErrorCode,
  type Message,
  type ParsedRequest,
  type Request as ClientRequest,
  untrustedText,
} from "#protocol";
import { lobbyPath, switchCode, switchReason, type Ending } from "../../../edge/switchboard.ts";
import { joinLeftMs, pong, refusal, tooLate, unreadError } from "../../line.ts";
import { counted } from "../../metrics.ts";
import type { Activity } from "./activity.ts";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { LiveRoom } from "./live-room.ts";
import type { Asked, Continuation, Timer, Turn } from "./turn.ts";

const crowdText = "Too many people came in from your network";
const guessesText = "Too many wrong passcodes or codes were tried";

/** Hashes the secrets of a join, which takes a while. */
export type HashSecrets = (
  request: ClientRequest<"join">,
  room: string,
  /** Gives the attempt to go on with, or throws the reason why there is none. */
  then: (hashed: () => JoinAttempt) => void,
) => Promise<void> | undefined;

/** Makes the secrets that a request hands out, which takes a while. */
export type MakeSecrets = (
  request: ClientRequest<HandingOutOp>,
  userId: number,
  /** Gives the secrets to go on with, or throws the reason why there are none. */
  then: (made: () => MadeSecret[]) => void,
) => Promise<void> | undefined;

/** Limits of the people that one address brings into a room, and of its wrong passcodes. */
export interface JoinLimits {
  /** Counts a newcomer. @returns 0, or the milliseconds for which no newcomer is let in */
  takeJoin(room: string, address: string, now: number): number;
  passcodes: {
    waitMs(room: string, address: string, now: number): number;
    wrong(room: string, address: string, now: number): void;
  };
}

export interface ReceptionPorts<Text> {
  live: LiveRoom;
  connections: Connections<Text>;
  turn: Turn<Text>;
  activity: Activity;
  timer: Timer;
  clock: { now(): number };
  hashSecrets: HashSecrets;
  makeSecrets: MakeSecrets;
  joinLimits: JoinLimits;
}

export class Reception<Text> {
  readonly #ports: ReceptionPorts<Text>;
  readonly #live: LiveRoom;
  readonly #connections: Connections<Text>;
  readonly #activity: Activity;
  /** Connections that have not joined yet, each with a function that stops its deadline. */
  readonly #unjoined = new Map<Connection<Text>, () => void>();

  constructor(ports: ReceptionPorts<Text>) {
    this.#ports = ports;
    this.#live = ports.live;
    this.#connections = ports.connections;
    this.#activity = ports.activity;
  }

  /** Closes the connection unless it joins in time. */
  awaitJoin(connection: Connection<Text>): void {
    const { timer, clock, turn } = this.#ports;
    const giveUp = () => {
      this.#unjoined.delete(connection);
      if (!this.#connections.roster.has(connection)) return;
      this.#end(connection, tooLate);
      turn.end();
    };
    const leftMs = joinLeftMs(connection.openedAt, clock.now());
    this.#unjoined.set(connection, timer(leftMs, giveUp));
  }

  /** Removes a connection that has ended without us, and tells the room. */
  left(connection: Connection<Text>): void {
    const { turn } = this.#ports;
    if (!this.#connections.remove(connection)) return;
    this.#stopWaiting(connection);
    const { userId } = connection;
    if (userId === null) return;
    turn.run(null, (now) => {
      this.#live.open();
      turn.tellPresence(userId, now);
      return undefined;
    });
  }

  /**
   * Takes a frame.
   * @param read makes a request of it
   * @returns a promise that ends with the decision, if secrets have to be hashed first
   */
  receive(
    connection: Connection<Text>,
    read: (now: number) => ParsedRequest,
  ): Promise<void> | undefined {
    const asked: Asked<Text> = { connection, op: null, cid: undefined };
    return this.#ports.turn.run(asked, () => {
      // Reads the room first: before that, a room that has just woken does not know its time.
      this.#live.open();
      const now = this.#ports.clock.now();
      const parsed = read(now);
      if (!parsed.ok) return this.#unread(connection, parsed, now);
      asked.op = parsed.request.op;
      asked.cid = parsed.request.cid;
      return this.#decide(connection, parsed.request, asked, now);
    });
  }

  #unread(
    connection: Connection<Text>,
    parsed: ParsedRequest & { ok: false },
    now: number,
  ): undefined {
    if (connection.userId !== null) this.#activity.asked(connection.userId, now);
    this.#tellRefusal(connection, unreadError(parsed));
    return this.#end(connection, connection.rules.refused(parsed, now));
  }

  /** Decides a request. @returns how it goes on, if it cannot be decided yet */
  #decide(
    connection: Connection<Text>,
    request: ClientRequest,
    asked: Asked<Text>,
    now: number,
  ): Continuation | undefined {
    const { userId } = connection;
    // Does not count pings, which are asked by the line and not by the user.
    if (userId !== null && request.op !== "ping") this.#activity.asked(userId, now);
    if (this.#live.isUntrusted) {
      this.#refuse(connection, "INTERNAL", request, untrustedText);
      return this.#end(connection, { code: closeCode.internalError, reason: untrustedText });
    }
    counted.requests.add(request.op);
    if (!hasOwnRate(request.op) && !connection.rules.mayAsk(now))
      return this.#refuse(connection, "RATE_LIMITED", request);
    if (request.op === "ping") {
      this.#connections.send(connection, pong(request, now));
      return undefined;
    }
    if (userId !== null) {
      const { id, depth, role } = connection;
      // Makes no secrets for a role that is refused.
      if (handsOut(request) && role !== null && operations[request.op].who.includes(role))
        return this.#handOut(connection, userId, request, asked);
      this.#live.open()?.request(userId, id, depth, request, now);
      return undefined;
    }
    if (this.#belongsElsewhere(connection, request)) return this.#sendOn(connection);
    if (request.op === "join") return this.#join(connection, request, asked);
    if (request.op === "create_room")
      return this.#refuse(
        connection,
        "BAD_REQUEST",
        request,
        "This is a room already: connect to /ws to make one, or post to /api/rooms.",
      );
    return this.#refuse(connection, "NOT_JOINED", request);
  }

  /** Whether the request is for another room: on `/ws` a client that was refused may try one, or make one. */
  #belongsElsewhere({ switched }: Connection<Text>, request: ClientRequest): boolean {
    if (switched === null) return false;
    if (request.op === "create_room") return true;
    const code = this.#live.open()?.state.room;
    return request.op === "join" && normalizeRoomCode(request.room ?? "") !== code;
  }

  /** Leads the line back to the lobby, where the client's request is sent again. */
  #sendOn(connection: Connection<Text>): undefined {
    const { openedAt, switched } = connection;
    const reason = switchReason(lobbyPath, { openedAt, made: switched?.made ?? null });
    this.#end(connection, { code: switchCode, reason });
  }

  /** Takes a request to have the secrets made that it hands out. @returns how it goes on */
  #handOut(
    connection: Connection<Text>,
    userId: number,
    request: ClientRequest<HandingOutOp>,
    asked: Asked<Text>,
  ): Continuation {
    const { makeSecrets, turn } = this.#ports;
    const decide = (made: MadeSecret[], now: number) => {
      // Looks again: meanwhile a fault may have closed the connection.
      const room = this.#live.open();
      if (room === null || !this.#connections.roster.has(connection)) return;
      const { id, depth, origin } = connection;
      const page = `${origin}/r/${room.state.room}`;
      const { request: withHash, reveal } = withSecret(room.state, request, made, page);
      room.request(userId, id, depth, withHash, now, reveal);
    };
    return () =>
      makeSecrets(request, userId, (made) => {
        void turn.run(asked, (now) => {
          decide(made(), now);
          return undefined;
        });
      });
  }

  /** Takes a join to have its secrets hashed. @returns how it goes on, if it is not refused at once */
  #join(
    connection: Connection<Text>,
    request: ClientRequest<"join">,
    asked: Asked<Text>,
  ): Continuation | undefined {
    const { hashSecrets, turn } = this.#ports;
    const code = this.#live.open()?.state.room;
    if (code === undefined) return this.#refuse(connection, "NO_SUCH_ROOM", request);
    if (request.room !== undefined && normalizeRoomCode(request.room) !== code)
      return this.#refuse(
        connection,
        "BAD_REQUEST",
        request,
        `This address is that of room ${code}: connect to the address of the room that you name.`,
      );
    return () =>
      hashSecrets(request, code, (hashed) => {
        void turn.run(asked, (now) => this.#admit(connection, request, hashed(), now));
      });
  }

  #admit(
    connection: Connection<Text>,
    request: ClientRequest<"join">,
    attempt: JoinAttempt,
    now: number,
  ): undefined {
    const { passcodes, takeJoin } = this.#ports.joinLimits;
    // Looks again: meanwhile a fault may have closed the connection, and another room may have taken the place of the first.
    const room = this.#live.open();
    if (room === null || !this.#connections.roster.has(connection)) return undefined;
    if (connection.userId !== null) return this.#refuse(connection, "BAD_REQUEST", request);
    const { room: code, hostTokenHash } = room.state;
    // Counts the line that made the room as the host's, without its token.
    const made = connection.switched?.made ?? null;
    if (made === hostTokenHash) attempt.hostHash ??= made;
    const mayGuess = request.passcode !== undefined || request.seat_code !== undefined;
    const isGuess = mayGuess && request.resume_token === undefined;
    const waitMs = isGuess ? passcodes.waitMs(code, connection.client, now) : 0;
    if (waitMs > 0) return this.#holdOff(connection, request, "secrets", guessesText, waitMs);
    if (request.resume_token === undefined) {
      const crowdMs = takeJoin(code, connection.client, now);
      if (crowdMs > 0) return this.#holdOff(connection, request, "joins", crowdText, crowdMs);
    }
    // Sets depth and batching before the answer, which depends on them.
    connection.depth = request.depth ?? limits.depthDefault;
    connection.batch = request.batch ?? false;
    const user = room.join(attempt, connection.id, now);
    if ("code" in user) {
      this.#refuse(connection, user.code, request, user.message);
      const isMiss =
        user.code === "BAD_PASSCODE" || (user.code === "BAD_TOKEN" && attempt.seatHash !== null);
      if (isMiss && isGuess) passcodes.wrong(code, connection.client, now);
      if (user.code === "BAD_PASSCODE" || user.code === "BAD_TOKEN")
        this.#end(connection, connection.rules.wrongSecret());
      return undefined;
    }
    this.#stopWaiting(connection);
    this.#connections.joined(connection, user.userId, user.role);
    return undefined;
  }

  /** Refuses a join that comes too soon. @param reason begins a sentence, as for the user */
  #holdOff(
    connection: Connection<Text>,
    request: ClientRequest<"join">,
    limit: "joins" | "secrets",
    reason: string,
    waitMs: number,
  ): undefined {
    counted.limited.add(limit);
    const message = `${reason}: try again in ${Math.ceil(waitMs / 1_000)} s.`;
    this.#refuse(connection, "RATE_LIMITED", request, message);
  }

  #refuse(
    connection: Connection<Text>,
    code: ErrorCode,
    request: ClientRequest,
    message?: string,
  ): undefined {
    this.#tellRefusal(connection, refusal(code, request, message));
  }

  #tellRefusal(connection: Connection<Text>, message: Message<"error">): void {
    const { userId } = connection;
    if (userId !== null) this.#activity.refused(userId, this.#ports.clock.now());
    this.#connections.send(connection, message);
  }

  #end(connection: Connection<Text>, ending: Ending | null): undefined {
    if (ending !== null) this.#connections.close(connection, ending.code, ending.reason);
  }

  #stopWaiting(connection: Connection<Text>): void {
    this.#unjoined.get(connection)?.();
    this.#unjoined.delete(connection);
  }
}

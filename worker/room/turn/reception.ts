/**
 * The way of a line into the room and out of it: reads frames, checks the line's limits, answers pings, closes lines that do
 * not join in time, and tells the room of lines that have ended. Requests themselves are decided by the room.
 */

import {
  handsOut,
  withSecret,
  type HandingOutOp,
  type MadeSecret,
} from "#game/people/handing-out.ts";
import { drawn } from "#game/rounds/drawing.ts";
import { hasOwnRate } from "#game/operations.ts";
import {
  closeCode,
  normalizeRoomCode,
  operations,
  type ChosenFormat,
  type ParsedRequest,
  type Request as ClientRequest,
  untrustedText,
} from "#protocol";
import { lobbyPath, switchCode, switchReason } from "../../../edge/switchboard.ts";
import { joinLeftMs, pong, tooLate, unreadError } from "../../line.ts";
import { counted } from "../../metrics.ts";
import { Admission, type AdmissionPorts } from "./admission.ts";
import type { Activity } from "./activity.ts";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { LiveRoom } from "./live-room.ts";
import { Refusals } from "./refusals.ts";
import type { Asked, Continuation, Timer } from "./turn.ts";

/** Makes the secrets that a request hands out, which takes a while. */
export type MakeSecrets = (
  request: ClientRequest<HandingOutOp>,
  userId: number,
  /** Gives the secrets to go on with, or throws the reason why there are none. */
  then: (made: () => MadeSecret[]) => void,
) => Promise<void> | undefined;

export interface ReceptionPorts<Text> extends Omit<AdmissionPorts<Text>, "refusals" | "admitted"> {
  activity: Activity;
  timer: Timer;
  clock: { now(): number };
  makeSecrets: MakeSecrets;
  /** Draws the seed of a round: 64 lower-case hexadecimal digits. */
  drawSeed: () => string;
  /** Finds a set-up that the host has posted. */
  setupOf: (name: string) => ChosenFormat | null;
}

export class Reception<Text> {
  readonly #ports: ReceptionPorts<Text>;
  readonly #live: LiveRoom;
  readonly #connections: Connections<Text>;
  readonly #activity: Activity;
  readonly #refusals: Refusals<Text>;
  readonly #admission: Admission<Text>;
  /** Connections that have not joined yet, each with a function that stops its deadline. */
  readonly #unjoined = new Map<Connection<Text>, () => void>();

  constructor(ports: ReceptionPorts<Text>) {
    this.#ports = ports;
    this.#live = ports.live;
    this.#connections = ports.connections;
    this.#activity = ports.activity;
    this.#refusals = new Refusals(ports.connections, ports.activity, ports.clock);
    this.#admission = new Admission({
      ...ports,
      refusals: this.#refusals,
      admitted: (connection) => this.#stopWaiting(connection),
    });
  }

  /** Closes the connection unless it joins in time. */
  awaitJoin(connection: Connection<Text>): void {
    const { timer, clock, turn } = this.#ports;
    const giveUp = () => {
      this.#unjoined.delete(connection);
      if (!this.#connections.roster.has(connection)) return;
      this.#refusals.end(connection, tooLate);
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
    this.#refusals.tell(connection, unreadError(parsed));
    return this.#refusals.end(connection, connection.rules.refused(parsed, now));
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
      this.#refusals.refuse(connection, "INTERNAL", request, untrustedText);
      return this.#refusals.end(connection, {
        code: closeCode.internalError,
        reason: untrustedText,
      });
    }
    counted.requests.add(request.op);
    if (!hasOwnRate(request.op) && !connection.rules.mayAsk(now))
      return this.#refusals.refuse(connection, "RATE_LIMITED", request);
    if (request.op === "ping") {
      this.#connections.send(connection, pong(request, now));
      return undefined;
    }
    if (userId !== null) {
      const { id, depth, role } = connection;
      // Makes no secrets for a role that is refused.
      if (handsOut(request) && role !== null && operations[request.op].who.includes(role))
        return this.#handOut(connection, userId, request, asked);
      const room = this.#live.open();
      if (room === null) return undefined;
      const { drawSeed, setupOf } = this.#ports;
      room.request(userId, id, depth, drawn(room.state, request, drawSeed, setupOf), now);
      return undefined;
    }
    if (this.#belongsElsewhere(connection, request)) return this.#sendOn(connection);
    if (request.op === "join") return this.#admission.join(connection, request, asked);
    if (request.op === "create_room")
      return this.#refusals.refuse(
        connection,
        "BAD_REQUEST",
        request,
        "This is a room already: connect to /ws to make one, or post to /api/rooms.",
      );
    return this.#refusals.refuse(connection, "NOT_JOINED", request);
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
    this.#refusals.end(connection, { code: switchCode, reason });
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

  #stopWaiting(connection: Connection<Text>): void {
    this.#unjoined.get(connection)?.();
    this.#unjoined.delete(connection);
  }
}

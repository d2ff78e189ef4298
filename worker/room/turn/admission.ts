/**
 * Joins: has their secrets hashed before they are decided, and holds off addresses that bring too many people or guess at
 * secrets. The room decides who comes in.
 */

import type { JoinAttempt } from "#game/people/attempt.ts";
import { limits, normalizeRoomCode, type Request as ClientRequest } from "#protocol";
import { counted } from "../../metrics.ts";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { LiveRoom } from "./live-room.ts";
import type { Refusals } from "./refusals.ts";
import type { Asked, Continuation, Turn } from "./turn.ts";

const crowdText = "Too many people came in from your network";
const guessesText = "Too many wrong passcodes or codes were tried";

/** Hashes the secrets of a join, which takes a while. */
export type HashSecrets = (
  request: ClientRequest<"join">,
  room: string,
  /** Gives the attempt to go on with, or throws the reason why there is none. */
  then: (hashed: () => JoinAttempt) => void,
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

export interface AdmissionPorts<Text> {
  live: LiveRoom;
  connections: Connections<Text>;
  turn: Turn<Text>;
  refusals: Refusals<Text>;
  hashSecrets: HashSecrets;
  joinLimits: JoinLimits;
  /** Called when a connection has come in. */
  admitted: (connection: Connection<Text>) => void;
}

export class Admission<Text> {
  readonly #ports: AdmissionPorts<Text>;

  constructor(ports: AdmissionPorts<Text>) {
    this.#ports = ports;
  }

  /** Takes a join to have its secrets hashed. @returns how it goes on, if it is not refused at once */
  join(
    connection: Connection<Text>,
    request: ClientRequest<"join">,
    asked: Asked<Text>,
  ): Continuation | undefined {
    const { live, turn, refusals, hashSecrets } = this.#ports;
    const code = live.open()?.state.room;
    if (code === undefined) return refusals.refuse(connection, "NO_SUCH_ROOM", request);
    if (request.room !== undefined && normalizeRoomCode(request.room) !== code)
      return refusals.refuse(
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
    const { live, connections, refusals, joinLimits } = this.#ports;
    const { passcodes, takeJoin } = joinLimits;
    // Looks again: meanwhile a fault may have closed the connection, and another room may have taken the place of the first.
    const room = live.open();
    if (room === null || !connections.roster.has(connection)) return undefined;
    if (connection.userId !== null) return refusals.refuse(connection, "BAD_REQUEST", request);
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
      refusals.refuse(connection, user.code, request, user.message);
      const isMiss =
        user.code === "BAD_PASSCODE" || (user.code === "BAD_TOKEN" && attempt.seatHash !== null);
      if (isMiss && isGuess) passcodes.wrong(code, connection.client, now);
      if (user.code === "BAD_PASSCODE" || user.code === "BAD_TOKEN")
        refusals.end(connection, connection.rules.wrongSecret());
      return undefined;
    }
    this.#ports.admitted(connection);
    connections.joined(connection, user.userId, user.role);
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
    this.#ports.refusals.refuse(connection, "RATE_LIMITED", request, message);
  }
}

/** The answers of the line itself, which the room does not decide: refusals, and the ends of lines. */

import type { ErrorCode, Message, Request as ClientRequest } from "#protocol";
import type { Ending } from "../../../edge/switchboard.ts";
import { refusal } from "../../line.ts";
import type { Activity } from "./activity.ts";
import type { Connection } from "./connection.ts";
import type { Connections } from "./connections.ts";

export class Refusals<Text> {
  readonly #connections: Connections<Text>;
  readonly #activity: Activity;
  readonly #clock: { now(): number };

  constructor(connections: Connections<Text>, activity: Activity, clock: { now(): number }) {
    this.#connections = connections;
    this.#activity = activity;
    this.#clock = clock;
  }

  refuse(
    connection: Connection<Text>,
    code: ErrorCode,
    request: ClientRequest,
    message?: string,
  ): undefined {
    this.tell(connection, refusal(code, request, message));
  }

  /** Tells a refusal, and counts it as the user's. */
  tell(connection: Connection<Text>, message: Message<"error">): void {
    const { userId } = connection;
    if (userId !== null) this.#activity.refused(userId, this.#clock.now());
    this.#connections.send(connection, message);
  }

  /** Ends a line, if there is a reason to. */
  end(connection: Connection<Text>, ending: Ending | null): undefined {
    if (ending !== null) this.#connections.close(connection, ending.code, ending.reason);
  }
}

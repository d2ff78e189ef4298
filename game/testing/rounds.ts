/** Rooms with a host, seats and a spectator, for tests of rounds. */

import type { Message, Request } from "#protocol";
import { TestRoom, type TestUser } from "./room.ts";

export type Round = Message<"round">;

export function seated(traders = 3, create: ConstructorParameters<typeof TestRoom>[0] = {}) {
  const room = new TestRoom(create);
  const host = room.join("Exchange", "exchange");
  const seats = Array.from({ length: traders }, (_, at) => room.join(`trader ${at + 1}`));
  const watcher = room.join("watcher", "spectator");
  return { room, host, seats, watcher };
}

export function next(host: TestUser): Round {
  host.ask("round_step", { action: "next" });
  return host.last("round");
}

export function start(host: TestUser, fields: Omit<Request<"round_start">, "op">): Round {
  host.ask("round_start", fields);
  return host.last("round");
}

/** Goes on to the first step of a kind from the present one on. */
export function goTo(host: TestUser, kind: Round["step"]["kind"]): Round {
  for (let round = host.last("round"); ; round = next(host))
    if (round.step.kind === kind) return round;
}

/** The error that a request brings, as code and sentence; "taken": none. */
export function refusalOf(messages: readonly Message[]): string {
  const error = messages.find(({ type }) => type === "error") as Message<"error"> | undefined;
  return error === undefined ? "taken" : `${error.code}: ${error.message}`;
}

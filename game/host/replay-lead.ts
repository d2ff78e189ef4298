/** The host's lead of a replay: passed on to everybody, and kept by nobody. */

import type { Message, Request } from "#protocol";
import { reject, type Rejection } from "../rejection.ts";

/** Largest speed that pages offer. */
const mostSpeed = 50;

/** The message of the host's moment, or why it is refused. */
export function ledMoment({
  on,
  at = 0,
  speed = 1,
  playing = false,
}: Request<"lead_replay">): Message<"replay_led"> | Rejection {
  if (!Number.isSafeInteger(at) || at < 0)
    return reject("BAD_REQUEST", "`at` must be a number of lines.");
  if (!(speed > 0 && speed <= mostSpeed))
    return reject("BAD_REQUEST", "`speed` must be more than 0, and at most 50.");
  return { type: "replay_led", on, at, speed, playing };
}

/** Operations on rounds: the host starts and leads them, and seats answer what a step asks. */

import * as v from "valibot";
import { flag, id, number, text } from "../fields.ts";
import { limits } from "../limits.ts";
import type { Operations } from "./operation.ts";

const ofHost = { who: ["exchange"], changes: true, rate: "others", isPublic: true } as const;

export const roundOperations = {
  round_start: {
    ...ofHost,
    whenFull: "refused",
    reply: ["round"],
    text: "Deals a round of a format and begins its first step; in a lobby it opens the session. Everybody gets `round`, each seat its `hand`, and all the round's instruments, halted until a step of kind `trade`. Refused while a round runs.",
    fields: {
      format: v.optional(
        text(
          limits.formatIdLength,
          "Id of the format: see `GET /api/formats`. May be left out beside `setup`.",
        ),
      ),
      params: v.optional(
        v.pipe(
          v.record(v.string(), v.unknown()),
          v.description("Parameters of the format; those left out have their defaults."),
        ),
      ),
      setup: v.optional(
        text(
          limits.setupNameLength,
          "Name of a set-up of `POST /api/rooms/{room}/setup`, from which format and parameters are taken.",
        ),
      ),
      seats: v.optional(
        v.pipe(
          v.array(id("A trader.")),
          v.minLength(1),
          v.maxLength(limits.traders),
          v.description(
            "Traders who play, in the order of dealing; absent: all who are connected.",
          ),
        ),
      ),
      auto: v.optional(flag("Steps go on by the clock. Default true; false: only by `next`.")),
      learning: v.optional(flag("Fair values are shown. Default false.")),
      seed: v.optional(
        v.pipe(
          v.string(),
          v.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits in lower case"),
          v.description("The seed, to deal a known round again. Absent: the server draws one."),
        ),
      ),
    },
  },
  round_step: {
    ...ofHost,
    whenFull: "always",
    reply: ["round"],
    text: "Leads the round: on to the next step, a stop of its clock, more time, or its end before the settlement. Everybody gets `round`.",
    fields: {
      action: v.pipe(
        v.picklist(["next", "pause", "resume", "extend", "abort"]),
        v.description(
          "`next` ends the present step, and the round in the last one. `abort` voids the round; it is refused once the round is settled.",
        ),
      ),
      seconds: v.optional(number("With `extend`: by how long, 1 to 3,600.")),
    },
  },
  round_answer: {
    who: ["trader"],
    changes: true,
    isPublic: false,
    rate: "seldom",
    whenFull: "reserve",
    reply: ["hand"],
    text: "Answers what the present step asks of the seat; a later answer takes the place of the first. The reply is `hand`, with the answer among its cards.",
    fields: { value: number("The number that is asked for.") },
  },
} satisfies Operations;

/** Operations for everybody with a line, joined or not. */

import * as v from "valibot";
import { roleSchema } from "../choices.ts";
import { cidOf, flag, text } from "../fields.ts";
import { limits } from "../limits.ts";
import { roomFields } from "../rooms.ts";
import type { Operations } from "./operation.ts";

const anybody = {
  who: "anyone",
  changes: false,
  isPublic: false,
  rate: "others",
  whenFull: "refused",
} as const;

export const entryOperations = {
  create_room: {
    ...anybody,
    reply: ["room_created"],
    text: "Makes a room, on `/ws` only. The connection that made a room may join it as the exchange without a token.",
    fields: roomFields,
  },
  join: {
    ...anybody,
    reply: ["join_ack", "snapshot"],
    text: "Enters the room, anew, by `resume_token`, or by a `seat_code` into the seat of that code. The books follow as one `snapshot` an instrument, and the `leaderboard` once there was a trade. Own orders, positions and P&L do not: ask for them. A first frame other than `create_room`, `join` or `ping` is answered with `NOT_JOINED`.",
    fields: {
      cid: cidOf(
        "With 22 characters or more a secret, under which a join whose answer was lost can be repeated: 128 random bits, used for nothing else.",
      ),
      room: v.optional(text(32, "Room code; needed on `/ws` only.")),
      // `normalizeName` has the rule for the characters of a name.
      name: v.optional(
        v.pipe(
          v.string(),
          v.maxLength(256),
          v.description("1-24 characters; not needed with a resume token."),
        ),
      ),
      role: v.optional(roleSchema),
      passcode: v.optional(text(limits.passcodeLength, "If the room has one.")),
      host_token: v.optional(
        text(
          128,
          "Makes you the exchange, as does the secret of a `host_link`, once; a spectator who brings it has a place in a full room.",
        ),
      ),
      resume_token: v.optional(text(128, "Makes you the user that you were.")),
      seat_code: v.optional(
        text(
          32,
          "Makes you the user of whose seat it is the code; name, role and passcode are not needed.",
        ),
      ),
      client: v.optional(
        v.pipe(
          v.picklist(["page", "program"]),
          v.description(
            "`page`: a person at a screen. `program` (default): a trader whose orders `settings.bots` may refuse; one that brings `host_token` is the host's.",
          ),
        ),
      ),
      batch: v.optional(flag("Frames may be JSON arrays of messages.")),
      depth: v.optional(
        v.pipe(
          v.number(),
          v.integer(),
          v.minValue(1),
          v.maxValue(limits.depthMax),
          v.description("Levels a side in market data."),
        ),
      ),
    },
  },
  ping: {
    ...anybody,
    reply: ["pong"],
    text: "Measures the round trip; taken before joining, too.",
    fields: {
      // Bounded, for it is sent back as it came.
      timestamp: v.optional(v.union([v.number(), text(64, "Comes back in the `pong`.")])),
    },
  },
} satisfies Operations;

/** Choices of the creator of a room. */

import * as v from "valibot";
import { lensSchema, startSchema } from "./choices.ts";
import { text } from "./fields.ts";
import { limits } from "./limits.ts";
import { playSettingsFields } from "./play-settings.ts";

export const roomSettingsSchema = v.object({
  on_disconnect: v.optional(
    v.pipe(
      v.picklist(["keep", "cancel"]),
      v.description(
        "What happens to the open orders of a trader whose connection drops. If the server itself stopped, traders have 35 s to come back before it happens.",
      ),
    ),
  ),
  lens: v.optional(lensSchema),
  mark_lots: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(limits.markLots),
      v.description(
        `The mark is the middle between the bid and the ask at which, with the better ones, so many lots stand: orders of fewer do not move it. 1: the best prices, whatever stands there. Default ${limits.markLotsDefault}; rooms made on the pages have ${limits.markLotsOfPages}.`,
      ),
    ),
  ),
  start: v.optional(startSchema),
  ...playSettingsFields,
});
export type RoomSettings = v.InferOutput<typeof roomSettingsSchema>;

/** Fields of `create_room`. */
export const roomFields = {
  passcode: v.optional(text(limits.passcodeLength, "Traders and spectators must give it to join.")),
  name: v.optional(text(limits.roomNameLength, "What the room is called on the pages.")),
  template: v.optional(
    v.pipe(
      v.picklist(["empty", "options"]),
      v.description("`options`: starts with a scalar and a strip of calls and puts on it."),
    ),
  ),
  settings: v.optional(roomSettingsSchema),
};

/** A game with its parameters, as a host sets it up. */
export const chosenFormatSchema = v.object({
  id: text(limits.formatIdLength, "Id of the format: see `GET /api/formats`."),
  params: v.optional(
    v.pipe(
      v.record(v.string(), v.unknown()),
      v.description("Parameters of the format; those left out have their defaults."),
    ),
    {},
  ),
});
export type ChosenFormat = v.InferOutput<typeof chosenFormatSchema>;

/** Body of `POST /api/rooms`. */
export const createRoomBodySchema = v.object({
  ...roomFields,
  format: v.optional(
    v.pipe(
      chosenFormatSchema,
      v.description("The game with which the host's console opens. Kept as a set-up of the room."),
    ),
  ),
});
export type CreateRoomBody = v.InferOutput<typeof createRoomBodySchema>;

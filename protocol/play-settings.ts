/** Settings of the game, which the host chooses with the room and can change at any time. */

import * as v from "valibot";
import { botsSettingSchema, namesSettingSchema, scoringSchema } from "./choices.ts";
import { limits } from "./limits.ts";

const fields = {
  scoring: scoringSchema,
  min_trades: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(0),
    v.maxValue(limits.minTrades),
    v.description("Trades in a round from which on a player is ranked. Default 0."),
  ),
  bots: botsSettingSchema,
  names: namesSettingSchema,
};

/** The settings as they are. */
export const playSettingsSchema = v.object(fields);
export type PlaySettings = v.InferOutput<typeof playSettingsSchema>;

export const defaultPlaySettings: Readonly<PlaySettings> = {
  ...{ scoring: "pnl", min_trades: 0, bots: "anybody", names: "shown" },
};

/** The settings as they are chosen: what is left out stays. */
export const playSettingsFields = {
  scoring: v.optional(fields.scoring),
  min_trades: v.optional(fields.min_trades),
  bots: v.optional(fields.bots),
  names: v.optional(fields.names),
};

/** Fields that take one word of a list: the lists, and the types inferred from them. */

import * as v from "valibot";

export const sideSchema = v.picklist(["buy", "sell"]);
export type Side = v.InferOutput<typeof sideSchema>;

/** The pricing of an order. */
export const orderTypeSchema = v.pipe(
  v.picklist(["limit", "market"]),
  v.description(
    "`limit` (default); or `market`, which takes no `price` and is an IOC within the instrument's bounds.",
  ),
);
export type OrderType = v.InferOutput<typeof orderTypeSchema>;

/** Lifetime of an order: until it is cancelled, or at once and in part or whole. */
export const tifSchema = v.pipe(
  v.picklist(["GFD", "IOC", "FOK"]),
  v.description(
    "`GFD` (default): rests until the session ends. `IOC`: cancels what does not fill at once. `FOK`: fills whole or not at all.",
  ),
);
export type Tif = v.InferOutput<typeof tifSchema>;

/** Whether the part of an order that does not fill at once stays in the book. */
export function canRest({ type = "limit", tif = "GFD" }: { type?: OrderType; tif?: Tif }): boolean {
  return type === "limit" && tif === "GFD";
}

export const orderStatusSchema = v.picklist(["open", "partial", "filled", "cancelled"]);
export type OrderStatusText = v.InferOutput<typeof orderStatusSchema>;

export const roleSchema = v.picklist(["exchange", "trader", "spectator"]);
export type Role = v.InferOutput<typeof roleSchema>;

export const instrumentTypeSchema = v.picklist(["SCALAR", "CALL", "PUT"]);
export type InstrumentType = v.InferOutput<typeof instrumentTypeSchema>;

/** State of a session. In the lobby people gather and instruments are listed; once left it does not come back. */
export const sessionStateSchema = v.picklist(["lobby", "open", "paused", "closed"]);
export type SessionState = v.InferOutput<typeof sessionStateSchema>;

/** States into which a host can bring a session. */
export const nextSessionStateSchema = v.picklist(["open", "paused", "closed"]);
export type NextSessionState = v.InferOutput<typeof nextSessionStateSchema>;

/** State in which a new room begins. */
export const startSchema = v.pipe(
  v.picklist(["open", "lobby"]),
  v.description(
    "`open` (default): orders are taken as soon as there is an instrument. `lobby`: people gather, and nothing is traded until the host opens the session.",
  ),
);
export type StartSetting = v.InferOutput<typeof startSchema>;

/** People whose pages may mark quotes that lock in a gain. The host always sees them. */
export const lensSchema = v.pipe(
  v.picklist(["off", "after", "always"]),
  v.description(
    "The arbitrage lens of the pages: for nobody but the host, for all once an underlying is settled or the session is closed, or for all at any time.",
  ),
);
export type LensSetting = v.InferOutput<typeof lensSchema>;

/** Score of a round, by which its ranks and the standings go. */
export const scoringSchema = v.pipe(
  v.picklist(["pnl", "luck_adjusted", "risk_adjusted", "quoting", "rank"]),
  v.description(
    "`pnl` (default): money. `luck_adjusted`: edge and information, or the P&L in games without fair values. `risk_adjusted`: P&L over the standard deviation of its path. `quoting`: what stood at the best prices, by the share of the time with both sides quoted. `rank`: how many ended behind.",
  ),
);
export type Scoring = v.InferOutput<typeof scoringSchema>;

/** Programs that may trade over the API. */
export const botsSettingSchema = v.pipe(
  v.picklist(["none", "host", "anybody"]),
  v.description("Who may trade by API: nobody, the host's bots alone, or `anybody` (default)."),
);
export type BotsSetting = v.InferOutput<typeof botsSettingSchema>;

/** The clients that traders come by. */
export const clientKindSchema = v.pipe(
  v.picklist(["page", "program", "host_program"]),
  v.description(
    "What the trader came by: the `page`, a `program`, or a program that brought the host's token.",
  ),
);
export type ClientKind = v.InferOutput<typeof clientKindSchema>;

/** Names of players once the session is told to others. */
export const namesSettingSchema = v.pipe(
  v.picklist(["shown", "masked"]),
  v.description("Whether others read names in the analysis: `shown` (default), or `masked`."),
);
export type NamesSetting = v.InferOutput<typeof namesSettingSchema>;

/** Temperaments of the bots that a room runs. */
export const botKindSchema = v.pipe(
  v.picklist(["maker", "sleeper", "noise", "momentum", "informed", "parity", "bluffer"]),
  v.description(
    "`maker` quotes both sides around its fair value. `sleeper` quotes wide and late. `noise` trades at random. `momentum` buys what rises. `informed` trades on its hand. `parity` takes prices of options that do not fit together. `bluffer` shows size that it takes away.",
  ),
);
export type BotKind = v.InferOutput<typeof botKindSchema>;

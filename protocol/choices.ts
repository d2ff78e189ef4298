/** Fields that take one word of a list: the lists, and the types inferred from them. */

import * as v from "valibot";

export const sideSchema = v.picklist(["buy", "sell"]);
export type Side = v.InferOutput<typeof sideSchema>;

/** How an order is priced. */
export const orderTypeSchema = v.pipe(
  v.picklist(["limit", "market"]),
  v.description(
    "`limit` (default); or `market`, which takes no `price` and is an IOC within the instrument's bounds.",
  ),
);
export type OrderType = v.InferOutput<typeof orderTypeSchema>;

/** How long an order lasts: until it is cancelled, or at once and in part or whole. */
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

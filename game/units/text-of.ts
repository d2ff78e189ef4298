/** The engine's numeric codes as the words of the protocol, and back. */

import type { InstrumentType, OrderStatusText } from "#protocol";
import { InstrumentKind, OrderStatus, Side, Tif } from "../engine-port.ts";

export const sideText = ["buy", "sell"] as const satisfies Record<Side, string>;
export const statusText = ["open", "partial", "filled", "cancelled"] as const satisfies Record<
  OrderStatus,
  OrderStatusText
>;
export const sideOf = { buy: Side.buy, sell: Side.sell } as const;
export const tifOf = { GFD: Tif.gfd, IOC: Tif.ioc, FOK: Tif.fok } as const;
export const kindOf: Record<InstrumentType, InstrumentKind> = {
  SCALAR: InstrumentKind.scalar,
  CALL: InstrumentKind.call,
  PUT: InstrumentKind.put,
};

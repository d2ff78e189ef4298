/** Instruments that a new room starts with. */

import type { CreateRoomBody, Request } from "#protocol";

type Listing = Omit<Request<"add_instrument">, "op" | "cid">;

const optionStrikes = [80, 90, 100, 110, 120];

/** `options`: a scalar with a strip of calls and puts around 100, ready to trade. */
export function instrumentsOf(template: NonNullable<CreateRoomBody["template"]>): Listing[] {
  if (template === "empty") return [];
  const scalar: Listing = {
    symbol: "INDEX",
    type: "SCALAR",
    tick_size: 1,
    lot_size: 1,
    tick_value: 1,
  };
  const options = optionStrikes.flatMap((strike) =>
    (["CALL", "PUT"] as const).map((type): Listing => ({
      symbol: `INDEX ${strike}${type === "CALL" ? "C" : "P"}`,
      type,
      tick_size: 0.5,
      lot_size: 1,
      tick_value: 1,
      reference_id: 1,
      strike,
    })),
  );
  return [scalar, ...options];
}

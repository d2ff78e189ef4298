/**
 * Games of adversaries with the largest possible money, which must be settled all the same, here over the wire. The
 * proof over random games is engine-wasm/test/always_settles_test.cpp and game/host/settling.test.ts.
 */

import { answerOf, moneyOf, say, type Arena, type Attack, type OwnRoom } from "./arena.ts";
import type { AttackKind } from "./kind.ts";

interface Listing {
  type: "SCALAR" | "CALL" | "PUT";
  tick_size?: number;
  tick_value?: number;
  lot_size?: number;
  strike?: number;
  reference_id?: number;
}

const largest = 1_000_000_000;

/** Two seats trade as much as they may at the ends of the price range; then all is settled, and P&L adds up to zero. */
async function playAndSettle(
  arena: Arena,
  listings: readonly Listing[],
  prices: readonly number[],
  value: number,
): Promise<void> {
  const own = await arena.ownRoom(2);
  say(own.host.socket, { op: "set_limits", max_order_qty: 1_000_000 });
  for (const [n, listing] of listings.entries()) {
    say(own.host.socket, { op: "add_instrument", symbol: `E${n}`, ...listing });
    await answerOf(own.host.socket, "instrument_added");
  }
  const [maker, taker] = own.sockets as [OwnRoom["sockets"][0], OwnRoom["sockets"][0]];
  for (const price of prices)
    for (let inst = 2; inst < 2 + listings.length; inst++) {
      const order = { op: "order_new", inst, qty: 500_000, price };
      say(maker, { ...order, side: "sell" });
      say(taker, { ...order, side: "buy" });
    }
  for (const socket of own.sockets) await moneyOf(socket);
  for (const [n, { type }] of listings.entries()) {
    if (type !== "SCALAR") continue;
    say(own.host.socket, { op: "settle", inst: n + 2, value });
    await answerOf(own.host.socket, "settlement");
  }
  const pnls = [];
  for (const socket of own.sockets) pnls.push(await moneyOf(socket));
  const sum = pnls.reduce((all, pnl) => all + pnl, 0);
  if (!(Math.abs(sum) <= 1e-9 * Math.abs(pnls[0]!))) throw new Error(`money: ${pnls.join()}`);
  say(own.host.socket, { op: "session", state: "closed" });
  await answerOf(own.host.socket, "session");
}

/** A failed game is a fault of the server, and ends the attack. */
function games(
  name: string,
  listings: readonly Listing[],
  prices: number[],
  value: number,
): Attack {
  return {
    name,
    run: async (arena) => {
      arena.begin();
      do {
        await playAndSettle(arena, listings, prices, value);
        arena.acts++;
      } while (!arena.isOver);
    },
  };
}

const strip = (strikes: number[]): Listing[] => [
  { type: "SCALAR", tick_size: 1 },
  ...strikes.flatMap((strike) =>
    (["CALL", "PUT"] as const).map((type) => ({ type, strike, reference_id: 2, tick_size: 1 })),
  ),
];

export const settlement: AttackKind = {
  settings: { ROOMS_PER_HOUR: "100000" },
  attacks: [
    games(
      "scalars at both ends of the price range",
      [{ type: "SCALAR", tick_size: 1 }],
      [largest, -largest],
      largest,
    ),
    games("ticks of a millionth", [{ type: "SCALAR", tick_size: 0.000001 }], [999, -999], -999),
    games(
      "contracts of the largest value",
      [{ type: "SCALAR", tick_size: 1, tick_value: 1_000_000 }],
      [largest, -largest],
      -largest,
    ),
    games("options of extreme strikes", strip([1, 999_999_999]), [0, 1, largest - 1], largest),
    games("options that end worth nothing", strip([999_999_998, 999_999_999]), [largest], -largest),
    games(
      "sixty instruments settled at once",
      strip(Array.from({ length: 30 }, (_, n) => n + 1)),
      [5],
      7,
    ),
    {
      name: "settlements of what is no value, and again",
      run: async (arena) => {
        const own = await arena.ownRoom(2);
        const values = [1e300, -1e300, 0.1, 1e15, "1", null, 2 ** 53, -0, 5];
        await arena.flood([own.host.socket], (n) => ({
          ...{ op: n % 2 === 0 ? "settle" : "expire_option", inst: n % 3 },
          ...{ value: values[n % 9], spot_price: values[n % 7] },
        }));
      },
    },
  ],
};

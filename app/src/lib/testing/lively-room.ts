/** A busy room: twelve traders have quoted and traded in scalars, calls and puts, and there is news. */

import { crowd, listings, names, type Move } from "./crowd.ts";
import { Exchange, type Program } from "./exchange.ts";

export interface LivelyRoom {
  exchange: Exchange;
  traders: readonly Program[];
  /** Plays so many rounds: in each every trader quotes or trades once. */
  play: (rounds: number) => void;
}

export function livelyRoom(): LivelyRoom {
  const exchange = new Exchange({ lens: "always", name: "Friday game" });
  for (const listing of listings) exchange.list(listing.symbol, listing);
  const traders = names.slice(0, 12).map((name) => exchange.program(name));
  const movesOf = crowd();
  const play = (rounds: number) => {
    for (let round = 0; round < rounds; round++)
      for (const [index, move] of movesOf(traders.length).entries()) send(traders[index]!, move);
  };
  play(20);
  exchange.host.ask("news", { text: "The harvest is late: a higher index is expected." });
  return { exchange, traders, play };
}

function send(trader: Program, move: Move): void {
  if (move.op === "quote") trader.ask("quote", move);
  else trader.ask("order_new", move);
}

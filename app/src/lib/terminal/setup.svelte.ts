/** Makes the state of every room of the terminal and plugs it into the desk. */

import { recall, keep } from "#lib/state/own-past.ts";
import { unknownPnl, type RoomView } from "#lib/state/room-view.ts";
import { setCurve } from "./blotter/curve.ts";
import { Series } from "./blotter/series.ts";
import { ChainLens, setLens } from "./chain/lens.svelte.ts";
import { Desk, setDesk } from "./desk/desk.svelte.ts";
import { Quotes, setQuotes } from "./quote/quotes.svelte.ts";
import { Spreads, setSpreads } from "./spread/spreads.svelte.ts";
import { setTicket, TicketState } from "./ticket/ticket.svelte.ts";

const CURVE_POINTS = 600;
const CURVE_MS = 1_000;

export function setUp(room: RoomView) {
  const desk = setDesk(new Desk(room));
  const lens = setLens(new ChainLens(room, desk.preferences));
  const quotes = setQuotes(new Quotes(desk));
  const spreads = setSpreads(new Spreads(desk));
  const curve = setCurve(
    new Series(CURVE_POINTS, CURVE_MS, room.whose && recall("pnl", room.whose)),
  );
  setTicket(new TicketState(desk));
  return {
    ...{ desk, quotes, spreads },

    /** Once a second: what is remembered of the market and of one's P&L. */
    note(now: number): void {
      lens.note(now);
      if (room.pnl !== unknownPnl) curve.add(now, room.pnl.pnl);
    },

    /** Before the page goes: what a reload would lose. */
    keep(): void {
      if (room.whose === null) return;
      room.keepOrders();
      keep("pnl", room.whose, curve.kept);
    },
  };
}

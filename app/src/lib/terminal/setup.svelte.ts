/** Makes the states of the terminal's rooms and plugs them into the desk. */

import { loadFromTab, saveInTab } from "#lib/state/tab-storage.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { unknownPnl } from "#lib/state/room-data.svelte.ts";
import { setCurve } from "./blotter/curve.ts";
import { Series } from "./blotter/series.ts";
import { ChainLens, setLens } from "./chain/lens.svelte.ts";
import { Desk, setDesk } from "./desk/desk.svelte.ts";
import { TraderQuotes, setTraderQuotes } from "./quote/trader-quotes.svelte.ts";
import { SpreadLoader, setSpreadLoader } from "./spread/spread-loader.svelte.ts";
import { setTicket, TicketState } from "./ticket/ticket.svelte.ts";

const CURVE_POINTS = 600;
const CURVE_MS = 1_000;

export function setUp(room: RoomClient) {
  const desk = setDesk(new Desk(room));
  const lens = setLens(new ChainLens(room, desk.preferences));
  const quotes = setTraderQuotes(new TraderQuotes(desk));
  const spreadLoader = setSpreadLoader(new SpreadLoader(desk));
  const curve = setCurve(
    new Series(
      CURVE_POINTS,
      CURVE_MS,
      room.traderInSession && loadFromTab("pnl", room.traderInSession),
    ),
  );
  setTicket(new TicketState(desk));
  return {
    ...{ desk, quotes, spreadLoader },

    /** Notes the violations and the P&L of now. To be called once a second. */
    note(now: number): void {
      lens.note(now);
      if (room.pnl !== unknownPnl) curve.add(now + room.clockOffsetMs, room.pnl.pnl);
    },

    /** Keeps data that a reload would lose. To be called before the page is left. */
    keep(): void {
      if (room.traderInSession === null) return;
      room.saveOrders();
      saveInTab("pnl", room.traderInSession, curve.kept);
    },
  };
}

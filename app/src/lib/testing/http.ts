/** Stands for the server's HTTP endpoints: pages learn of the exchange's room, and that there is no other. */

import { vi } from "vitest";
import { limits, type RoomSummary } from "#protocol";
import { roomCode, type Exchange } from "./exchange.ts";

export function answerHttp(exchange: Exchange): void {
  vi.stubGlobal("fetch", (path: string) =>
    Promise.resolve(
      path === `/api/rooms/${roomCode}`
        ? Response.json(summaryOf(exchange))
        : new Response("null", { status: 404 }),
    ),
  );
}

function summaryOf({ room: { state } }: Exchange): RoomSummary {
  return {
    ...{ room: state.room, name: state.name, state: state.session, session_id: state.sessionId },
    ...{ passcode_required: true, created_at: state.createdAt },
    ...{ traders: state.users.size, spectators: 0, max_traders: limits.traders },
    ...{ instruments: state.instruments.length, trades: state.trades },
  };
}

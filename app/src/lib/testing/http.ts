/**
 * Stands for the server's HTTP endpoints: pages learn of the exchange's room, which they also get for a new one, and that
 * there is no other.
 */

import { vi } from "vitest";
import { describeFormats } from "#game/formats/describe.ts";
import { limits, type RoomCreated, type RoomSummary } from "#protocol";
import { hostToken, roomCode, type Exchange } from "./exchange.ts";

/** The address under which others reach the game. */
export const reachedAt = "http://192.168.1.20:8787";

/** Answers of any server, and the game that the room was made with; null: the path asks for something else. */
export function serverAnswers(path: string, { setup }: Pick<Exchange, "setup">): Response | null {
  if (path === `/api/rooms/${roomCode}/setup`) return Response.json(setup);
  if (path === "/api/addresses") return Response.json({ origins: [reachedAt] });
  return path === "/api/formats" ? Response.json(describeFormats()) : null;
}

export function answerHttp(exchange: Exchange, { needsPasscode = true } = {}): void {
  const answer = (path: string) => {
    const ofServer = serverAnswers(path, exchange);
    if (ofServer !== null) return ofServer;
    if (path === "/api/rooms") return Response.json(created);
    if (path === `/api/rooms/${roomCode}`) return Response.json(summaryOf(exchange, needsPasscode));
    return new Response("null", { status: 404 });
  };
  vi.stubGlobal("fetch", (path: string) => Promise.resolve(answer(path)));
}

const created: RoomCreated = {
  ...{ room: roomCode, host_token: hostToken },
  ...{ join_url: `${location.origin}/r/${roomCode}`, ws_url: `/ws/${roomCode}` },
};

function summaryOf({ room: { state } }: Exchange, needsPasscode: boolean): RoomSummary {
  return {
    ...{ room: state.room, name: state.name, state: state.session, session_id: state.sessionId },
    ...{ passcode_required: needsPasscode, created_at: state.createdAt },
    ...{ traders: state.users.size, spectators: 0, max_traders: limits.traders },
    ...{ instruments: state.instruments.length, trades: state.trades },
  };
}

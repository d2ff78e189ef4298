/** A session that programs have played to its end: its debrief, its log and its files, as the server answers with them. */

import { vi } from "vitest";
import { WasmEngine } from "#engine/wasm-engine.ts";
import { Analysis } from "#game/debrief/analysis.ts";
import { endingOf } from "#game/debrief/ending.ts";
import { SessionRecord } from "#game/journal/record.ts";
import {
  maskedNames,
  type Debrief,
  type DebriefViewer,
  type ExportRow,
  type NamesSetting,
} from "#protocol";
import { renderCsv } from "../../../../worker/archive/csv.ts";
import engineUrl from "../../../../engine-wasm/dist/engine.wasm?url";
import { crowd, listings, names } from "./crowd.ts";
import { Exchange, roomCode } from "./exchange.ts";

const engineModule = await WebAssembly.compileStreaming(fetch(engineUrl));
const startMs = Date.UTC(2026, 10, 20, 15);

export interface DebriefedSession {
  exchange: Exchange;
  debrief: Debrief;
  /** The log, as text. */
  log: string;
  trades: ExportRow<"trades">[];
}

export interface Played {
  people: number;
  rounds: number;
  /** Whether cards are dealt and a pot is paid, too. */
  hasPot?: boolean;
}

/** Plays a session of a crowd, with a game of cards in its midst, on a clock of its own. */
export function debriefedSession({ people, rounds, hasPot = false }: Played): DebriefedSession {
  vi.useFakeTimers({ toFake: ["Date"], now: startMs });
  try {
    const exchange = new Exchange({ name: "Friday game" });
    for (const listing of listings) exchange.list(listing.symbol, listing);
    const traders = names.slice(0, people).map((name) => exchange.program(name));
    const movesOf = crowd();
    const play = (times: number) => {
      for (let round = 0; round < times; round++)
        for (const [index, move] of movesOf(people).entries()) {
          vi.setSystemTime(Date.now() + 350);
          if (move.op === "quote") traders[index]?.ask("quote", move);
          else traders[index]?.ask("order_new", move);
        }
    };
    play(Math.ceil(rounds / 2));
    const { host } = exchange;
    host.ask("news", { text: "The harvest is late: a higher index is expected." });
    playCards(exchange, traders);
    if (hasPot) playForPot(exchange, traders.slice(0, 4));
    play(Math.floor(rounds / 2));
    vi.setSystemTime(Date.now() + 20_000);
    host.ask("settle", { inst: 1, value: 103.5 });
    host.ask("settle", { inst: listings.length, value: -10 });
    host.ask("session", { state: "closed" });
    return debriefOfExchange(exchange);
  } finally {
    vi.useRealTimers();
  }
}

/** A round of dice, in which everybody trades the sum. */
function playCards({ host, room }: Exchange, traders: readonly Exchange["host"][]): void {
  const started = host.ask("round_start", { format: "dice", auto: false });
  if (started.type !== "round") throw new Error(JSON.stringify(started));
  while (room.state.round?.progress === "running") {
    const sum = room.state.round.insts[0] ?? 0;
    if (room.state.instruments[sum - 1]?.halted === false)
      for (const [nth, trader] of traders.entries()) {
        vi.setSystemTime(Date.now() + 900);
        const side = nth % 2 === 0 ? "buy" : "sell";
        trader.ask("order_new", { inst: sum, side, qty: 2 + nth, price: 40 + (nth % 3) });
      }
    vi.setSystemTime(Date.now() + 2_000);
    host.ask("round_step", { action: "next" });
  }
}

/** A round of the goal suit, in which each seat sells its neighbour a card. */
function playForPot({ host, room }: Exchange, seats: readonly Exchange["host"][]): void {
  const started = host.ask("round_start", {
    ...{ format: "goal_suit", auto: false, seats: seats.map(({ userId }) => userId) },
  });
  if (started.type !== "round") throw new Error(JSON.stringify(started));
  while (room.state.round?.progress === "running") {
    const { insts } = room.state.round;
    if (room.state.instruments[(insts[0] ?? 0) - 1]?.halted === false)
      for (const [nth, seller] of seats.entries()) {
        vi.setSystemTime(Date.now() + 900);
        const order = { inst: insts[nth] ?? 0, qty: 1, price: 5 + nth };
        seller.ask("order_new", { ...order, side: "sell" });
        seats[(nth + 1) % seats.length]?.ask("order_new", { ...order, side: "buy" });
      }
    vi.setSystemTime(Date.now() + 2_000);
    host.ask("round_step", { action: "next" });
  }
}

function debriefOfExchange(exchange: Exchange): DebriefedSession {
  const lines: string[] = [];
  const { context, state } = exchange.room;
  const analysis = new Analysis(WasmEngine.create(engineModule), endingOf(context), (line) =>
    lines.push(line),
  );
  const record = new SessionRecord(WasmEngine.create(engineModule));
  const changes = record.changes();
  for (const entry of exchange.entries) {
    analysis.take(entry);
    record.take(entry, changes);
  }
  const analysed = analysis.end();
  const session: Debrief["session"] = {
    ...{ session_id: state.sessionId, room: roomCode, name: state.name, names: "shown" },
    ...{ created_at: state.createdAt, closed_at: state.closedAt, log_hash: state.log.hash },
    ...{ traders: analysed.traders.length, trades: state.trades },
    ...{ rounds: analysed.rounds.length, viewer: { role: "class", user_id: null } },
  };
  return {
    exchange,
    debrief: { session, ...analysed },
    log: `${lines.join("\n")}\n`,
    trades: changes.trades,
  };
}

export const classKey = "class-key";
export const seatKey = "seat-key";
export const hostKey = "host-key";

export interface Answering {
  /** Own user of the seat's key. */
  userId?: number;
  names?: NamesSetting;
  /** The log in place of the session's own. */
  log?: string;
}

/** Answers the requests of a session's page. @returns paths that were asked for with `DELETE` */
export function answerSession(
  { debrief, log, trades }: DebriefedSession,
  { userId = 0, names: shown = "shown", log: other = log }: Answering = {},
): string[] {
  const deleted: string[] = [];
  const viewers: Record<string, DebriefViewer> = {
    [classKey]: { role: "class", user_id: null },
    [seatKey]: { role: "trader", user_id: userId },
    [hostKey]: { role: "host", user_id: null },
  };
  const refused = (status: number, message: string) =>
    Response.json({ error: { code: "FORBIDDEN", message } }, { status });
  const realFetch = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => {
    const found = /^\/api\/sessions\/([^/]+)(.*)$/.exec(path);
    if (found === null) return realFetch(path, init);
    const key = new Headers(init?.headers).get("authorization")?.replace("Bearer ", "") ?? "";
    const viewer = viewers[key];
    if (viewer === undefined) return Promise.resolve(refused(403, "This key opens nothing."));
    const session = { ...debrief.session, names: shown, viewer };
    const masks = maskedNames(debrief.traders.map(({ user_id }) => user_id));
    const nameOf = (id: number, name: string) =>
      shown === "masked" ? (masks.get(id) ?? "") : name;
    const traders = debrief.traders.map((one) => ({ ...one, name: nameOf(one.user_id, one.name) }));
    const answers: Record<string, () => Response> = {
      "": () => Response.json(session),
      "/debrief": () => Response.json({ ...debrief, traders, session }),
      "/log": () => new Response(other),
      "/files/trades.csv": () => new Response(renderCsv("trades", trades)),
    };
    if (init?.method === "DELETE") {
      deleted.push(path);
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    const part = (found[2] ?? "").split("?")[0] ?? "";
    return Promise.resolve(answers[part]?.() ?? refused(404, "There is no such file."));
  });
  return deleted;
}

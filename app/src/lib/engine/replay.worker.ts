/** The worker that replays a session from its log: answers one request of the page at a time. */

import { followChain } from "#game/replay/chain.ts";
import { dealsAgain } from "#game/replay/deals.ts";
import { readLines } from "#game/replay/lines.ts";
import { Replay, ReplayFault } from "#game/replay/replay.ts";
import { seatView } from "#game/replay/seat-view.ts";
import {
  checkChain,
  checkDeals,
  checkEnd,
  checkPnl,
  checkPositions,
  checkTrades,
  unchecked,
  type Check,
} from "#game/replay/verify.ts";
import { browserEngines } from "./browser-engines.ts";
import type { Answered, Answers, Asked, AskName, Asks, Opened } from "#lib/net/replay-messages.ts";

/** The part of a worker's scope that is used: the page's types have none. */
const page = globalThis as unknown as {
  onmessage: (event: { data: Asked }) => void;
  postMessage: (said: Answered) => void;
};

let log: Uint8Array = new Uint8Array();
let replay: Replay | null = null;
let fault: Opened["fault"] = null;

page.onmessage = ({ data }) => {
  answer(data).then(
    (answered) => page.postMessage({ id: data.id, answer: answered }),
    (failed: unknown) => page.postMessage({ id: data.id, failed: String(failed) }),
  );
};

async function answer(asked: Asked): Promise<Answers[AskName]> {
  switch (asked.ask) {
    case "open":
      return open(asked, (share) => page.postMessage({ id: asked.id, share }));
    case "show":
      return show(asked);
    case "verify":
      return verify(asked);
  }
}

async function open({ log: bytes, names }: Asks["open"], tell: (share: number) => void) {
  const engines = await browserEngines();
  const nameOf = new Map(names);
  log = bytes;
  fault = null;
  let lines: ReturnType<typeof readLines> = [];
  try {
    lines = readLines(new TextDecoder().decode(bytes));
  } catch (thrown) {
    fault = { line: 1, text: String(thrown) };
  }
  replay = new Replay(lines, engines, (userId) => nameOf.get(userId) ?? `#${userId}`);
  try {
    for (const share of replay.load()) tell(share);
  } catch (thrown) {
    if (!(thrown instanceof ReplayFault)) throw thrown;
    fault = { line: thrown.line, text: thrown.message };
  }
  const trades = replay.trades.map((trade) => ({
    ...{ at: trade.at, ts: trade.ts ?? 0, tradeId: trade.trade_id, inst: trade.inst },
    ...{ price: trade.price ?? 0, qty: trade.qty ?? 0 },
    ...{ buyerId: trade.buyer_id, sellerId: trade.seller_id },
  }));
  const times = Float64Array.from(lines.slice(0, replay.at), ({ ts }) => ts);
  return { times, trades, marks: replay.marks, fault };
}

function show({ at, userId, charted }: Asks["show"]): Answers["show"] {
  if (replay === null) throw new Error("No log is open.");
  const ctx = replay.seek(at);
  const now = replay.lines[replay.at - 1]?.ts ?? 0;
  return { at: replay.at, messages: seatView(ctx, userId, now, charted) };
}

function verify({ told }: Asks["verify"]): Check[] {
  if (replay === null) throw new Error("No log is open.");
  const chain = followChain(log);
  const early = [checkChain(chain), checkEnd(chain, told.hashes)];
  if (fault !== null) {
    const count = fault.line - 1;
    const stopped = { name: "replay", isRight: false, count, where: fault.text } as const;
    const rest = (["trades", "positions", "pnl", "deals"] as const).map(unchecked);
    return [...early, stopped, ...rest];
  }
  const ctx = replay.seek(replay.lines.length);
  return [
    ...early,
    { name: "replay", isRight: true, count: replay.lines.length, where: null },
    checkTrades(replay.trades, told.trades),
    checkPositions(ctx, told.trades, told.positions, replay.dealt),
    checkPnl(ctx, told.pnl),
    checkDeals(told.deals === null ? null : dealsAgain(told.deals)),
  ];
}

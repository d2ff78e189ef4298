/** Steps of a course in which something happens to the bot's line. */

import type { Request } from "#protocol";
import { answerMs, sleep, until, type Stage } from "../stage.ts";
import type { Sent } from "../watch.ts";

/** Times of the steps, ms. */
const slowMs = 2_500;
const awayMs = 2_000;
const tradeMs = 900;
const watchMs = 3_000;
/** Tries a second, beyond the first three, that are no hammering. */
const triesPerSec = 5;

/** Reads by which a bot brings itself up to date. */
const reads = new Set(["get_snapshot", "get_orders", "get_positions", "get_history", "get_pnl"]);
/** Messages that a lossy line loses: no answers. */
const lost = new Set(["trade", "fill", "order", "md_inc", "positions", "pnl", "leaderboard"]);

export async function slowAnswers(stage: Stage): Promise<void> {
  const { findings, watch } = stage.parts;
  const held = await stage.atNextOrder((line) => line.hold());
  if (held === null) return;
  findings.tried("doubles");
  await stage.wait(slowMs);
  watch.deafUntil = Date.now();
  held.line.release();
}

/** Breaks the line under an order. @returns false if the bot does not come back */
export async function brokenLine(stage: Stage): Promise<boolean> {
  const { findings, watch, proxy } = stage.parts;
  const under = await stage.atNextOrder((line) => line.hold());
  const line = under?.line ?? (await stage.line());
  if (line === null) return stage.isBack("lost its line by itself");
  const userId = watch.state.me?.userId;
  // The order is to reach the room, and its answer not the bot.
  await sleep(300);
  proxy.isAway = true;
  line.cut();
  const [cutAt, before] = [Date.now(), proxy.tries.length];
  await stage.wait(awayMs);
  proxy.isAway = false;
  const tries = proxy.tries.length - before;
  findings.tried("backoff");
  if (tries > 3 + (triesPerSec * (Date.now() - cutAt)) / 1_000)
    findings.broken(
      "backoff",
      "tried to connect more than five times a second while the server was away",
    );
  if (!(await stage.isBack("did not come back after its line had broken"))) return false;
  sameTrader(stage, cutAt, userId);
  if (under !== null) await outcome(stage, under.sent, cutAt);
  return true;
}

function sameTrader(stage: Stage, cutAt: number, userId: number | undefined): void {
  const { findings, watch } = stage.parts;
  findings.tried("resume");
  const join = watch.sent.findLast(({ request, at }) => request.op === "join" && at >= cutAt);
  if (watch.state.me?.userId !== userId)
    findings.broken(
      "resume",
      "joined as another trader: position and orders stayed behind with the first",
    );
  else if (join !== undefined && (join.request as Request<"join">).resume_token === undefined)
    findings.broken("resume", "joined without its resume_token");
}

/** Watches that the bot asks what became of a request, before it goes on. */
async function outcome(stage: Stage, under: Sent, cutAt: number): Promise<void> {
  const { findings, watch } = stage.parts;
  findings.tried("lost");
  const after = () => watch.sent.filter(({ at }) => at > cutAt);
  const isAsked = () =>
    under.againAt > cutAt || after().some(({ request }) => request.op === "get_orders");
  // A quote takes the place of the one before, whatever became of it.
  const goesOn = () =>
    after().some(({ request }) => watch.isOrdering(request.op) && request.op !== "quote");
  await until(() => isAsked() || goesOn(), stage.atMost(5_000));
  if (isAsked() || (under.request.op === "quote" && !goesOn())) return;
  findings.broken(
    "lost",
    goesOn()
      ? `went on with new orders after its line had broken, and never asked what became of the ${under.request.op} before`
      : `never asked what became of the ${under.request.op} whose answer was lost with the line`,
  );
}

export async function missingMessages(stage: Stage): Promise<void> {
  const { findings, watch, market } = stage.parts;
  const line = await stage.line();
  if (line === null) return;
  await sleep(tradeMs);
  const last = watch.lastTrade;
  line.omits = (message) => lost.has(message.type) && !("cid" in message);
  for (let count = 0; count < 2; count++) await market.trade();
  await sleep(200);
  line.omits = () => false;
  watch.deafUntil = Date.now();
  const since = Date.now();
  await market.trade();
  const isNoticed = () =>
    stage.joined !== line ||
    watch.sent.some(({ request, at }) => at > since && reads.has(request.op));
  findings.tried("gaps");
  if (!(await until(isNoticed, stage.atMost(7_000))))
    findings.broken(
      "gaps",
      `did not notice that messages were missing: trade ${watch.lastTrade} was not next to trade ${last}, and it asked for nothing`,
    );
  await stage.line();
}

/** @returns false if the bot is not back at the end */
export async function silence(stage: Stage): Promise<boolean> {
  const { findings, proxy } = stage.parts;
  const line = await stage.line();
  if (line === null) return false;
  const before = proxy.tries.length;
  line.isDead = true;
  stage.joined = null;
  findings.tried("silence");
  const given = stage.atMost(answerMs);
  if (!(await until(() => proxy.tries.length > before, given))) {
    findings.broken(
      "silence",
      `stayed for ${given / 1_000} s on a line on which nothing came, and asked nobody`,
    );
    line.cut();
  }
  return stage.isBack("did not come back after its line had fallen silent");
}

export async function removal(stage: Stage): Promise<void> {
  const { findings, market, watch, proxy } = stage.parts;
  const before = proxy.tries.length;
  await market.host.ask("kick", { user_id: watch.state.me?.userId ?? 0 });
  findings.tried("removed");
  await stage.wait(watchMs);
  // One try in vain does no harm.
  const tries = proxy.tries.length - before;
  if (stage.joined !== null)
    findings.broken("removed", "came back under another name after the host had removed it");
  else if (tries > 1)
    findings.broken("removed", `tried to come back ${tries} times after the host had removed it`);
}

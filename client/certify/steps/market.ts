/** Steps of a course in which the host changes the market, or the market moves. */

import { swing } from "../market.ts";
import { answerMs, sleep, until, type Stage } from "../stage.ts";
import { staleMs } from "../watch.ts";

/** Times of the steps, ms. */
const watchMs = 3_000;
const lookMs = 100;
const mostMovesMs = 60_000;
/** Swings of the price: in each of them it goes through a quote that nobody moves on both sides. */
const swings = 1.5;

export async function halt(stage: Stage): Promise<void> {
  const { findings, market } = stage.parts;
  await stage.line();
  market.isStill = true;
  await market.host.ask("halt", { on: true });
  findings.tried("halts");
  await stage.wait(watchMs);
  await market.host.ask("halt", { on: false });
  market.isStill = false;
}

export async function tighterLimits(stage: Stage): Promise<void> {
  const { findings, market, watch } = stage.parts;
  await stage.line();
  const user_id = watch.state.me?.userId ?? 0;
  findings.tried("limits");
  await market.host.ask("set_limits", { user_id, max_order_qty: 2, max_position: 6 });
  await stage.wait(watchMs);
  await market.host.ask("set_limits", { user_id, max_order_qty: 10_000, max_position: 10_000 });
}

export async function widerTick(stage: Stage): Promise<void> {
  const { market } = stage.parts;
  await stage.line();
  await market.setTick(2);
  await stage.wait(watchMs);
  await market.setTick(1);
}

/**
 * Lets the market swing, if the bot has orders in it: at its own pace, however fast the course is run. Steps of the price
 * do not count in which no order of the bot could be called stale, up to a limit: it has none, or the server answers too
 * slowly.
 */
export async function moves(stage: Stage): Promise<void> {
  const { market, watch } = stage.parts;
  await stage.line();
  const hasOrders = () => watch.state.orders.all().length > 0;
  if (!(await until(hasOrders, stage.atMost(answerMs)))) return;
  const untilMs = Date.now() + mostMovesMs;
  let counted = 0;
  for (let seen = market.steps; counted < swings * swing && Date.now() < untilMs;) {
    await sleep(lookMs);
    const made = market.steps - seen;
    seen = market.steps;
    if (hasOrders() && watch.excusedMs < staleMs) counted += made;
  }
}

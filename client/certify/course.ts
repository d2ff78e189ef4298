/**
 * The course of a certification: what happens to the bot, one thing after the other. What is judged all the time is in
 * watch.ts.
 */

import { answerMs, until, type Stage } from "./stage.ts";
import { brokenLine, missingMessages, removal, silence, slowAnswers } from "./steps/line.ts";
import { halt, moves, tighterLimits, widerTick } from "./steps/market.ts";

/** Times between two moves of the market, and between two trades, ms. */
const stepMs = 400;
const tradeMs = 900;
/** Time in which nothing happens but the market, ms. */
const quietMs = 3_000;

/** @param joinMs time until the bot has to be in the room */
export async function run(stage: Stage, joinMs: number): Promise<void> {
  const { market, findings, watch } = stage.parts;
  const timers = [
    setInterval(() => void market.step(), stepMs),
    setInterval(() => void market.trade(), tradeMs),
  ];
  try {
    if (!(await until(() => stage.joined !== null, joinMs)))
      return findings.broken("trades", `did not join the room within ${joinMs / 1_000} s`);
    if (!(await until(() => watch.orders > 0, stage.atMost(answerMs))))
      return findings.broken("trades", "sent no order, though three instruments trade");
    await stage.wait(quietMs);
    await slowAnswers(stage);
    if (!(await brokenLine(stage))) return;
    await missingMessages(stage);
    await halt(stage);
    await tighterLimits(stage);
    await widerTick(stage);
    await moves(stage);
    if (await silence(stage)) await removal(stage);
  } finally {
    for (const timer of timers) clearInterval(timer);
  }
}

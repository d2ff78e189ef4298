/**
 * `kill -9` in every step of a round of every format: hands, table, step, clock, orders, positions and duties are what they
 * were, the game goes on to its result, and the deal is the one that was promised. The rooms go on in step with one
 * another, so that one kill falls into a step of each.
 */

import { expect, test } from "vitest";
import { KilledRound } from "../support/faults/killed-round.ts";
import { manyConnects, ownServer } from "../support/own-server.ts";

/** Rounds of all formats, as short as they can be. */
const short = { trade_seconds: 600, reveal_seconds: 600 };
const question = { question: "How high?", answer: 330, min: 0, max: 1_000 };
const games: Record<string, object> = {
  card_sum: { ...short, table: 1 },
  seventeen: { ...short, table: 1 },
  dice: {},
  suits: { ...short, piles: 1 },
  numbers: { ask_seconds: 600 },
  quiz: { ...short, questions: [{ ...question, hints: ["Rather high."] }] },
  width: { contest_seconds: 600, question },
  walk: { ...short, steps: 1, news: [] },
  parity: { trade_seconds: 60, every_seconds: 30 },
  goal_suit: {},
  free: {},
};
/** The step whose end is under way when the server is killed. */
const underWay = 2;

const server = await ownServer(manyConnects);

/** Kills the server under the rounds, and waits until everybody is back. */
async function killUnder(rounds: KilledRound[]): Promise<void> {
  const players = rounds.flatMap(({ all }) => all);
  const drops = players.map(({ client }) => client.reconnects);
  const killedAt = Date.now();
  await server.kill();
  await expect
    .poll(() => players.every(({ client }, at) => client.reconnects > drops[at]!))
    .toBe(true);
  await server.start();
  await Promise.all(rounds.map((round) => round.isBack()));
  for (const { trading } of rounds) trading.unknown(killedAt, Date.now());
}

/** Least time that a step has after the server was away, and the reading of two clocks of one machine, ms. */
const assuredMs = 10_000;
const readingMs = 500;

/** Expects the clock of a step as it was: it stood, or it ran on. */
function expectClock({ now: { step, state } }: KilledRound, before: KilledRound["now"]): void {
  const { ends_at: endsAt, left_ms: leftMs } = before.step;
  if (endsAt === null) {
    expect(step.ends_at).toBeNull();
    expect(step.left_ms).toBe(leftMs === null ? null : Math.max(assuredMs, leftMs));
    return;
  }
  expect(state).toBe("running");
  expect(step.ends_at).toBeGreaterThanOrEqual(endsAt - readingMs);
  expect(step.ends_at).toBeLessThanOrEqual(Date.now() + leftMs! + readingMs);
}

test(
  "a server that is killed in every step of every format goes on with each round",
  { timeout: 300_000 },
  async () => {
    const rounds = await Promise.all(
      Object.entries(games).map(([format, params]) =>
        KilledRound.start(server.url, format, params),
      ),
    );
    let kills = 0;
    for (let step = 0; rounds.some(({ isDone }) => !isDone); step++) {
      await Promise.all(rounds.map((round) => round.act()));
      // Every second one stands still.
      const paused = rounds.filter(({ isDone }, at) => !isDone && (at + step) % 2 === 1);
      await Promise.all(paused.map((round) => round.pause()));
      const before = await Promise.all(rounds.map((round) => round.shown()));
      const told = rounds.map(({ now }) => now);
      await killUnder(rounds);
      kills++;
      for (const [at, round] of rounds.entries()) {
        expect(await round.shown(), `${round.format}, step ${step}`).toEqual(before[at]);
        if (!round.isDone) expectClock(round, told[at]!);
      }
      for (const round of paused) {
        round.expectDuties(round.traders.map(({ told: { obligation } }) => obligation?.penalty));
        await round.resume();
      }
      const onTheWay = Promise.all(rounds.map((round) => round.next()));
      if (step === underWay) {
        await killUnder(rounds);
        kills++;
      }
      await onTheWay;
    }
    for (const round of rounds) round.expectResult();
    expect(kills).toBe(1 + Math.max(...rounds.map(({ now }) => now.script.length)));
    for (const { client } of rounds.flatMap(({ all }) => all)) client.leave();
  },
);

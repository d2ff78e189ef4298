/**
 * A game of rounds of one format over the real room: a host, simple players, a spectator and a late comer on a virtual clock,
 * while lines break, the process dies and the object is evicted. Then everything is checked: each stream for secrets, each
 * result against an independent count, and the room against its journal. One seed decides all of it.
 */

import { fingerprint } from "../adapter.ts";
import { Audit } from "../audit.ts";
import { EventQueue } from "../platform/event-queue.ts";
import { Network } from "../platform/network.ts";
import { SimulatedServer } from "../platform/simulated-server.ts";
import { Random } from "../random.ts";
import { Trace } from "../trace.ts";
import { same, Violation, violated } from "../violation.ts";
import { simulatedFormats } from "./games.ts";
import { checkResult, checkStandings } from "./referee.ts";
import { RoundClient } from "./round-client.ts";
import { hostOf, player, type HostValues, type Plan } from "./strategies.ts";
import { checkOthersPositions, checkStream, type Disclosed } from "./stream-check.ts";
import type { Sabotage } from "../platform/server-settings.ts";

export interface RoundReport {
  rounds: number;
  aborted: number;
  trades: number;
  crashes: number;
  evictions: number;
  cuts: number;
  reconnects: number;
  messages: number;
}

/** Virtual time after which a game that is not over hangs. */
const mostUs = 1_800_000_000;
const restMostUs = 60_000_000;

export function playRounds(format: string, seed: number, sabotage?: Sabotage): RoundReport {
  const game = new RoundGame(format, seed, sabotage);
  try {
    return game.play();
  } catch (fault) {
    const what = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    throw new Violation(
      [`${format}, seed ${seed}: ${what}`, "the last events:", ...game.trace.lines()].join("\n"),
    );
  }
}

class RoundGame {
  readonly trace = new Trace();
  readonly #queue = new EventQueue();
  readonly #random: Random;
  readonly #audit = new Audit();
  readonly #server: SimulatedServer;
  readonly #network: Network;
  readonly #plan: Plan;
  readonly #settledByHost: HostValues = new Map();
  readonly #host: RoundClient;
  readonly #players: RoundClient[];
  readonly #watchers: RoundClient[];
  readonly #count = { crashes: 0, evictions: 0 };

  constructor(format: string, seed: number, sabotage?: Sabotage) {
    const random = (this.#random = new Random(seed));
    const kind = simulatedFormats[format];
    if (kind === undefined) throw new Error(`There is no simulated format ${format}.`);
    const traders = random.between(kind.seats.least, kind.seats.most);
    const rounds = random.between(1, 2);
    this.#plan = {
      ...{ format, params: kind.params(random), rounds, traders },
      ...{ isAuto: random.chance(0.6), isLearning: random.chance(0.4) },
      aborted: random.chance(0.15) ? random.between(1, rounds) : 0,
    };
    this.#server = new SimulatedServer(this.#queue, random.fork(), this.#audit, this.trace, {
      ...{ onDisconnect: random.pick(["keep", "cancel"]), markLots: random.pick([1, 5]) },
      ...{ commitLeastUs: 100, commitMostUs: 3_000 },
      ...{ snapshotEvery: random.pick([20, 200]), slice: random.pick([2, 50]) },
      ...(sabotage === undefined ? {} : { sabotage }),
    });
    const delays = { leastUs: 100, mostUs: random.pick([300, 20_000]) };
    this.#network = new Network(this.#queue, random.fork(), delays, this.#server);
    const here = () => this.#players.filter(({ userId }) => userId !== null).length;
    this.#host = this.#client(
      "Exchange",
      "exchange",
      hostOf(this.#plan, here, this.#settledByHost),
    );
    this.#players = Array.from({ length: traders }, (_, at) =>
      this.#client(`Bot ${at + 1}`, "trader", player),
    );
    this.#watchers = [this.#client("Watcher", "spectator", () => null)];
  }

  #client(name: string, role: "exchange" | "trader" | "spectator", strategy: typeof player) {
    return new RoundClient(this.#network, this.#random.fork(), { name, role }, 700_000, strategy);
  }

  get #clients(): RoundClient[] {
    return [this.#host, ...this.#players, ...this.#watchers];
  }

  play(): RoundReport {
    for (const client of this.#clients) client.start();
    this.#queue.after(this.#random.between(2_000_000, 30_000_000), () => this.#letLateOneIn());
    this.#planFault();
    this.#pass("the rounds do not come to their end", () => this.#isOver, mostUs);
    for (const client of this.#clients) client.isSilent = true;
    const isAtRest = () => this.#server.isIdle && this.#clients.every((one) => one.isSettled);
    this.#pass("the room does not come to rest", isAtRest, restMostUs);
    this.#pass("mail does not arrive", () => this.#network.inFlight === 0, restMostUs);
    return this.#check();
  }

  get #isOver(): boolean {
    const { round } = this.#host;
    const isDone = round?.state === "done" || round?.state === "aborted";
    return isDone && round.round >= this.#plan.rounds;
  }

  #pass(what: string, holds: () => boolean, withinUs: number): void {
    const untilUs = this.#queue.nowUs + withinUs;
    while (!holds()) {
      if (!this.#queue.step()) violated("nothing is going to happen any more");
      if (this.#queue.nowUs > untilUs) violated(what, { round: this.#host.round });
    }
  }

  /** Lets a trader come who is dealt in with the next round. */
  #letLateOneIn(): void {
    const { most } = simulatedFormats[this.#plan.format]?.seats ?? { most: 0 };
    // Everybody who is there is dealt in.
    if (this.#isOver || this.#players.length >= most) return;
    const late = this.#client("Late", "trader", player);
    this.#players.push(late);
    late.start();
  }

  // Faults

  #planFault(): void {
    this.#queue.after(this.#random.between(100_000, 5_000_000), () => {
      if (this.#isOver) return;
      this.#fault();
      this.#planFault();
    });
  }

  #fault(): void {
    const random = this.#random;
    const server = this.#server;
    const dice = random.below(10);
    if (dice < 4) return random.pick(this.#clients).cut();
    if (dice < 6) return random.pick(this.#clients).abandon();
    if (dice < 8) {
      if (!server.isIdle) return;
      this.#count.evictions++;
      return server.evict();
    }
    if (dice < 9) {
      if (!server.isUp) return;
      this.#count.crashes++;
      return server.crash(random.between(100, 400_000));
    }
    server.disk.failsNext = random.pick(["append", "commit", "sync"]);
  }

  // Checks

  #check(): RoundReport {
    const { format } = this.#plan;
    const server = this.#server;
    same("replay gives another room", fingerprint(server.standby.room), fingerprint(server.room));
    const results = Array.from({ length: this.#plan.rounds }, (_, at) => this.#resultOf(at + 1));
    const disclosed = results.map((result): Disclosed => {
      const told = this.#toldOf(result.round);
      const deal = checkResult({
        ...{ room: "TESTAA", format, told, result, params: told.params },
        ...{ fills: this.#audit.fills, instruments: this.#audit.instruments },
        ...{ entries: [...server.disk.entries(1)], settledByHost: this.#settledByHost },
      });
      const seats = result.hands.map(({ user_id }) => user_id);
      return { round: result.round, seed: result.seed, deal, seats };
    });
    checkStandings(results);
    for (const client of this.#clients) checkStream(client, disclosed);
    for (const one of disclosed.slice(0, 1))
      checkOthersPositions(this.#host, this.#audit.fills, one);
    const sumOf = (of: (client: RoundClient) => number) =>
      this.#clients.reduce((sum, client) => sum + of(client), 0);
    return {
      ...{ rounds: results.length, aborted: results.filter(({ aborted }) => aborted).length },
      ...{ trades: this.#audit.trades.length, ...this.#count, cuts: this.#network.cuts },
      reconnects: sumOf((client) => client.reconnects),
      messages: sumOf((client) => client.heard.length),
    };
  }

  /** The result of a round as clients were told it: all the same. */
  #resultOf(round: number) {
    const all = this.#clients.flatMap((client) => client.results.get(round) ?? []);
    const [first] = all;
    if (first === undefined) return violated("nobody was told a result", { round });
    const facts = ({ seed, hands, table, deck, rows, settlement }: typeof first) => ({
      ...{ seed, hands, table, deck, rows, settlement },
    });
    for (const other of all)
      same("a result that others were told otherwise", facts(other), facts(first));
    return first;
  }

  /** The round as it was told last, with all its parameters. */
  #toldOf(round: number) {
    const told = this.#clients
      .flatMap(({ heard }) => heard.map(({ message }) => message))
      .filter((message) => message.type === "round" && message.round === round)
      .findLast(
        (message) => message.type === "round" && (message.state !== "running" || isLate(message)),
      );
    return told?.type === "round" ? told : violated("a round was not told to its end", { round });
  }
}

function isLate({ step }: { step: { kind: string } }): boolean {
  return step.kind === "review";
}

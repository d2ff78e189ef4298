/**
 * One simulated game: a room, a host, traders and spectators on a virtual clock, with faults in between, all drawn from
 * one seed. The same seed and settings give the same game, event by event.
 */

import type { Role } from "#protocol";
import { Audit } from "./audit.ts";
import { Client, type Strategy } from "./players/client.ts";
import type { World } from "./players/world.ts";
import { EventQueue } from "./platform/event-queue.ts";
import { HostBot } from "./players/host-bot.ts";
import { SimulationFailure } from "./failure.ts";
import { FaultSchedule, type FaultKind } from "./fault-schedule.ts";
import type { GameReport, GameSettings } from "./game-settings.ts";
import { Network } from "./platform/network.ts";
import { Proxy, type FrameFaultCount } from "./platform/proxy.ts";
import { Random } from "./random.ts";
import { SimulatedServer } from "./platform/simulated-server.ts";
import { checkAtRest, checkMoney, checkReplay, moneyParts } from "./thorough.ts";
import { Trace } from "./trace.ts";
import { spectator, Trader } from "./players/trader.ts";
import { same, violated } from "./violation.ts";
import { fingerprint } from "./adapter.ts";

/** Time after which a rest that has not come is a fault. */
const restMostUs = 120_000_000;
/** Time after which the platform lets a quiet object go. */
const hibernationUs = 10_000_000;
/** Requests of traders between two of the host's. */
const hostShare = 80;
const stepsMostARequest = 2_000;

export function playGame(settings: GameSettings): GameReport {
  const game = new Game(settings);
  try {
    return game.play();
  } catch (fault) {
    const { queue, server, trace } = game;
    throw new SimulationFailure(settings, queue.steps, server.requests, fault, trace);
  }
}

class Game {
  readonly queue = new EventQueue();
  readonly trace = new Trace();
  readonly server: SimulatedServer;
  readonly #settings: GameSettings;
  readonly #random: Random;
  readonly #audit = new Audit();
  readonly #world: World;
  readonly #clients: Client[] = [];
  readonly #hostBot: HostBot;
  readonly #count = { crashes: 0, crashesInCommit: 0, evictions: 0, diskFaults: 0, rests: 0 };
  readonly #frameFaults: FrameFaultCount = { doubled: 0, swapped: 0 };
  readonly #pauseUs: number;
  #replaced = 0;
  readonly #schedule: FaultSchedule;

  constructor(settings: GameSettings) {
    const random = new Random(settings.seed);
    this.#settings = settings;
    this.#random = random;
    this.#pauseUs = random.pick(settings.pausesUs);
    this.server = new SimulatedServer(this.queue, random.fork(), this.#audit, this.trace, {
      onDisconnect: random.pick(["keep", "cancel"]),
      markLots: random.pick([1, 2, 5]),
      commitLeastUs: random.pick([100, 1_000]),
      commitMostUs: random.pick([2_000, 4_000]),
      snapshotEvery: random.pick(settings.snapshotsEvery),
      slice: random.pick(settings.slices),
      ...(settings.sabotage === undefined ? {} : { sabotage: settings.sabotage }),
    });
    const delays = { leastUs: 100, mostUs: random.pick([300, 2_000, 20_000]) };
    this.#world = {
      network: new Network(this.queue, random.fork(), delays, this.server),
      audit: this.#audit,
      disk: this.server.disk,
      counts: {
        answers: 0,
        duplicates: 0,
        resent: 0,
        reconnects: 0,
        joinsRepeated: 0,
        comebacks: 0,
        gone: 0,
      },
      resting: false,
    };
    const ids = () =>
      this.#clients.flatMap(({ role, userId }) => (role === "trader" ? (userId ?? 1) : []));
    this.#hostBot = new HostBot(
      random.fork(),
      (hostShare * this.#pauseUs) / settings.bots,
      () => this.server.nowMs,
      ids,
    );
    this.#schedule = new FaultSchedule(random, settings.faults, () => this.server.requests);
  }

  play(): GameReport {
    const { bots, commands } = this.#settings;
    this.#admitPlayer({ name: "Exchange", role: "exchange" }, this.#hostBot);
    for (let n = 1; n <= bots; n++) this.#admitTrader();
    for (let n = 1; n <= 2; n++)
      this.#admitPlayer({ name: `Eye ${n}`, role: "spectator" }, spectator);
    for (let seen = 0; seen < commands;) {
      this.#step();
      if (this.server.requests === seen) continue;
      seen = this.server.requests;
      this.#schedule.strike((kind) => this.#strike(kind));
      this.#replaceTheKicked();
    }
    this.#end();
    return this.#report();
  }

  // Players

  #admitPlayer(who: { name: string; role: Role }, strategy: Strategy): void {
    this.#admit(new Client(this.#world, this.#random.fork(), who, strategy));
  }

  #admit(client: Client): void {
    this.#clients.push(client);
    client.connect();
    client.wake();
  }

  #admitTrader(): void {
    const random = this.#random;
    const frameFaults = random.pick([null, null, { doubled: 0.02, swapped: 0.02 }]);
    const proxy =
      frameFaults === null ? null : new Proxy(random.fork(), frameFaults, this.#frameFaults);
    const who = { name: `Bot ${this.#clients.length}`, role: "trader" } as const;
    const trader = new Trader(random.fork(), this.#pauseUs);
    this.#admit(new Client(this.#world, random.fork(), who, trader, proxy));
  }

  /** Lets a new trader come for everybody who was removed. */
  #replaceTheKicked(): void {
    for (; this.#replaced < this.#world.counts.gone; this.#replaced++) this.#admitTrader();
  }

  // Faults

  /** Lets a fault happen, most of them at a random moment soon after: between any two steps. */
  #strike(kind: FaultKind): void {
    if (kind === "rests") this.#rest(this.#random.chance(0.5));
    else if (kind === "evictions") this.#evict();
    else this.queue.after(this.#random.below(3_000), () => this.#fault(kind));
  }

  #fault(kind: Exclude<FaultKind, "rests" | "evictions">): void {
    const random = this.#random;
    const { server } = this;
    switch (kind) {
      case "cuts":
        return random.pick(this.#clients).cut();
      case "abandoned":
        return random.pick(this.#clients).abandon();
      case "diskFaults":
        this.#count.diskFaults++;
        server.disk.failsNext = random.pick(["append", "commit", "sync"]);
        return;
      case "crashes":
        if (!server.isUp) return;
        this.#count.crashes++;
        if (server.hasCommitUnderWay) this.#count.crashesInCommit++;
        return server.crash(random.between(100, 30_000));
    }
  }

  // Time

  #step(): void {
    if (!this.queue.step()) violated("nothing is going to happen any more");
    if (this.queue.steps > stepsMostARequest * (this.#settings.commands + 1_000))
      violated("the game does not come forward");
  }

  #pass(us: number): void {
    let isOver = false;
    this.queue.after(us, () => (isOver = true));
    while (!isOver) this.#step();
  }

  /** Keeps everybody silent until `holds` is true; then does something, and lets all go on. */
  #silence(holds: () => boolean, act: () => void): void {
    const untilUs = this.queue.nowUs + restMostUs;
    this.#world.resting = true;
    while (!holds()) {
      if (this.queue.nowUs > untilUs)
        violated("the room does not come to rest", this.#pendingWork());
      // Lets time pass even if nothing is planned.
      this.#pass(5_000);
    }
    act();
    this.#world.resting = false;
    for (const client of this.#clients) client.wake();
  }

  /** Evicts the object in a quiet moment, while frames are on their way to it. */
  #evict(): void {
    this.#silence(
      () => this.server.isIdle,
      () => {
        this.#count.evictions++;
        this.server.evict();
      },
    );
  }

  /**
   * Keeps everybody silent until all has arrived; then checks everything.
   * @param evicts whether the object goes from memory and comes back
   */
  #rest(evicts: boolean): void {
    const { network } = this.#world;
    const isAtRest = () =>
      network.inFlight === 0 && this.server.isQuiet && this.#clients.every((one) => one.isSettled);
    this.#silence(isAtRest, () => {
      this.#count.rests++;
      this.trace.add(this.queue.steps, this.queue.nowUs, "rest", { evicts });
      checkAtRest(this.server, this.#audit, this.#clients);
      checkReplay(this.server, this.#clients);
      if (evicts) this.#hibernate();
    });
  }

  /** Evicts the object after a while, and checks that it wakes as the same room. */
  #hibernate(): void {
    const { server } = this;
    this.#pass(hibernationUs);
    const before = fingerprint(server.room);
    this.#count.evictions++;
    server.evict();
    same("the room is another after it has slept", fingerprint(server.room), before);
    checkAtRest(server, this.#audit, this.#clients);
  }

  #pendingWork() {
    return {
      inFlight: this.#world.network.inFlight,
      isQuiet: this.server.isQuiet,
      unsettled: this.#clients.filter((one) => !one.isSettled).map((one) => one.describe()),
    };
  }

  /** Settles everything, closes the session perhaps, and checks all there is. */
  #end(): void {
    this.#rest(false);
    checkMoney(this.server.room, this.#audit, this.#random.below(moneyParts));
    const { instruments } = this.server.room.state;
    for (const { inst, settled, type } of instruments)
      if (!settled && (type === "SCALAR" || this.#random.chance(0.5)))
        this.#hostBot.request({ op: "settle", inst, value: this.#random.between(-50, 250) / 2 });
    if (this.#random.chance(0.5)) this.#hostBot.request({ op: "session", state: "closed" });
    const last = this.server.requests + 20 * this.#settings.bots;
    while (this.server.requests < last || this.#hostBot.isBusy) {
      this.#step();
      this.#replaceTheKicked();
    }
    this.#rest(true);
  }

  #report(): GameReport {
    const { requests, replayed, commits, absence, disk } = this.server;
    return {
      ...{ requests, replayed, commits, absent: absence.dropped },
      ...{ entries: disk.length, trades: this.#audit.trades.length },
      ...{ cuts: this.#world.network.cuts, steps: this.queue.steps },
      ...this.#count,
      ...this.#frameFaults,
      ...this.#world.counts,
    };
  }
}

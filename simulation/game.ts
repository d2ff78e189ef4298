/**
 * One simulated game: a room, a host, traders and spectators on a virtual clock, with faults in between, all drawn from
 * one seed. The same seed and settings give the same game, event by event.
 */

import { Audit } from "./audit.ts";
import { Client, type Tally, type World } from "./players/client.ts";
import { EventQueue } from "./platform/event-queue.ts";
import { HostBot } from "./players/host-bot.ts";
import { Network } from "./platform/network.ts";
import { Proxy, type MischiefCount } from "./platform/proxy.ts";
import { Random } from "./random.ts";
import { RoomHost, type HostSettings } from "./platform/room-host.ts";
import { checkAtRest, checkMoney, checkReplay, moneyParts } from "./thorough.ts";
import { Trace } from "./trace.ts";
import { spectator, Trader } from "./players/trader.ts";
import { same, violated } from "./violation.ts";
import { fingerprint } from "./adapter.ts";

/** Mean numbers of faults in a thousand requests. */
export interface Faults {
  cuts: number;
  abandoned: number;
  crashes: number;
  evictions: number;
  diskFaults: number;
  /** Pauses in which everything is checked, and after which the object may have gone from memory. */
  rests: number;
}

export interface GameSettings {
  seed: number;
  bots: number;
  /** Requests that reach the room, at least. */
  commands: number;
  faults: Faults;
  /** So many entries lie between two snapshots: one of these. */
  snapshotsEvery: readonly number[];
  /** So many connections get their slice of a beat in one turn: one of these. */
  slices: readonly number[];
  /** A trader thinks for so long on average, microseconds: one of these. */
  pausesUs: readonly number[];
  sabotage?: HostSettings["sabotage"];
}

export interface GameReport extends Tally, MischiefCount {
  requests: number;
  replayed: number;
  trades: number;
  entries: number;
  commits: number;
  absent: number;
  cuts: number;
  crashes: number;
  crashesInCommit: number;
  evictions: number;
  diskFaults: number;
  rests: number;
  steps: number;
}

/** A game that broke a promise: everything that is needed to see it again. */
export class SimulationFailure extends Error {
  override readonly name = "SimulationFailure";
  readonly settings: GameSettings;
  readonly step: number;

  constructor(
    settings: GameSettings,
    step: number,
    requests: number,
    cause: unknown,
    trace: Trace,
  ) {
    const what = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    super(
      [
        `seed ${settings.seed}, step ${step}, request ${requests}: ${what}`,
        "the last events:",
        ...trace.lines().map((line) => `  ${line}`),
      ].join("\n"),
      { cause },
    );
    this.settings = settings;
    this.step = step;
  }
}

/** A rest that takes longer than this never comes. */
const restMostUs = 120_000_000;
/** After so long the platform lets a quiet object go. */
const hibernationUs = 10_000_000;
/** The traders' requests between two of the host's. */
const hostShare = 80;
const stepsMostARequest = 2_000;

export function playGame(settings: GameSettings): GameReport {
  const game = new Game(settings);
  try {
    return game.play();
  } catch (fault) {
    const { queue, host, trace } = game;
    throw new SimulationFailure(settings, queue.steps, host.requests, fault, trace);
  }
}

class Game {
  readonly queue = new EventQueue();
  readonly trace = new Trace();
  readonly host: RoomHost;
  readonly #settings: GameSettings;
  readonly #random: Random;
  readonly #audit = new Audit();
  readonly #world: World;
  readonly #clients: Client[] = [];
  readonly #hostBot: HostBot;
  readonly #count = { crashes: 0, crashesInCommit: 0, evictions: 0, diskFaults: 0, rests: 0 };
  readonly #mischief: MischiefCount = { doubled: 0, swapped: 0 };
  readonly #pauseUs: number;
  #replaced = 0;
  /** At how many requests the next fault of each kind is due, and of any kind. */
  readonly #due: Record<keyof Faults, number>;
  #nextDue = 0;

  constructor(settings: GameSettings) {
    const random = new Random(settings.seed);
    this.#settings = settings;
    this.#random = random;
    this.#pauseUs = random.pick(settings.pausesUs);
    this.host = new RoomHost(this.queue, random.fork(), this.#audit, this.trace, {
      onDisconnect: random.pick(["keep", "cancel"]),
      commitLeastUs: random.pick([100, 1_000]),
      commitMostUs: random.pick([2_000, 4_000]),
      snapshotEvery: random.pick(settings.snapshotsEvery),
      slice: random.pick(settings.slices),
      ...(settings.sabotage === undefined ? {} : { sabotage: settings.sabotage }),
    });
    const weather = { leastUs: 100, mostUs: random.pick([300, 2_000, 20_000]) };
    this.#world = {
      network: new Network(this.queue, random.fork(), weather, this.host),
      audit: this.#audit,
      disk: this.host.disk,
      tally: { answers: 0, duplicates: 0, resent: 0, reconnects: 0, joinsRepeated: 0, gone: 0 },
      resting: false,
    };
    const ids = () =>
      this.#clients.flatMap(({ role, userId }) => (role === "trader" ? (userId ?? 1) : []));
    this.#hostBot = new HostBot(
      random.fork(),
      (hostShare * this.#pauseUs) / settings.bots,
      () => this.host.nowMs,
      ids,
    );
    this.#due = { ...settings.faults };
    for (const kind of Object.keys(settings.faults) as (keyof Faults)[]) this.#draw(kind);
  }

  play(): GameReport {
    const { bots, commands } = this.#settings;
    this.#admit(
      new Client(
        this.#world,
        this.#random.fork(),
        { name: "Exchange", role: "exchange" },
        this.#hostBot,
      ),
    );
    for (let n = 1; n <= bots; n++) this.#admitTrader();
    for (let n = 1; n <= 2; n++)
      this.#admit(
        new Client(
          this.#world,
          this.#random.fork(),
          { name: `Eye ${n}`, role: "spectator" },
          spectator,
        ),
      );
    for (let seen = 0; seen < commands;) {
      this.#step();
      if (this.host.requests === seen) continue;
      seen = this.host.requests;
      this.#strike();
      this.#replaceTheKicked();
    }
    this.#end();
    return this.#report();
  }

  // Who takes part

  #admit(client: Client): void {
    this.#clients.push(client);
    client.connect();
    client.wake();
  }

  #admitTrader(): void {
    const random = this.#random;
    const mischief = random.pick([null, null, { doubled: 0.02, swapped: 0.02 }]);
    const proxy = mischief === null ? null : new Proxy(random.fork(), mischief, this.#mischief);
    const who = { name: `Bot ${this.#clients.length}`, role: "trader" } as const;
    const trader = new Trader(random.fork(), this.#pauseUs);
    this.#admit(new Client(this.#world, random.fork(), who, trader, proxy));
  }

  /** For everybody who was removed somebody new comes. */
  #replaceTheKicked(): void {
    for (; this.#replaced < this.#world.tally.gone; this.#replaced++) this.#admitTrader();
  }

  // Faults

  #draw(kind: keyof Faults): void {
    const mean = 1_000 / this.#settings.faults[kind];
    this.#due[kind] =
      this.host.requests + (Number.isFinite(mean) ? 1 + this.#random.below(2 * mean) : Infinity);
  }

  /** Lets happen what has fallen due: at a random moment soon after, for between any two steps is where it hurts. */
  #strike(): void {
    if (this.host.requests < this.#nextDue) return;
    for (const kind of Object.keys(this.#due) as (keyof Faults)[]) {
      if (this.host.requests < this.#due[kind]) continue;
      this.#draw(kind);
      if (kind === "rests") this.#rest(this.#random.chance(0.5));
      else if (kind === "evictions") this.#evict();
      else this.queue.after(this.#random.below(3_000), () => this.#fault(kind));
    }
    this.#nextDue = Math.min(...Object.values(this.#due));
  }

  #fault(kind: Exclude<keyof Faults, "rests" | "evictions">): void {
    const random = this.#random;
    const { host } = this;
    switch (kind) {
      case "cuts":
        return random.pick(this.#clients).cut();
      case "abandoned":
        return random.pick(this.#clients).abandon();
      case "diskFaults":
        this.#count.diskFaults++;
        host.disk.failsNext = random.pick(["append", "commit", "sync"]);
        return;
      case "crashes":
        if (!host.isUp) return;
        this.#count.crashes++;
        if (host.hasCommitUnderWay) this.#count.crashesInCommit++;
        return host.crash(random.between(100, 30_000));
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

  /** Everybody is silent until it holds; then something is done, and all go on. */
  #silence(holds: () => boolean, act: () => void): void {
    const untilUs = this.queue.nowUs + restMostUs;
    this.#world.resting = true;
    while (!holds()) {
      if (this.queue.nowUs > untilUs) violated("the room does not come to rest", this.#unrest());
      // Time passes even if nothing is planned.
      this.#pass(5_000);
    }
    act();
    this.#world.resting = false;
    for (const client of this.#clients) client.wake();
  }

  /** The object goes from memory in a quiet moment, while frames are on their way to it. */
  #evict(): void {
    this.#silence(
      () => this.host.isIdle,
      () => {
        this.#count.evictions++;
        this.host.evict();
      },
    );
  }

  /**
   * Everybody is silent until all has arrived; then everything is checked.
   * @param evicts the object goes from memory and comes back
   */
  #rest(evicts: boolean): void {
    const { network } = this.#world;
    const isAtRest = () =>
      network.inFlight === 0 && this.host.isQuiet && this.#clients.every((one) => one.isSettled);
    this.#silence(isAtRest, () => {
      this.#count.rests++;
      this.trace.add(this.queue.steps, this.queue.nowUs, "rest", { evicts });
      checkAtRest(this.host, this.#audit, this.#clients);
      checkReplay(this.host, this.#clients);
      if (evicts) this.#hibernate();
    });
  }

  /** The object goes from memory after a while, and wakes as the very room that it was. */
  #hibernate(): void {
    const { host } = this;
    this.#pass(hibernationUs);
    const before = fingerprint(host.room);
    this.#count.evictions++;
    host.evict();
    same("the room is another after it has slept", fingerprint(host.room), before);
    checkAtRest(host, this.#audit, this.#clients);
  }

  #unrest() {
    return {
      inFlight: this.#world.network.inFlight,
      isQuiet: this.host.isQuiet,
      unsettled: this.#clients.filter((one) => !one.isSettled).map((one) => one.describe()),
    };
  }

  /** Settles everything, closes the session perhaps, and checks all there is. */
  #end(): void {
    this.#rest(false);
    checkMoney(this.host.room, this.#audit, this.#random.below(moneyParts));
    const { instruments } = this.host.room.state;
    for (const { inst, settled, type } of instruments)
      if (!settled && (type === "SCALAR" || this.#random.chance(0.5)))
        this.#hostBot.wish({ op: "settle", inst, value: this.#random.between(-50, 250) / 2 });
    if (this.#random.chance(0.5)) this.#hostBot.wish({ op: "session", state: "closed" });
    const last = this.host.requests + 20 * this.#settings.bots;
    while (this.host.requests < last || this.#hostBot.isBusy) {
      this.#step();
      this.#replaceTheKicked();
    }
    this.#rest(true);
  }

  #report(): GameReport {
    const { requests, replayed, commits, absent, disk } = this.host;
    return {
      ...{
        requests,
        replayed,
        commits,
        absent,
        entries: disk.length,
        trades: this.#audit.trades.length,
      },
      ...{ cuts: this.#world.network.cuts, steps: this.queue.steps },
      ...this.#count,
      ...this.#mischief,
      ...this.#world.tally,
    };
  }
}

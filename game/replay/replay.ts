/**
 * A finished session, led back and forth: a second room follows the log, and snapshots along the way let it go back
 * without beginning anew. Knows no page and no clock.
 */

import type { Context, Recorder, TradeRecord } from "../context.ts";
import type { Engines } from "../journal/waking.ts";
import { readSnapshot, takeSnapshot } from "../journal/snapshot.ts";
import { silence } from "../outbox.ts";
import { Room } from "../room.ts";
import { noLog } from "../journal/log.ts";
import { emptyState, type RoomState } from "../state.ts";
import { isSettled, openRound, type RoundState } from "../rounds/state.ts";
import { fromUnits } from "../units/decimals.ts";
import { Entries, seedsIn, type LogLine, type Naming } from "./lines.ts";
import { MarkFinder, type Mark } from "./marks.ts";

/** Lines between two snapshots: some tens of milliseconds of work, as much as a snapshot takes. */
const betweenKeyframes = 5_000;
/** Lines applied in one step of loading: some milliseconds of work. */
const stepLines = 1_000;

export interface ReplayedTrade extends TradeRecord {
  /** Number of lines that have been applied when it has happened. */
  at: number;
}

/** The room after so many lines. */
interface Keyframe {
  at: number;
  rounds: number;
  bytes: Uint8Array;
}

const journal = { append() {}, read: () => null, fullness: 0 };

/** A room that is yet to be made. Its log is closed: the one that is there needs no second. */
const unmade = (): RoomState => ({ ...emptyState(), log: { ...noLog, isClosed: true } });

/** The key of a user's holding of an instrument. */
export const holding = (userId: number | null, inst: number | null) => `${userId}/${inst}`;

/** The fault of a log that does not lead to a room: at which line, and why. */
export class ReplayFault extends Error {
  override readonly name = "ReplayFault";
  /** The line, 1 for the first. */
  readonly line: number;

  constructor(line: number, cause: unknown) {
    super(`line ${line}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.line = line;
  }
}

export class Replay {
  readonly lines: readonly LogLine[];
  readonly trades: ReplayedTrade[] = [];
  readonly marks: Mark[] = [];
  /** Contracts that users were dealt in rounds that are settled, by user and instrument: no trade tells of them. */
  readonly dealt = new Map<string, number>();
  readonly #engines: Engines;
  readonly #nameOf: Naming;
  readonly #seeds: ReadonlyMap<number, string>;
  readonly #keyframes: Keyframe[] = [];
  readonly #keyframeEvery: number;
  #room: Room;
  #entries: Entries;
  /** Lines applied to the room. */
  #at = 0;
  /** The round whose dealt contracts were noted last. */
  #noted: RoundState | null = null;

  /** @param keyframeEvery lines between two snapshots */
  constructor(
    lines: readonly LogLine[],
    engines: Engines,
    nameOf: Naming,
    keyframeEvery = betweenKeyframes,
  ) {
    this.#keyframeEvery = keyframeEvery;
    this.lines = lines;
    this.#engines = engines;
    this.#nameOf = nameOf;
    this.#seeds = seedsIn(lines);
    this.#room = new Room(engines.create(), journal, silence, unmade());
    this.#entries = new Entries(nameOf, this.#seeds);
  }

  /** The room at the moment that was sought last. */
  get context(): Context {
    return this.#room.context;
  }

  get at(): number {
    return this.#at;
  }

  /** Plays the whole log once, and finds trades and marks. Throws a `ReplayFault`. @yields the share that is done */
  *load(): Generator<number> {
    const finder = new MarkFinder();
    const recorder: Recorder = {
      order() {},
      change() {},
      trade: (trade) => void this.trades.push({ ...trade, at: this.#at + 1 }),
    };
    for (const line of this.lines) {
      if (this.#at % this.#keyframeEvery === 0 && this.#at > 0) this.#keep();
      this.#apply(line, recorder);
      const { state } = this.#room;
      if (state.round !== null && state.round !== this.#noted) this.#noteDealt(state.round);
      this.marks.push(...finder.after(line, this.#at, state, (inst) => this.#worth(inst)));
      if (this.#at % stepLines === 0) yield this.#at / this.lines.length;
    }
  }

  /** Goes to the moment after `at` lines, all of which have been loaded. */
  seek(at: number): Context {
    const target = Math.max(0, Math.min(at, this.lines.length));
    const from = this.#keyframes.findLast((frame) => frame.at <= target);
    if (target < this.#at || (from !== undefined && from.at > this.#at)) this.#restore(from);
    while (this.#at < target) this.#apply(this.lines[this.#at] as LogLine, null);
    return this.#room.context;
  }

  #apply(line: LogLine, recorder: Recorder | null): void {
    try {
      const entry = this.#entries.next(line, this.#room.state.journalled + 1);
      if (entry !== null) this.#room.replay(entry, recorder);
      if (line.input.op === "bot_add") this.#nameBots();
    } catch (fault) {
      throw new ReplayFault(this.#at + 1, fault);
    }
    this.#at++;
  }

  #noteDealt(round: RoundState): void {
    if (!isSettled(round)) return;
    this.#noted = round;
    const { endowments = [] } = openRound(round).dealt;
    for (const [seat, contracts] of endowments.entries())
      for (const [place, qty] of contracts.entries())
        this.dealt.set(holding(round.seats[seat] ?? 0, round.insts[place] ?? 0), qty);
  }

  #nameBots(): void {
    for (const user of this.#room.state.users.values())
      if (user.bot !== null) user.name = this.#nameOf(user.userId);
  }

  #keep(): void {
    const bytes = takeSnapshot(this.#room.state, this.#room.context.engine);
    this.#keyframes.push({ at: this.#at, rounds: this.#entries.rounds, bytes });
  }

  #restore(frame: Keyframe | undefined): void {
    const read = frame === undefined ? null : readSnapshot(frame.bytes);
    const engine = read === null ? this.#engines.create() : this.#engines.restore(read.engine);
    this.#room = new Room(engine, journal, silence, read?.state ?? unmade());
    this.#entries = new Entries(this.#nameOf, this.#seeds, frame?.rounds ?? 0);
    this.#at = frame?.at ?? 0;
  }

  #worth(inst: number): string {
    const { engine } = this.#room.context;
    const units = engine.settlementUnits(inst);
    return units === null ? "" : String(fromUnits(Number(units), engine.decimals(inst)));
  }
}

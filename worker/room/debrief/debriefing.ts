/**
 * Makes the debrief and the log of a session from its journal, one step in each turn, as the tables for files are made:
 * beside the trading, with pauses in which other rooms have their turns. A pass that is cut off begins again.
 */

import { Analysis } from "#game/debrief/analysis.ts";
import { endingOf, type Ending } from "#game/debrief/ending.ts";
import type { JournalEntry } from "#game/journal/entry.ts";
import type { Engines } from "#game/journal/waking.ts";
import type { Room } from "#game/room.ts";
import { leaderboardRows } from "#game/views/holdings.ts";
import { maskedNames } from "#protocol";
import { serverClock } from "../../clock.ts";
import { catchUpSeats } from "../../limits/heavy-work.ts";
import type { SqlJournal } from "../storage/journal.ts";
import { namesOf } from "./access.ts";
import { DebriefTables, rowLines, type Piece, type PieceTable } from "./tables.ts";

/** Entries that are looked at in a step: two milliseconds or so. */
const stepEntries = 64;
/** Lines that are written at a time. */
const writtenLines = 16 * rowLines;
/** Pauses after a step, and after one that wrote: whoever waits has a turn in them. */
const pauseMs = 2;
const writtenPauseMs = 4;
/** Pause between two deletions. */
const shrunkPauseMs = 10;
const pollMs = 5;
/** Time for which an unfinished pass is kept for who comes back for it. */
const keptMs = 20_000;
/** Age up to which the debrief of a running session is told again. */
const freshMs = 10_000;

/** A pass through the journal, under way. */
interface Pass {
  analysis: Analysis;
  /** The entry with which it ends. */
  target: number;
  ending: Ending;
  /** Entries that were read and not looked at yet. */
  ahead: JournalEntry[];
  at: number;
  lines: string[];
  /** Lines that are written. */
  written: number;
}

export class Debriefing {
  readonly tables: DebriefTables;
  readonly #journal: SqlJournal;
  readonly #engines: Engines;
  #pass: Pass | null = null;
  /** Whether somebody makes steps. */
  #isBusy = false;
  #releasing: ReturnType<typeof setTimeout> | null = null;
  /** Number of deletions of everything: work from before one leaves off. */
  #resets = 0;

  constructor(storage: DurableObjectStorage, journal: SqlJournal, engines: Engines) {
    this.tables = new DebriefTables(storage);
    this.#journal = journal;
    this.#engines = engines;
  }

  /** Entries that the present pass has looked at. */
  get progress(): number {
    return this.#pass?.analysis.state.journalled ?? 0;
  }

  /**
   * Makes the debrief, or waits for who makes it.
   * @param untilMs when to leave off, by the server's clock
   * @returns whether it is there
   */
  async proceed(room: Room, untilMs: number): Promise<boolean> {
    const resets = this.#resets;
    while (!this.#isReady(room)) {
      if (serverClock.now() >= untilMs) return false;
      if (this.#isBusy) await wait(pollMs);
      else await this.#make(room, untilMs);
      if (this.#resets !== resets) return false;
    }
    return true;
  }

  pieces(table: PieceTable, after: number | null, most: number): Piece[] {
    return this.tables.pieces(table, after, most);
  }

  /** Deletes the tables in many turns. */
  async dismiss(): Promise<void> {
    this.release();
    while (this.tables.shrink()) await wait(shrunkPauseMs);
  }

  /** Leaves off: the object deletes everything that is stored. */
  reset(): void {
    this.#resets++;
    this.release();
  }

  /** Frees its memory. */
  release(): void {
    this.#pass = null;
    if (this.#releasing !== null) clearTimeout(this.#releasing);
    this.#releasing = null;
  }

  #isReady(room: Room): boolean {
    const { made } = this.tables;
    if (made === null) return false;
    if (room.state.closedAt !== null) return made.isClosed;
    return made.n === this.#journal.writtenN || serverClock.now() - made.madeMs < freshMs;
  }

  async #make(room: Room, untilMs: number): Promise<void> {
    this.#isBusy = true;
    if (this.#releasing !== null) clearTimeout(this.#releasing);
    this.#pass ??= this.#begin(room);
    const pass = this.#pass;
    const seats = catchUpSeats(pass.target);
    try {
      while (this.#pass === pass && serverClock.now() < untilMs) {
        if (!seats.take(this, serverClock.now())) {
          await wait(pollMs);
          continue;
        }
        if (this.#step(pass)) {
          this.#finish(pass, room);
          return this.release();
        }
        await wait(pass.lines.length === 0 ? writtenPauseMs : pauseMs);
      }
    } catch (fault) {
      this.release();
      throw fault;
    } finally {
      this.#isBusy = false;
      seats.give(this);
      if (this.#pass !== null) this.#releasing = setTimeout(() => this.release(), keptMs);
    }
  }

  #begin(room: Room): Pass {
    this.tables.begin();
    const lines: string[] = [];
    const ending = endingOf(room.context);
    const analysis = new Analysis(this.#engines.create(), ending, (line) => lines.push(line));
    const target = this.#journal.writtenN;
    return { analysis, target, ending, ahead: [], at: 0, lines, written: 0 };
  }

  /** Looks at some entries. @returns whether there are no more */
  #step(pass: Pass): boolean {
    const { analysis, target, lines } = pass;
    for (let count = 0; count < stepEntries; count++) {
      if (analysis.state.journalled >= target) return true;
      const entry = this.#next(pass);
      if (analysis.isSecret(entry)) return true;
      analysis.take(entry);
    }
    if (lines.length >= writtenLines) this.#write(pass, writtenLines);
    return false;
  }

  #next(pass: Pass): JournalEntry {
    if (pass.at >= pass.ahead.length) {
      pass.ahead = this.#journal.written(pass.analysis.state.journalled + 1);
      pass.at = 0;
    }
    const entry = pass.ahead[pass.at++];
    if (entry === undefined) throw new Error("a journal entry is missing");
    return entry;
  }

  #write(pass: Pass, count: number): void {
    this.tables.writeLines(pass.written + 1, pass.lines.splice(0, count));
    pass.written += count;
  }

  #finish(pass: Pass, room: Room): void {
    const { analysis, target, ending } = pass;
    const last = pass.written + pass.lines.length;
    if (pass.lines.length > 0) this.#write(pass, pass.lines.length);
    const debrief = analysis.end();
    if (namesOf(room.state) === "masked") {
      // The traders of pnl.csv, from which the files count: the numbers are the same everywhere.
      const masked = maskedNames(leaderboardRows(room.context).map(({ user_id }) => user_id));
      for (const trader of debrief.traders) trader.name = masked.get(trader.user_id) ?? "";
    }
    this.tables.finish(JSON.stringify(debrief), last, {
      ...{ n: target, isClosed: ending.closedAt !== null, madeMs: serverClock.now() },
    });
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

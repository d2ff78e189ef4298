/** Moments of a session that somebody who looks back wants to find: steps of rounds, news, halts, settlements. */

import { tradingOps } from "../journal/entry.ts";
import { stepOf } from "../rounds/state.ts";
import type { RoomState } from "../state.ts";
import type { LogLine } from "./lines.ts";

export type MarkKind = "session" | "step" | "news" | "halt" | "settlement";

export interface Mark {
  /** Number of lines that have been applied at the moment. */
  at: number;
  ts: number;
  kind: MarkKind;
  /** Words of the room: a step's title, a symbol with what became of it, the news. */
  text: string;
}

/** Finds the marks of a log, line by line. */
export class MarkFinder {
  #session = "";
  #step = "";
  readonly #halted = new Map<number, boolean>();
  readonly #settled = new Set<number>();

  /** The marks that a line makes. @param state after it. @param worth of an instrument that is settled */
  after(
    line: LogLine,
    at: number,
    state: Readonly<RoomState>,
    worth: (inst: number) => string,
  ): Mark[] {
    const { ts, input, accepted } = line;
    const marks: Mark[] = [];
    // Trading makes no mark, and is most of a log.
    if (tradingOps.has(input.op)) return marks;
    const mark = (kind: MarkKind, text: string) => marks.push({ at, ts, kind, text });
    if (state.session !== this.#session) mark("session", (this.#session = state.session));
    const step = stepText(state);
    if (step !== this.#step) {
      this.#step = step;
      if (step !== "") mark("step", step);
    }
    for (const instrument of state.instruments) {
      const { inst, symbol, halted, settled } = instrument;
      if (settled && !this.#settled.has(inst)) {
        this.#settled.add(inst);
        if (instrument.reference === null) mark("settlement", `${symbol} ${worth(inst)}`.trim());
      }
      // A round says by its steps when its instruments trade.
      const known = this.#halted.get(inst) ?? false;
      this.#halted.set(inst, halted);
      if (known !== halted && input.op === "halt")
        mark("halt", halted ? `${symbol} halted` : `${symbol} open`);
    }
    if (input.op === "news" && accepted) mark("news", String(input["text"] ?? ""));
    return marks;
  }
}

function stepText({ round }: Readonly<RoomState>): string {
  if (round === null || round.progress === "done") return "";
  if (round.progress === "aborted") return `Round ${round.round}: aborted`;
  return `Round ${round.round}: ${stepOf(round).title}`;
}

/**
 * Lines of a session's log as journal entries again. The log leaves out secrets and names, which no rule of trading looks
 * at: something stands in their place. Knows no room.
 */

import type { JournalEntry, JournalInput } from "../journal/entry.ts";

/** A line of the log. */
export interface LogLine {
  n: number;
  seq: number;
  ts: number;
  user_id: number;
  input: { op: string } & Record<string, unknown>;
  accepted: boolean;
  hash: string;
}

/** `op` of the line that tells the seed of a round, once its result is told. It is no entry of the journal. */
export const seedOp = "$seed";

export type Naming = (userId: number) => string;

/** Reads the lines of a log. Throws a `SyntaxError` at a line that is no JSON. */
export function readLines(log: string): LogLine[] {
  const lines = log.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as LogLine);
}

/** Seeds of a log's rounds, by the number of the round. */
export function seedsIn(lines: readonly LogLine[]): ReadonlyMap<number, string> {
  const seeds = new Map<number, string>();
  for (const { input } of lines)
    if (input.op === seedOp) seeds.set(Number(input["round"]), String(input["seed"]));
  return seeds;
}

/** Makes journal entries of lines, in order. */
export class Entries {
  readonly #nameOf: Naming;
  readonly #seeds: ReadonlyMap<number, string>;
  #rounds = 0;

  constructor(nameOf: Naming, seeds: ReadonlyMap<number, string>, rounds = 0) {
    this.#nameOf = nameOf;
    this.#seeds = seeds;
    this.#rounds = rounds;
  }

  /** Rounds that were started so far: what a later `Entries` goes on from. */
  get rounds(): number {
    return this.#rounds;
  }

  /** @param n of the next entry. @returns null for a line that is no entry */
  next({ seq, ts, user_id: userId, input, accepted }: LogLine, n: number): JournalEntry | null {
    if (input.op === seedOp) return null;
    const whole = accepted ? this.#whole(input, userId) : input;
    // A replay sends nothing twice, so it need not remember under which ids requests came.
    const { cid: _, ...rest } = whole;
    const entry = { n, seq, ts, userId, reply: null, accepted };
    return { ...entry, input: rest as unknown as JournalInput };
  }

  #whole(input: LogLine["input"], userId: number): LogLine["input"] {
    switch (input.op) {
      case "$create":
        return {
          sessionId: "",
          name: "",
          hostTokenHash: "",
          passcodeHash: null,
          openHost: false,
          ...input,
        };
      case "$join":
        return { ...input, name: this.#nameOf(Number(input["userId"])), tokenHash: "" };
      case "$seat":
        return { ...input, codeHash: "", tokenHash: "" };
      case "rename":
        return { ...input, name: this.#nameOf(Number(input["user_id"] ?? userId)) };
      case "news":
        return { text: "", ...input };
      case "bot_add":
        // Bots get their names when they have come; what they do stands in lines of their own.
        return { ...input, drawnNames: Array(Number(input["count"] ?? 1)).fill(""), drawnSeed: "" };
      case "bot_take":
        return { ...input, drawnSeed: "" };
      case "seat_code":
      case "host_link":
        return { ...input, secretHash: "" };
      case "round_start":
        return this.#round(input);
      default:
        return input;
    }
  }

  #round(input: LogLine["input"]): LogLine["input"] {
    const seed = this.#seeds.get(++this.#rounds);
    // A seed that the host gave is told by its own line as well.
    return { ...input, ...(input["seed"] === undefined ? { drawnSeed: seed } : { seed }) };
  }
}

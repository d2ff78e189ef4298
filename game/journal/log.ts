/**
 * The log of a session: each decided input as a line of JSON that holds the hash of the one before, so that nothing can be
 * changed or left out unseen. Grows with the journal, entry by entry, and ends with the session. Anybody in the room may
 * read it afterwards: it holds no secret, no name and no text of a private news.
 */

import { isSettled, type RoundState } from "../rounds/state.ts";
import type { JournalEntry, JournalInput } from "./entry.ts";
import { firstHash, lineHash } from "./line-hash.ts";

/** End of the log so far. */
export interface LogState {
  /** Lines so far. */
  n: number;
  /** Hash of the last line. */
  hash: string;
  /** The last round whose seed has a line. */
  seeds: number;
  isClosed: boolean;
}

export const noLog: LogState = { n: 0, hash: firstHash, seeds: 0, isClosed: false };

/** An entry as far as the log tells of it. */
export type Decided = Pick<JournalEntry, "seq" | "ts" | "userId" | "input" | "accepted">;

/** Fields that hold secrets or their hashes, what people are called, or ids between a client and the room. */
const withheld = new Set([
  ...["tokenHash", "hostTokenHash", "passcodeHash", "secretHash", "codeHash", "linkHash"],
  ...["cid", "digest", "name", "drawnNames", "drawnSeed"],
]);

/**
 * The log after an entry that the state holds already.
 * @param take is given each new line, without a line feed
 */
export function logAfter(
  { log, round }: Readonly<{ log: LogState; round: RoundState | null }>,
  entry: Decided,
  take?: (line: string) => void,
): LogState {
  if (log.isClosed) return log;
  const isClosed = closes(entry);
  // The result of a round has been told: now its seed may be.
  const isTold = round !== null && (round.progress === "aborted" || isSettled(round));
  if (round === null || !isTold || round.round <= log.seeds)
    return { ...written(log, { ...entry, input: publicInput(entry.input) }, take), isClosed };
  const { ts, seq } = entry;
  const seed = {
    ...{ seq, ts, userId: 0, accepted: true },
    input: { op: "$seed", round: round.round, seed: round.seed },
  };
  const told = { ...entry, input: publicInput(entry.input) };
  // The log ends with the line that closes the session.
  const [first, second] = isClosed ? [seed, told] : [told, seed];
  const after = written(written(log, first, take), second, take);
  return { ...after, seeds: round.round, isClosed };
}

function closes({ input, accepted }: Decided): boolean {
  return accepted && input.op === "session" && input.state === "closed";
}

type Line = Omit<Decided, "input"> & { input: object };

function written(log: LogState, line: Line, take?: (line: string) => void): LogState {
  const n = log.n + 1;
  const { seq, ts, userId, input, accepted } = line;
  const body = JSON.stringify({ n, seq, ts, user_id: userId, input, accepted });
  const hash = lineHash(log.hash, body);
  take?.(`${body.slice(0, -1)},"hash":"${hash}"}`);
  return { ...log, n, hash };
}

/**
 * The input as everybody may read it. Its fields are in the order of their names, for a journal that was stored gives
 * them back in another one.
 */
function publicInput(input: JournalInput): object {
  const fields = input as unknown as Readonly<Record<string, unknown>>;
  const isPrivate = input.op === "news" && input.to !== undefined;
  const shown: Record<string, unknown> = { op: input.op };
  for (const field of Object.keys(fields).sort()) {
    if (field === "op" || withheld.has(field) || (isPrivate && field === "text")) continue;
    // Its own line brings the seed; until then it is only told who drew it.
    shown[field] = field === "seed" ? "given" : fields[field];
  }
  return shown;
}

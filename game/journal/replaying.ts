/** Replays a request of the journal: it must have the outcome that was acknowledged. */

import type { Message } from "#protocol";
import type { Context } from "../context.ts";
import { decide } from "../operations.ts";
import { answerTo, hasSameOutcome } from "../replies.ts";
import { isBrief } from "./brief-request.ts";
import type { JournalEntry, JournalledRequest } from "./entry.ts";

/** The error of a journal from which this build makes another room than the one that was acknowledged. */
export class JournalMismatch extends Error {
  override readonly name = "JournalMismatch";

  constructor(n: number, what: string) {
    super(`journal entry ${n} ${what}`);
  }
}

/** Decides an accepted request again. Throws a `JournalMismatch` if its outcome differs. */
export function replayRequest(ctx: Context, entry: JournalEntry, input: JournalledRequest): void {
  const { state } = ctx;
  const { n, seq, ts, reply: first } = entry;
  const user = state.users.get(entry.userId);
  if (user === undefined) throw new JournalMismatch(n, "names an unknown user");
  state.seq = seq;
  if (input.cid !== undefined) user.cids.use(input.cid, n);
  // Skips a refused request: it has changed nothing, and may be allowed by now.
  if (!entry.accepted || isBrief(input)) return;
  let again: Message | null = null;
  const reply = (message: Message) => {
    again = message;
  };
  const outcome = decide(ctx, { user, connection: -1, request: input, ts, seq, reply });
  if (outcome !== null && "code" in outcome)
    throw new JournalMismatch(n, "was accepted, but is not on replay");
  // Compares also a request that changed nothing: earlier builds wrote it down as accepted.
  if (outcome !== null) reply(answerTo(outcome, input, ts, seq));
  if (first !== null && again !== null && !hasSameOutcome(first, again))
    throw new JournalMismatch(n, "has another outcome on replay");
}

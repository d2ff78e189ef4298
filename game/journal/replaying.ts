/** Replays entries of the journal, in silence: a request must have the outcome that was acknowledged. */

import type { Message } from "#protocol";
import type { Changes, Context, Recorder } from "../context.ts";
import { decide } from "../operations.ts";
import { silence } from "../outbox.ts";
import { answerTo, hasSameOutcome } from "../replies.ts";
import { applySystem } from "../system-inputs.ts";
import { isBrief } from "./brief-request.ts";
import { isSystemInput, type JournalEntry, type JournalledRequest } from "./entry.ts";
import { logAfter } from "./log.ts";

/** Takes nothing: while replaying, nobody is told of changes. */
const noFeed: Changes = {
  ...{ bookChanged() {}, filled() {}, renamed() {} },
  ...{ roundChanged() {}, fairChanged() {} },
};

/** The error of a journal from which this build makes another room than the one that was acknowledged. */
export class JournalMismatch extends Error {
  override readonly name = "JournalMismatch";

  constructor(n: number, what: string) {
    super(`journal entry ${n} ${what}`);
  }
}

/** Replays the entry; `recorder` sees the orders and trades. Throws a `JournalMismatch` if it is not the next one. */
export function replayEntry(ctx: Context, entry: JournalEntry, recorder: Recorder | null): void {
  const { out, feed, state } = ctx;
  const { n, userId, input, ts, seq } = entry;
  if (n !== state.journalled + 1 || seq !== state.seq + 1)
    throw new JournalMismatch(
      n,
      `comes as event ${seq} after entry ${state.journalled} and event ${state.seq}`,
    );
  ctx.out = silence;
  ctx.feed = noFeed;
  ctx.recorder = recorder;
  try {
    if (isSystemInput(input)) applySystem(ctx, userId, input, ts, seq);
    else replayRequest(ctx, entry, input);
    state.journalled = n;
    state.log = logAfter(state, entry, recorder?.line && ((line) => recorder.line?.(line)));
  } finally {
    ctx.out = out;
    ctx.feed = feed;
    ctx.recorder = null;
  }
}

/** Decides an accepted request again. Throws a `JournalMismatch` if its outcome differs. */
function replayRequest(ctx: Context, entry: JournalEntry, input: JournalledRequest): void {
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

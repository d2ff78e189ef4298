/** Told with the close of a session and to everybody who joins later: the log's hash and the way to the debrief. */

import type { Message } from "#protocol";
import type { Context } from "../context.ts";
import { logAfter, type Decided } from "../journal/log.ts";
import type { Reveal } from "../people/handing-out.ts";

export interface Closing {
  log_hash?: string;
  debrief_url?: string;
}

/** Hash of the log's last line, while the entry that closes the session is being decided. */
export function closingHash({ state }: Context, closing: Omit<Decided, "accepted">): string {
  return logAfter(state, { ...closing, accepted: true }).hash;
}

/** Tells who joins a closed session; nothing about one that runs. */
export function closingOf(ctx: Context): Closing {
  const { session, log } = ctx.state;
  return session === "closed" ? { log_hash: log.hash, ...linkOf(ctx) } : {};
}

/** The message of the close with the link, whose key the journal must not hold. */
export function withLink<M extends Message>(ctx: Context, message: M): M {
  const isClosing = message.type === "session" && message.state === "closed";
  return isClosing ? { ...message, ...linkOf(ctx) } : message;
}

/** Completes an answer with the link, after another way. */
export function revealLink(ctx: Context, reveal: Reveal): Reveal {
  return (reply, input) => withLink(ctx, reveal(reply, input));
}

function linkOf({ out }: Context): Closing {
  const url = out.debriefUrl?.();
  return url === undefined ? {} : { debrief_url: url };
}

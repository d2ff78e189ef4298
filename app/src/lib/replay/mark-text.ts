/** Marks of a replay in words. */

import type { Mark } from "#lib/net/replay-messages.ts";
import { words } from "./words.ts";

export function markText({ kind, text }: Pick<Mark, "kind" | "text">): string {
  const told =
    kind === "session" ? (words.session[text as keyof typeof words.session] ?? text) : text;
  return `${words.mark[kind]}: ${told}`;
}

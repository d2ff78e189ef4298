/** Writes structured log lines: short, few of a kind, and without names, tokens or message bodies. */

import { serverClock } from "./clock.ts";
import { LogLimit } from "./log-limit.ts";

type Level = "info" | "warn" | "error";

/** Lines of one event in a minute. */
const LINES_MOST = 20;
/** Frames of a stack that are written: enough to show the place. */
const FAULT_CHARS = 2_000;

/** The limit of this isolate's log. */
const limit = new LogLimit(LINES_MOST);

/**
 * Writes a line, unless its event has had too many.
 * @param event of a closed list: lines are counted by it
 * @param fields `fault` may be anything that was thrown
 */
export function log(level: Level, event: string, fields: Record<string, unknown> = {}): void {
  const { isTaken, leftOut } = limit.take(event, serverClock.now());
  for (const { event: of, lines } of leftOut) write("warn", "log.left_out", { of, lines });
  if (!isTaken) return;
  const { fault, ...rest } = fields;
  write(level, event, fault === undefined ? rest : { ...rest, fault: textOf(fault) });
}

function write(level: Level, event: string, fields: Record<string, unknown>): void {
  console[level](JSON.stringify({ level, event, ...fields }));
}

function textOf(fault: unknown): string {
  const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  return text.length > FAULT_CHARS ? `${text.slice(0, FAULT_CHARS)}…` : text;
}

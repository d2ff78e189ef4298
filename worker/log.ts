/** Structured log lines: few of a kind, and short. They carry no names, tokens or message bodies. */

import { serverClock } from "./clock.ts";
import { LogLimit } from "./log-limit.ts";

type Level = "info" | "warn" | "error";

/** Lines of one event a minute. */
const LINES_MOST = 20;
/** The frames of a stack that say where it was. */
const FAULT_CHARS = 2_000;

/** Of this isolate, whose log it is. */
const limit = new LogLimit(LINES_MOST);

/**
 * @param event of a closed list; it is what lines are counted by
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

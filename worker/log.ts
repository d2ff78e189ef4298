/** Structured log lines. They carry no names, tokens or message bodies. */
export function log(
  level: "info" | "warn" | "error",
  event: string,
  fields: Record<string, unknown> = {},
): void {
  const { fault, ...rest } = fields;
  const cause =
    fault === undefined
      ? {}
      : { fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
  console[level](JSON.stringify({ level, event, ...rest, ...cause }));
}

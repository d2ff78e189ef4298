/** Decides which address of the game others can open: never that of this computer alone. */

/** Whether a name leads to the computer itself, wherever it is typed. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return (
    name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127\./.test(name)
  );
}

/**
 * @param own address under which this page was opened
 * @param served origins under which others reach the server, as it says; the best first
 * @returns the origin for links and QR codes; null if only this computer can open the game
 */
export function shareOrigin(own: URL, served: readonly string[]): string | null {
  if (!isLoopback(own.hostname)) return own.origin;
  return served.find((origin) => !isLoopback(URL.parse(origin)?.hostname ?? "localhost")) ?? null;
}

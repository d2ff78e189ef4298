/** Addresses under which others reach a server of one's own, as the launcher's beats tell them. They change with its network. */

let known: readonly string[] = [];

export function noteReachable(origins: readonly string[]): void {
  known = origins;
}

export function reachable(): readonly string[] {
  return known;
}

/** A server's memory, as the system reports it. */

import { readdirSync, readFileSync } from "node:fs";

/** Resident bytes of the launcher and all its descendants. @param pid the launcher's */
export function residentBytes(pid: number): number {
  return residentBytesOf(processesOf(pid));
}

/** Process ids of the launcher and all its descendants. @param pid the launcher's */
export function processesOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one)))
    parents.set(Number(name), statusField(Number(name), /^PPid:\s+(\d+)/m));
  const isBelow = (id: number): boolean =>
    id === pid || (parents.has(id) && isBelow(parents.get(id) ?? 0));
  return [...parents.keys()].filter(isBelow);
}

/** Resident bytes of these processes. @throws if none of them is there */
export function residentBytesOf(pids: readonly number[]): number {
  const kib = pids.reduce((sum, pid) => sum + statusField(pid, /^VmRSS:\s+(\d+)/m), 0);
  if (kib === 0) throw new Error("no server found");
  return kib * 1_024;
}

/** A number of /proc/{pid}/status; 0 if the process has gone. */
function statusField(pid: number, pattern: RegExp): number {
  try {
    return Number(pattern.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

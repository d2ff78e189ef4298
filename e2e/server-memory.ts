/** What a server takes of the machine's memory, as the system tells it. */

import { readdirSync, readFileSync } from "node:fs";

/** Resident bytes of the launcher and all that it has started. @param pid the launcher's */
export function residentBytes(pid: number): number {
  const parents = new Map<number, { parent: number; bytes: number }>();
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one)))
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      const field = (pattern: RegExp) => Number(pattern.exec(status)?.[1] ?? 0);
      const parent = field(/^PPid:\s+(\d+)/m);
      parents.set(Number(name), { parent, bytes: field(/^VmRSS:\s+(\d+)/m) * 1_024 });
    } catch {
      // Gone between listing and reading.
    }
  const isBelow = (id: number): boolean =>
    id === pid || (parents.has(id) && isBelow(parents.get(id)?.parent ?? 0));
  let sum = 0;
  for (const [id, { bytes }] of parents) if (isBelow(id)) sum += bytes;
  if (sum === 0) throw new Error("no server found");
  return sum;
}

/** Time of the processor that a server takes, by Linux's accounts. */

import { readFileSync } from "node:fs";

const ticksPerSecond = 100;

/** Seconds of a core that a process and its children have taken. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  const below = children === "" ? [] : children.split(" ").map((id) => cpuOf(Number(id)));
  return below.reduce((sum, more) => sum + more, (user + system) / ticksPerSecond);
}

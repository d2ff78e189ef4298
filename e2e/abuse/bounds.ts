/** The most that a server may take, whatever the attack. */

const mib = 2 ** 20;

export const bounds = {
  /** Resident bytes of launcher and runtime together: two fifths of the machine of docs/deployment.md. */
  memoryBytes: 800 * mib,
  /** Growth of the files, a second of attack, and in any case. */
  diskBytesPerSec: 4 * mib,
  diskBytes: 64 * mib,
  /** Of a log line there are 20 a minute of one event, of at most some 2 KB. */
  logBytes: 128 * 1_024,
} as const;

/** The server's core; `SERVER_CORE=1` where the other one is busy. */
const core = process.env["SERVER_CORE"] === "1" ? "1" : "0";
/** The machine of docs/deployment.md, as far as the system can be asked for it: one core, and 2 GiB for each process. */
export const machineWords = ["taskset", "-c", core, "prlimit", `--data=${2 ** 31}`];
/**
 * Attackers have the other core, and there less of a claim than the good room: its traders measure the server, not how
 * busy the attackers' core is.
 */
export const attackersWords = [
  ...["nice", "-n", "10", "taskset", "-c", core === "0" ? "1" : "0", process.execPath],
];

/** Bounds on a server's resources, whatever the attack. */

const mib = 2 ** 20;

export const bounds = {
  /** Resident bytes of launcher and runtime together: two fifths of the machine of docs/deployment.md. */
  memoryBytes: 800 * mib,
  /** Growth of the files: for each second of attack, and a constant beside it. */
  diskBytesPerSec: 4 * mib,
  diskBytes: 64 * mib,
  /** Log bytes: 20 lines a minute of one event, of at most some 2 KB each. */
  logBytes: 128 * 1_024,
} as const;

/** The server's core; `SERVER_CORE=1` where the other one is busy. */
const core = process.env["SERVER_CORE"] === "1" ? "1" : "0";
/** The machine of docs/deployment.md, as far as the system can limit a process: one core, and 2 GiB for each. */
export const machineWords = ["taskset", "-c", core, "prlimit", `--data=${2 ** 31}`];
/**
 * Attackers have the other core, at a lower priority than the good room, whose traders measure the server and not the
 * load of the attackers' core.
 */
export const attackersWords = [
  ...["nice", "-n", "10", "taskset", "-c", core === "0" ? "1" : "0", process.execPath],
];

/**
 * Says in words what a bot does wrong:
 *
 *   npm run certify -- [--url http://127.0.0.1:8787] [--port 8790] [--run "COMMAND with {url} and {room}"]
 *
 * `--url` is a running server: a room is made there. The bot connects to the address that is printed. Ends with 0 if the
 * bot passes, with 1 if it does not, and with 2 if it could not be tried.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { parseArgs } from "node:util";
import { certify } from "./certify.ts";
import { inWords, isPassed } from "./findings.ts";

const usage =
  'npm run certify -- [--url ADDRESS] [--port PORT] [--run "COMMAND with {url} and {room}"]';

function fail(reason: string): never {
  console.error(`${reason}\n\n  ${usage}`);
  process.exit(2);
}

function options() {
  const text = { type: "string" } as const;
  try {
    return parseArgs({ options: { url: text, port: text, run: text } }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

const { url = "http://127.0.0.1:8787", port = "8790", run } = options();
let bot: ChildProcess | null = null;

function ready(address: string, room: string): void {
  console.log(`Room ${room} is open at ${address}. The course takes about a minute.`);
  if (run === undefined) {
    console.log(
      `Start your bot there, such as:\n\n  npm run bot -- --url ${address} --room ${room} --kind maker\n`,
    );
    return;
  }
  const command = run.replaceAll("{url}", address).replaceAll("{room}", room);
  console.log(`Starting: ${command}\n`);
  // A group of its own, so that a shell and what it has started end together.
  bot = spawn(command, { shell: true, detached: true, stdio: ["ignore", "ignore", "inherit"] });
}

function stopBot(): void {
  if (bot?.pid === undefined || bot.exitCode !== null) return;
  try {
    process.kill(-bot.pid);
  } catch {
    // It has ended by itself meanwhile.
  }
}

try {
  const { name, verdicts } = await certify({ url, port: Number(port), ready });
  stopBot();
  console.log(inWords(name, verdicts));
  process.exit(isPassed(verdicts) ? 0 : 1);
} catch (error) {
  stopBot();
  fail(`${url} could not be used: ${(error as Error).message}`);
}

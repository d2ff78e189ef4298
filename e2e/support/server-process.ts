/** The server as a separate process of the start command, for tests that kill it. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { root } from "../../scripts/build.mjs";

/** Words of `npm start`: settings, `node`, and its arguments. */
const startWords = (
  JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { scripts: { start: string } }
).scripts.start.split(" ");
const nodeAt = startWords.indexOf("node");
const startSettings = Object.fromEntries(
  startWords.slice(0, nodeAt).map((word) => word.split("=") as [string, string]),
);

export class ServerProcess {
  readonly port: number;
  readonly #dataDir: string;
  #child: ChildProcess | null = null;

  /** Output of the server so far, stdout and stderr. */
  output = "";
  readonly #settings: Record<string, string>;
  readonly #within: readonly string[];

  /**
   * @param settings environment variables of the server
   * @param within words of a command that limits the start command and becomes it
   */
  constructor(
    port: number,
    dataDir: string,
    settings: Record<string, string> = {},
    within: readonly string[] = [],
  ) {
    this.port = port;
    this.#dataDir = dataDir;
    this.#settings = settings;
    this.#within = within;
  }

  /** The launcher's process id. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const words = [...this.#within, process.execPath, ...startWords.slice(nodeAt + 1)];
    const child = spawn(words[0]!, words.slice(1), {
      cwd: root,
      env: {
        ...process.env,
        ...startSettings,
        PORT: String(this.port),
        HOST: "127.0.0.1",
        DATA_DIR: this.#dataDir,
        ...this.#settings,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    const start = this.output.length;
    const opened = new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        this.output += String(chunk);
        if (this.output.includes("is open at", start)) resolve();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("exit", () => reject(new Error(`the server did not start: ${this.output}`)));
    });
    await opened;
  }

  /** Kills it without a chance to clean up. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** @returns the exit code; null if it was not running, or ended by the signal itself */
  async stop(): Promise<number | null> {
    return this.#end("SIGTERM");
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === null || child.exitCode !== null) return null;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
    this.#child = null;
    return child.exitCode;
  }
}

/**
 * Below the ports that systems give to outgoing connections (from 32768 on Linux, from 49152 by RFC 6335): one of those
 * could take the port while a server that is to come back is down.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

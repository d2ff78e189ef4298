/** A bot as a process of its own, as its author starts it. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { root } from "../../scripts/build.mjs";

/** Words behind `node` of a script of package.json. */
export function scriptWords(name: string): string[] {
  const text = readFileSync(`${root}package.json`, "utf8");
  const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
  return (scripts[name] ?? "").split(" ").slice(1);
}

export class BotProcess {
  /** Output so far. */
  output = "";
  readonly #child: ChildProcess;

  /** @param words of the command line behind `node` */
  constructor(words: readonly string[]) {
    this.#child = spawn(process.execPath, words, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const hear = (chunk: Buffer) => void (this.output += String(chunk));
    this.#child.stdout?.on("data", hear);
    this.#child.stderr?.on("data", hear);
  }

  /** Own trades as it has printed them: contracts bought (below zero: sold) and their price. */
  get fills(): { qty: number; price: number }[] {
    const lines = this.output.matchAll(/^(bought|sold) (\d+) .* at (-?[\d.]+)$/gm);
    return [...lines].map(([, word, qty, price]) => ({
      qty: (word === "bought" ? 1 : -1) * Number(qty),
      price: Number(price),
    }));
  }

  /** Asks it to end, and waits until it has. @returns its exit code */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await exited;
    return this.#child.exitCode;
  }
}

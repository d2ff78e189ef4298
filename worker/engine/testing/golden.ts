/** The golden vectors (engine-wasm/vectors): the results of seeded streams of commands, the same in every runtime. */

import { emptyEvent, type EngineEvent } from "#game/engine-port.ts";
import { WasmEngine } from "../wasm-engine.ts";
import { CommandStream } from "./command-stream.ts";
import { readEvents } from "./events.ts";

/** FNV-1a over 32-bit words. */
class WordHash {
  #value = 2_166_136_261;

  add(word: number): void {
    this.#value = Math.imul(this.#value ^ word, 16_777_619);
  }

  toString(): string {
    return (this.#value >>> 0).toString(16).padStart(8, "0");
  }
}

function addEvent(hash: WordHash, event: EngineEvent): void {
  const { units, ...words } = event;
  if (typeof units !== "number") throw new Error("The streams have no money beyond 64 bits.");
  for (const name of Object.keys(emptyEvent()) as (keyof EngineEvent)[])
    if (name !== "units") hash.add(words[name]);
  const high = Math.floor(units / 2 ** 32);
  hash.add(units - high * 2 ** 32);
  hash.add(high);
}

/** Lines of the vectors' file: each has seed, commands, hash of all answers, and state hash. */
export function linesOf(vectors: string): string[] {
  return vectors.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

/** Plays the stream of a line. @returns the line with the results */
export function playLine(module: WebAssembly.Module, line: string): string {
  const [seed, commands] = line.split(" ").map(Number) as [number, number];
  const engine = WasmEngine.create(module);
  const stream = new CommandStream(engine, seed);
  const hash = new WordHash();
  for (let n = 0; n < commands; n++) {
    hash.add(stream.step());
    const { orderId, filled, leaves, status, cancelled } = engine.outcome;
    for (const word of [orderId, filled, leaves, status, cancelled]) hash.add(word);
    const events = readEvents(engine);
    for (const event of events) addEvent(hash, event);
    stream.observe(events);
  }
  return `${seed} ${commands} ${hash} ${engine.stateHash()}`;
}

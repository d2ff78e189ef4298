import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { EngineEvent } from "#game/engine-port.ts";
import { CommandStream } from "./testing/command-stream.ts";
import { emptyEvent, readEvents } from "./testing/events.ts";
import { WasmEngine } from "./wasm-engine.ts";

const folder = new URL("../../engine-wasm/", import.meta.url);
const module = new WebAssembly.Module(readFileSync(new URL("dist/engine.wasm", folder)));
const vectors = readFileSync(new URL("vectors/streams.txt", folder), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

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
  for (const name of Object.keys(emptyEvent()) as (keyof EngineEvent)[])
    if (name !== "units") hash.add(words[name]);
  const high = Math.floor(units / 2 ** 32);
  hash.add(units - high * 2 ** 32);
  hash.add(high);
}

function run(seed: number, commands: number): string {
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

describe("golden vectors", () => {
  it.each(vectors)("%s", (line) => {
    const [seed, commands] = line.split(" ").map(Number) as [number, number];
    expect(run(seed, commands)).toBe(line);
  });
});

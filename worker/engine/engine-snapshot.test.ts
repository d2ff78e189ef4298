import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Restore } from "./abi.ts";
import { EngineRestoreError } from "./engine-snapshot.ts";
import { CommandStream, Random } from "./testing/command-stream.ts";
import { readEvents } from "./testing/events.ts";
import { WasmEngine } from "./wasm-engine.ts";

const module = new WebAssembly.Module(
  readFileSync(new URL("../../engine-wasm/dist/engine.wasm", import.meta.url)),
);

/** Executes the next `count` commands of a stream. */
function play(engine: WasmEngine, stream: CommandStream, count: number): WasmEngine {
  stream.moveTo(engine);
  for (let n = 0; n < count; n++) {
    stream.step();
    stream.observe(readEvents(engine));
  }
  return engine;
}

/** Plays a stream from its beginning. */
function played(seed: number, count: number): WasmEngine {
  const engine = WasmEngine.create(module);
  return play(engine, new CommandStream(engine, seed), count);
}

function refusal(snapshot: Uint8Array): Restore {
  try {
    WasmEngine.restore(module, snapshot);
  } catch (error) {
    if (error instanceof EngineRestoreError) return error.code;
    throw error;
  }
  return Restore.ok;
}

describe("a snapshot", () => {
  it("at any point and the commands after it are the whole session", () => {
    const engine = played(12, 5_000);
    const random = new Random(12);
    for (let n = 0; n < 20; n++) {
      const cut = random.below(5_000);
      const before = WasmEngine.create(module);
      const stream = new CommandStream(before, 12);
      play(before, stream, cut);
      const after = WasmEngine.restore(module, before.snapshot());
      expect(after.stateHash()).toBe(before.stateHash());
      play(after, stream, 5_000 - cut);
      expect(after.stateHash()).toBe(engine.stateHash());
      expect(after.snapshot()).toEqual(engine.snapshot());
    }
  });

  it("leaves the engine as it was", () => {
    const engine = played(13, 2_000);
    const hash = engine.stateHash();
    const snapshot = engine.snapshot();
    expect(engine.eventCount).toBe(0);
    expect(engine.stateHash()).toBe(hash);
    expect(engine.snapshot()).toEqual(snapshot);
  });

  it("is refused with a code if it is damaged, another's or nothing", () => {
    const snapshot = played(14, 2_000).snapshot();
    expect(refusal(snapshot)).toBe(Restore.ok);
    expect(refusal(new Uint8Array())).toBe(Restore.notASnapshot);
    expect(refusal(new Uint8Array(1_000))).toBe(Restore.notASnapshot);
    expect(refusal(snapshot.subarray(0, -4))).toBe(Restore.notASnapshot);
    expect(refusal(snapshot.subarray(0, -1))).toBe(Restore.notASnapshot);
    const random = new Random(14);
    for (let n = 0; n < 300; n++) {
      const damaged = snapshot.slice();
      const at = random.below(damaged.length);
      damaged[at] = (damaged[at] as number) ^ (1 << random.below(8));
      expect(refusal(damaged)).not.toBe(Restore.ok);
    }
    const later = snapshot.slice();
    later[4] = 5;
    expect(refusal(later)).toBe(Restore.otherVersion);
  });

  it("of a book larger than a block is put together again", () => {
    const engine = WasmEngine.create(module);
    const spec = { inst: 1, kind: 0, underlying: 0, strikeUnits: 0, tickUnits: 1 } as const;
    const grid = { decimals: 0, lotSize: 1, minTicks: 0, maxTicks: 1_000_000, halted: false };
    engine.addInstrument({ ...spec, ...grid });
    engine.setLimits(1, { maxPosition: 1_000_000, maxOrderQty: 10, maxOpenOrders: 100_000 });
    for (let n = 0; n < 20_000; n++) engine.limitOrder(1, 1, 0, n * 7, 1, 0, false);
    const snapshot = engine.snapshot();
    expect(snapshot.length).toBeGreaterThan(20_000 * 16);
    expect(WasmEngine.restore(module, snapshot).stateHash()).toBe(engine.stateHash());
  });
});

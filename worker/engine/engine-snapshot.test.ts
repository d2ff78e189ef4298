import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Reject } from "#game/engine-port.ts";
import { mailboxWords } from "./abi.ts";
import { Restore } from "./abi.ts";
import { EngineRestoreError } from "./engine-restore.ts";
import { CommandStream, Random } from "./testing/command-stream.ts";
import { readEvents } from "./testing/events.ts";
import { WasmEngine } from "./wasm-engine.ts";

const module = new WebAssembly.Module(
  readFileSync(new URL("../../engine-wasm/dist/engine.wasm", import.meta.url)),
);

interface Session {
  engine: WasmEngine;
  stream: CommandStream;
  commands: Int32Array;
  /** Of each command: reject, events. */
  answers: { reject: Reject; events: unknown[] }[];
}

function play(seed: number, count: number): Session {
  const engine = WasmEngine.create(module);
  const stream = new CommandStream(engine, seed);
  const commands = new Int32Array(count * mailboxWords);
  const answers = Array.from({ length: count }, (_, n) => {
    const reject = stream.step();
    engine.copyCommand(commands, n * mailboxWords);
    const events = readEvents(engine);
    stream.observe(events);
    return { reject, events };
  });
  return { engine, stream, commands, answers };
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

describe("replay", () => {
  it("does what the commands did one by one", () => {
    const { engine, commands, answers } = play(11, 20_000);
    const quiet = WasmEngine.create(module);
    quiet.replay(commands);
    expect(quiet.stateHash()).toBe(engine.stateHash());

    const observed = WasmEngine.create(module);
    let told = 0;
    observed.replay(commands, (index, reject, firstEvent, eventCount) => {
      expect(index).toBe(told++);
      const events = readEvents(observed).slice(firstEvent, firstEvent + eventCount);
      expect({ reject, events }).toEqual(answers[index]);
    });
    expect(told).toBe(20_000);
    expect(observed.stateHash()).toBe(engine.stateHash());
  });

  it("takes nothing, and records that make no sense", () => {
    const engine = WasmEngine.create(module);
    const fresh = engine.stateHash();
    engine.replay(new Int32Array());
    const rejects: Reject[] = [];
    engine.replay(new Int32Array(3 * mailboxWords).fill(-1), (_, reject) => rejects.push(reject));
    expect(rejects).toEqual([Reject.badCommand, Reject.badCommand, Reject.badCommand]);
    expect(engine.stateHash()).toBe(fresh);
  });
});

describe("a snapshot", () => {
  it("at any point and the commands after it are the whole session", () => {
    const { engine, commands } = play(12, 5_000);
    const random = new Random(12);
    for (let n = 0; n < 20; n++) {
      const cut = random.below(5_000) * mailboxWords;
      const before = WasmEngine.create(module);
      before.replay(commands.subarray(0, cut));
      const after = WasmEngine.restore(module, before.snapshot());
      expect(after.stateHash()).toBe(before.stateHash());
      after.replay(commands.subarray(cut));
      expect(after.stateHash()).toBe(engine.stateHash());
      expect(after.snapshot()).toEqual(engine.snapshot());
    }
  });

  it("leaves the engine as it was", () => {
    const { engine } = play(13, 2_000);
    const hash = engine.stateHash();
    const snapshot = engine.snapshot();
    expect(engine.eventCount).toBe(0);
    expect(engine.stateHash()).toBe(hash);
    expect(engine.snapshot()).toEqual(snapshot);
  });

  it("is refused with a code if it is damaged, another's or nothing", () => {
    const snapshot = play(14, 2_000).engine.snapshot();
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
    later[4] = 3;
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

import { describe, expect, it } from "vitest";
import module from "../../../engine-wasm/dist/engine.wasm";
import vectors from "../../../engine-wasm/vectors/streams.txt?raw";
import { WasmEngine } from "../wasm-engine.ts";
import { CommandStream } from "./command-stream.ts";
import { linesOf, playLine } from "./golden.ts";

describe("golden vectors in workerd", () => {
  it.each(linesOf(vectors))("%s", (line) => {
    expect(playLine(module, line)).toBe(line);
  });

  it("come back from a snapshot", () => {
    const engine = WasmEngine.create(module);
    const stream = new CommandStream(engine, 5);
    for (let n = 0; n < 5_000; n++) stream.step();
    const restored = WasmEngine.restore(module, engine.snapshot());
    expect(restored.stateHash()).toBe(engine.stateHash());
  });
});

import { describe, expect, it } from "vitest";
import { Side } from "#game/engine-port.ts";
import { abiVersion } from "./abi.ts";
import { EngineTrapError } from "./engine-trap.ts";
import { WasmEngine } from "./wasm-engine.ts";

/** A section of a WebAssembly module: its number and its content. */
function section(id: number, ...content: number[]): number[] {
  return [id, content.length, ...content];
}

function exported(name: string, kind: number, index: number): number[] {
  return [name.length, ...new TextEncoder().encode(name), kind, index];
}

/** A module that looks like the engine, and whose every step traps. */
const trapping = new WebAssembly.Module(
  new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 2, 0x60, 0, 0, 0x60, 0, 1, 0x7f), // () -> nothing, () -> i32
    ...section(3, 3, 0, 1, 1),
    ...section(5, 1, 0, 1), // A page of memory.
    ...section(
      7,
      4,
      ...exported("memory", 2, 0),
      ...exported("_initialize", 0, 0),
      ...exported("mm_layout", 0, 1),
      ...exported("mm_step", 0, 2),
    ),
    ...section(10, 3, 2, 0, 0x0b, 4, 0, 0x41, 0, 0x0b, 3, 0, 0x00, 0x0b),
    ...section(11, 1, 0, 0x41, 0, 0x0b, 4, abiVersion, 0, 0, 0), // The ABI's version at the layout.
  ]),
);

describe("a trapped engine", () => {
  it("throws the trap as the cause, and refuses all further use", () => {
    const engine = WasmEngine.create(trapping);
    let thrown: unknown;
    try {
      engine.cancelAll(1, null);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(EngineTrapError);
    expect((thrown as EngineTrapError).cause).toBeInstanceOf(WebAssembly.RuntimeError);
    expect(() => engine.cancelAll(1, null)).toThrow(EngineTrapError);
    expect(() => engine.best(1, Side.buy)).toThrow(EngineTrapError);
    expect(() => engine.stateHash()).toThrow(EngineTrapError);
  });
});

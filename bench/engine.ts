/**
 * Engine commands through the JavaScript boundary, as the room gives them: one call a command, every event read back,
 * with positions, limits and the self-trade rule. The book-keeping of the bench (stream id to engine id) is included.
 */

import { readFileSync } from "node:fs";
import { WasmEngine } from "#engine/wasm-engine.ts";
import { emptyEvent, EventKind, InstrumentKind, Tif, type Side } from "#game/engine-port.ts";
import { Kind, standardFlow, streamHash, type Flow } from "./order-flow.ts";
import { median, table } from "./statistics.ts";

const operations = 1_000_000;
const rounds = 5;
/** Of the stream with a million operations, and of the fills that it must give. Source: the workload's definition. */
const expected = { stream: "caac9d7f", fills: 273_451, hash: "6382eef1" };

export function benchEngine(): void {
  const flow = standardFlow(operations);
  if (streamHash(flow) !== expected.stream)
    throw new Error("the generator does not give the stream that is defined");
  const module = new WebAssembly.Module(
    readFileSync(new URL("../engine-wasm/dist/engine.wasm", import.meta.url)),
  );
  const nsPerCommand: number[] = [];
  let memoryBytes = 0;
  for (let round = 0; round < rounds; round++) {
    const engine = freshEngine(module);
    const runner = new Runner(engine, flow);
    runner.run(0, flow.preload);
    runner.forgetFills();
    const start = performance.now();
    runner.run(flow.preload, flow.preload + flow.count);
    nsPerCommand.push(((performance.now() - start) * 1e6) / flow.count);
    if (runner.fills !== expected.fills || runner.fillHash !== expected.hash)
      throw new Error("the fills are not those that are defined");
    memoryBytes = engine.memoryBytes();
  }
  const ns = median(nsPerCommand);
  console.log(
    table([
      [
        "engine, WASM, one call a command, all events read",
        "ns/command",
        "commands/s",
        "memory, KiB",
      ],
      ["std", ns, Math.round(1e9 / ns), Math.round(memoryBytes / 1024)],
    ]),
  );
}

/** Buyers and sellers are different users (2 * user + side + 1), so that nobody meets an own order. */
function freshEngine(module: WebAssembly.Module): WasmEngine {
  const engine = WasmEngine.create(module);
  engine.addInstrument({
    inst: 1,
    kind: InstrumentKind.scalar,
    underlying: 0,
    strikeUnits: 0,
    tickUnits: 1,
    decimals: 0,
    lotSize: 1,
    minTicks: -1_000_000_000,
    maxTicks: 1_000_000_000,
    halted: false,
  });
  for (let user = 1; user <= 40; user++)
    engine.setLimits(user, { maxPosition: 1_000_000, maxOrderQty: 1_000, maxOpenOrders: 10_000 });
  return engine;
}

class Runner {
  readonly #engine: WasmEngine;
  readonly #flow: Flow;
  readonly #event = emptyEvent();
  /** Stream id to engine id, and back. */
  readonly #engineId: Int32Array;
  readonly #streamId: Int32Array;
  fills = 0;
  #hash = 2166136261;

  constructor(engine: WasmEngine, flow: Flow) {
    this.#engine = engine;
    this.#flow = flow;
    const ids = flow.id.length + 2;
    this.#engineId = new Int32Array(ids);
    this.#streamId = new Int32Array(ids);
  }

  get fillHash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, "0");
  }

  forgetFills(): void {
    this.fills = 0;
    this.#hash = 2166136261;
  }

  run(from: number, to: number): void {
    const engine = this.#engine;
    const flow = this.#flow;
    for (let i = from; i < to; i++) {
      const id = flow.id[i] ?? 0;
      const side = (flow.side[i] ?? 0) as Side;
      const user = 2 * (flow.user[i] ?? 0) + side + 1;
      const kind = flow.kind[i];
      if (kind === Kind.cancel) {
        engine.cancel(user, this.#engineId[id] ?? 0);
        continue;
      }
      const qty = flow.qty[i] ?? 0;
      if (kind === Kind.limit)
        engine.limitOrder(user, 1, side, flow.price[i] ?? 0, qty, Tif.gfd, false);
      else engine.marketOrder(user, 1, side, qty, Tif.ioc);
      const { orderId } = engine.outcome;
      this.#engineId[id] = orderId;
      this.#streamId[orderId] = id;
      this.#readEvents(id);
    }
  }

  #readEvents(taker: number): void {
    const count = this.#engine.eventCount;
    for (let index = 0; index < count; index++) {
      const { kind, orderId, price, qty } = this.#engine.readEvent(index, this.#event);
      if (kind !== EventKind.trade) continue;
      this.fills++;
      let hash = Math.imul(this.#hash ^ taker, 16777619);
      hash = Math.imul(hash ^ (this.#streamId[orderId] ?? 0), 16777619);
      hash = Math.imul(hash ^ price, 16777619);
      this.#hash = Math.imul(hash ^ qty, 16777619);
    }
  }
}

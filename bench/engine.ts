/**
 * Commands a second of the engine, as ratios to the yardstick (a bare book written only for speed; the environment
 * variable YARDSTICK names it) in the same run: contenders take turns, and medians are printed.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { emptyEvent } from "#game/engine-port.ts";
import { buildNative, engineBytes, floorBytes, runNative } from "./engine-builds.ts";
import { Batches, Facade, Floor, RawAbi, type Contender } from "./engine-contenders.ts";
import { benchInWorkerd } from "./engine-workerd.ts";
import {
  expected,
  flowNames,
  makeFlow,
  withIssuedIds,
  wordHash,
  type Flow,
  type FlowName,
} from "./order-flow.ts";
import { median, percentile, table } from "./statistics.ts";

const rounds = 9;
const commandsTimed = 300_000;

type Name = "facade" | "raw ABI" | "batches" | "floor";
type Rows = (string | number)[][];

export async function benchEngine(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "engine-bench-"));
  try {
    const engine = engineBytes();
    const floor = floorBytes(folder);
    if (floor === null) console.log("YARDSTICK is not set: no ratios.");
    const native = buildNative(folder);
    const speeds: Rows = [
      [
        "ns/command in Node",
        "facade",
        "raw ABI",
        "batches",
        "native",
        "floor",
        "facade/floor",
        "raw/floor",
        "facade/native",
        "KiB",
      ],
    ];
    const latencies: Rows = [
      ["ns of one command, timer taken off", "p50", "p99", "p99.9", "max", "commands"],
    ];
    for (const name of flowNames) {
      const bench = new FlowBench(name, engine, floor);
      bench.prove();
      speeds.push(bench.speeds(native, folder));
      latencies.push(bench.latencies());
    }
    console.log(table(speeds));
    console.log(`\n${table(latencies)}`);
    const rows: Rows = [
      [
        "ns/command in workerd",
        "facade",
        "floor",
        "facade/floor",
        "batches",
        "100,000 replayed, ms",
        "snapshot, ms",
        "restore, ms",
      ],
    ];
    for (const [name, figures] of await benchInWorkerd(engine, floor)) {
      const { facade, batches, floor: least, snapshotMs, restoreMs } = figures;
      const replayMs = (batches * 100_000) / 1e6;
      rows.push([name, facade, least, facade / least, batches, replayMs, snapshotMs, restoreMs]);
    }
    console.log(`\n${table(rows)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One stream and everybody who runs it. */
class FlowBench {
  readonly #flow: Flow;
  readonly #streamId: Int32Array;
  readonly #facade: Facade;
  readonly #batches: Batches;
  readonly #contenders: Map<Name, Contender>;
  /** What every run has to give, by contender: they count in different ids. */
  readonly #sums = new Map<Name, number>();

  constructor(
    name: FlowName,
    engine: Uint8Array<ArrayBuffer>,
    floor: Uint8Array<ArrayBuffer> | null,
  ) {
    this.#flow = makeFlow(name);
    const { flow: issued, streamId } = withIssuedIds(this.#flow);
    this.#streamId = streamId;
    const module = new WebAssembly.Module(engine);
    this.#facade = new Facade(module, issued);
    this.#batches = new Batches(module, issued);
    this.#contenders = new Map<Name, Contender>([
      ["facade", this.#facade],
      ["raw ABI", new RawAbi(module, issued)],
      ["batches", this.#batches],
    ]);
    if (floor !== null)
      this.#contenders.set("floor", new Floor(new WebAssembly.Module(floor), this.#flow));
  }

  /** Every fill of the stream, in order, is the one that is defined. */
  prove(): void {
    const { preload, count, name } = this.#flow;
    const words: number[] = [];
    let sum = 0;
    const facade = this.#facade;
    facade.prepare();
    const event = emptyEvent();
    for (let i = preload; i < preload + count; i++) {
      facade.run(i, i + 1);
      for (let index = 0; index < facade.engine.eventCount; index++) {
        const { contraOrderId, orderId, price, qty } = facade.engine.readEvent(index, event);
        const ids = [this.#streamId[contraOrderId] as number, this.#streamId[orderId] as number];
        words.push(...ids, price, qty);
        sum += contraOrderId + orderId + price + qty;
      }
    }
    const { fills, fillHash, fillSum } = expected[name];
    if (words.length !== fills * 4 || wordHash(words) !== fillHash)
      throw new Error(`The fills of ${name} are not those that are defined.`);
    this.#sums.set("facade", sum >>> 0).set("raw ABI", sum >>> 0);
    this.#sums.set("floor", fillSum).set("batches", 0);
    this.#batches.prepare();
    this.#batches.run(preload, preload + count);
    if (this.#batches.engine.stateHash() !== facade.engine.stateHash())
      throw new Error(`A replay of ${name} in batches ends elsewhere.`);
  }

  speeds(native: string | null, folder: string): (string | number)[] {
    const { preload, count, name } = this.#flow;
    const took = new Map<Name, number[]>();
    for (let round = 0; round <= rounds; round++)
      for (const [who, contender] of this.#contenders) {
        contender.prepare();
        const start = performance.now();
        const sum = contender.run(preload, preload + count);
        const ns = ((performance.now() - start) * 1e6) / count;
        if (sum !== this.#sums.get(who)) throw new Error(`${who} trades differently in ${name}.`);
        if (round > 0) took.set(who, [...(took.get(who) ?? []), ns]);
      }
    const ns = (who: Name) => median(took.get(who) ?? []);
    const natively =
      native === null
        ? Number.NaN
        : median(runNative(native, folder, this.#flow, expected[name].fillSum, rounds));
    const [facade, raw, floor] = [ns("facade"), ns("raw ABI"), ns("floor")];
    const kibibytes = this.#facade.engine.memoryBytes() / 1024;
    return [
      name,
      ...[facade, raw, ns("batches"), natively, floor],
      ...[facade / floor, raw / floor, facade / natively, kibibytes],
    ];
  }

  latencies(): (string | number)[] {
    const { preload, name } = this.#flow;
    const facade = this.#facade;
    facade.prepare();
    // The same code without a command in it.
    const nothing = sample((i) => facade.run(i, i), 0);
    const commands = sample((i) => facade.run(i, i + 1), preload);
    const timer = percentile(nothing, 50);
    const [p50, p99, p999, max] = [50, 99, 99.9, 100].map((p) =>
      Math.max(0, Math.round(percentile(commands, p) - timer)),
    ) as [number, number, number, number];
    return [name, p50, p99, p999, max, commandsTimed];
  }
}

/** Ascending nanoseconds of single calls; the first third of them only warms up. */
function sample(call: (i: number) => void, from: number): number[] {
  const took = new Float64Array(commandsTimed);
  for (let i = 0; i < commandsTimed; i++) {
    const start = performance.now();
    call(from + i);
    took[i] = (performance.now() - start) * 1e6;
  }
  return [...took.subarray(commandsTimed / 3).sort()];
}

/** One stream and its contenders in Node: proves that all trade alike, then measures them in turn. */

import { emptyEvent } from "#game/engine-port.ts";
import { runNative } from "./engine-builds.ts";
import { Facade, Floor, RawAbi, type Contender } from "./engine-contenders.ts";
import { LibraryBook } from "./library-book.ts";
import {
  expected,
  makeFlow,
  withIssuedIds,
  wordHash,
  type Flow,
  type FlowName,
} from "./order-flow.ts";
import { median, percentile } from "./statistics.ts";

const rounds = 9;
const libraryRounds = 5;
/** Commands of a stream that the library gets: half a second of its time or less. */
const libraryCommands: Record<FlowName, number> = {
  std: 50_000,
  deep: 20_000,
  pile: 1_000,
  multi: 50_000,
};
const commandsTimed = 300_000;

type Name = "facade" | "raw ABI" | "floor";

/** Median nanoseconds per command; NaN for a contender that is not there. */
export interface Speeds {
  facade: number;
  raw: number;
  native: number;
  floor: number;
}

/** Median nanoseconds per command of the library, and of the facade in the same rounds. */
export interface LibrarySpeeds {
  library: number;
  facade: number;
  /** Commands that the library ran, from the stream's beginning; the facade runs all. */
  commands: number;
}

/** Nanoseconds of single commands. */
export interface Latencies {
  p50: number;
  p99: number;
  p999: number;
  max: number;
  commands: number;
}

export class FlowBench {
  readonly #flow: Flow;
  readonly #issued: Flow;
  readonly #streamId: Int32Array;
  readonly #facade: Facade;
  readonly #contenders: Map<Name, Contender>;
  /** The sum that every run has to give, by contender: they count in different ids. */
  readonly #sums = new Map<Name, number>();

  constructor(name: FlowName, module: WebAssembly.Module, floor: Uint8Array<ArrayBuffer> | null) {
    this.#flow = makeFlow(name);
    const { flow: issued, streamId } = withIssuedIds(this.#flow);
    this.#issued = issued;
    this.#streamId = streamId;
    this.#facade = new Facade(module, issued);
    this.#contenders = new Map<Name, Contender>([
      ["facade", this.#facade],
      ["raw ABI", new RawAbi(module, issued)],
    ]);
    if (floor !== null)
      this.#contenders.set("floor", new Floor(new WebAssembly.Module(floor), this.#flow));
  }

  /** Proves that every fill of the stream, in order, is the defined one. */
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
    this.#sums.set("floor", fillSum);
  }

  speeds(native: string | null, folder: string): Speeds {
    const took = new Map<Name, number[]>();
    for (let round = 0; round <= rounds; round++)
      for (const [who, contender] of this.#contenders) {
        const ns = this.#time(contender, this.#flow.count, this.#sums.get(who));
        if (round > 0) took.set(who, [...(took.get(who) ?? []), ns]);
      }
    const ns = (who: Name) => median(took.get(who) ?? []);
    const { fillSum } = expected[this.#flow.name];
    const natively =
      native === null ? Number.NaN : median(runNative(native, folder, this.#flow, fillSum, rounds));
    return {
      facade: ns("facade"),
      raw: ns("raw ABI"),
      native: natively,
      floor: ns("floor"),
    };
  }

  /** Compares with the library. Its fills are proven by the facade's, which `prove` has compared with the definition. */
  againstLibrary(): LibrarySpeeds {
    const { preload, count, name } = this.#flow;
    const commands = libraryCommands[name];
    const library = new LibraryBook(this.#issued);
    this.#facade.prepare();
    const sum = this.#facade.run(preload, preload + commands);
    const took = { library: [] as number[], facade: [] as number[] };
    for (let round = 0; round <= libraryRounds; round++) {
      const libraryNs = this.#time(library, commands, sum);
      const facadeNs = this.#time(this.#facade, count, this.#sums.get("facade"));
      if (round === 0) continue;
      took.library.push(libraryNs);
      took.facade.push(facadeNs);
    }
    return { library: median(took.library), facade: median(took.facade), commands };
  }

  /** Measures a run. @returns nanoseconds per command; throws if the fills do not add up to `sum` */
  #time(contender: Contender, commands: number, sum: number | undefined): number {
    const { preload, name } = this.#flow;
    contender.prepare();
    const start = performance.now();
    const found = contender.run(preload, preload + commands);
    const ns = ((performance.now() - start) * 1e6) / commands;
    if (found !== sum)
      throw new Error(`${contender.constructor.name} trades differently in ${name}.`);
    return ns;
  }

  latencies(): Latencies {
    const facade = this.#facade;
    facade.prepare();
    // Measures the same code without a command in it.
    const nothing = sample((i) => facade.run(i, i), 0);
    const commands = sample((i) => facade.run(i, i + 1), this.#flow.preload);
    const timer = percentile(nothing, 50);
    const at = (p: number) => Math.max(0, Math.round(percentile(commands, p) - timer));
    return { p50: at(50), p99: at(99), p999: at(99.9), max: at(100), commands: commands.length };
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

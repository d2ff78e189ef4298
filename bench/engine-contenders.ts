/**
 * The ways to run a stream through an engine that the bench compares. They need no platform: the same code runs in Node
 * and inside workerd. Each sums its fills as the workload defines it, so that none can be fast by being wrong.
 */

import {
  CommandKind,
  eventLayout,
  eventsPerBlock,
  eventWords,
  layout,
  type EngineExports,
} from "#engine/abi.ts";
import { WasmEngine } from "#engine/wasm-engine.ts";
import {
  emptyEvent,
  InstrumentKind,
  Reject,
  Tif,
  type EnginePort,
  type Side,
} from "#game/engine-port.ts";
import { Kind, wordsPerOperation } from "./flow-generator.ts";
import type { Flow } from "./order-flow.ts";

export interface Contender {
  /** A fresh engine with the stream's preload in its books. */
  prepare(): void;
  /** Executes operations, counted from the stream's beginning. @returns the sum over the fills, 32 bits */
  run(from: number, to: number): number;
}

/** The user of an operation. Buyers and sellers are different users, so that no order meets one of the same user. */
function userOf(head: number): number {
  return 2 * ((head >>> 16) & 0xff) + ((head >>> 8) & 0xff) + 1;
}

/** Adds instruments and users. Their limits are checked, and never reached. */
export function furnish(engine: EnginePort, instruments: number, users = 40): void {
  for (let inst = 1; inst <= instruments; inst++)
    mustBeOk(
      engine.addInstrument({
        inst,
        kind: InstrumentKind.scalar,
        underlying: 0,
        strikeUnits: 0,
        tickUnits: 1,
        decimals: 0,
        lotSize: 1,
        minTicks: -1_000_000_000,
        maxTicks: 1_000_000_000,
        halted: false,
      }),
    );
  const limits = { maxPosition: 1_000_000, maxOrderQty: 1_000, maxOpenOrders: 100_000 };
  for (let user = 1; user <= users; user++) mustBeOk(engine.setLimits(user, limits));
}

export function mustBeOk(reject: Reject): void {
  if (reject !== Reject.ok) throw new Error(`The engine refused a command: ${reject}.`);
}

/**
 * The room's way: one call for each command through the facade, every event read back whole. The stream has the ids that
 * the engine issues (`withIssuedIds`), and each issued one is compared.
 */
export class Facade implements Contender {
  readonly #module: WebAssembly.Module;
  readonly #flow: Flow;
  readonly #event = emptyEvent();
  engine: WasmEngine;

  constructor(module: WebAssembly.Module, flow: Flow) {
    this.#module = module;
    this.#flow = flow;
    this.engine = WasmEngine.create(module);
  }

  prepare(): void {
    this.engine = WasmEngine.create(this.#module);
    furnish(this.engine, this.#flow.instruments);
    this.run(0, this.#flow.preload);
  }

  run(from: number, to: number): number {
    const { words } = this.#flow;
    const engine = this.engine;
    const event = this.#event;
    const end = to * wordsPerOperation;
    let sum = 0;
    for (let at = from * wordsPerOperation; at < end; at += wordsPerOperation) {
      const head = words[at] as number;
      const id = words[at + 3] as number;
      const kind = head & 0xff;
      if (kind === Kind.cancel) {
        mustBeOk(engine.cancel(userOf(head), id));
        continue;
      }
      const inst = (head >>> 24) + 1;
      const side = ((head >>> 8) & 0xff) as Side;
      const qty = words[at + 2] as number;
      if (kind === Kind.limit)
        engine.limitOrder(userOf(head), inst, side, words[at + 1] as number, qty, Tif.gfd, false);
      else engine.marketOrder(userOf(head), inst, side, qty, Tif.ioc);
      if (engine.outcome.orderId !== id) throw new Error("The engine issued another id.");
      const count = engine.eventCount;
      for (let index = 0; index < count; index++) {
        const { orderId, contraOrderId, price, qty: traded } = engine.readEvent(index, event);
        sum = (sum + contraOrderId + orderId + price + traded) | 0;
      }
    }
    return sum >>> 0;
  }
}

/** The least work of a host in JavaScript: words into the mailbox, a step, every word of every event read. */
export class RawAbi implements Contender {
  readonly #module: WebAssembly.Module;
  readonly #flow: Flow;
  #exports!: EngineExports;
  #words = new Int32Array();
  #mailbox = 0;
  #outcome = 0;
  #eventCount = 0;
  #eventBlocks = 0;

  constructor(module: WebAssembly.Module, flow: Flow) {
    this.#module = module;
    this.#flow = flow;
  }

  prepare(): void {
    const { exports } = new WebAssembly.Instance(this.#module, {});
    this.#exports = exports as unknown as EngineExports;
    // Adds instruments and users through the facade; afterwards the instance is driven without it.
    furnish(new WasmEngine(this.#exports), this.#flow.instruments);
    this.#words = new Int32Array(this.#exports.memory.buffer);
    const at = this.#exports.mm_layout() >>> 2;
    const field = (index: number) => (this.#words[at + index] as number) >>> 2;
    this.#mailbox = field(layout.Layout.command);
    this.#outcome = field(layout.Layout.outcome);
    this.#eventCount = field(layout.Layout.eventCount);
    this.#eventBlocks = field(layout.Layout.eventBlocks);
    this.run(0, this.#flow.preload);
  }

  run(from: number, to: number): number {
    const { words } = this.#flow;
    const { mm_step, memory } = this.#exports;
    const end = to * wordsPerOperation;
    let mine = this.#words;
    let sum = 0;
    for (let at = from * wordsPerOperation; at < end; at += wordsPerOperation) {
      writeCommand(mine, this.#mailbox, words, at);
      if (mm_step() !== Reject.ok) throw new Error("The engine refused a command.");
      if (mine.length === 0) mine = this.#words = new Int32Array(memory.buffer);
      const id = words[at + 3];
      if (mine[this.#outcome] !== id) throw new Error("The engine issued another id.");
      const count = mine[this.#eventCount] as number;
      for (let index = 0; index < count; index++) sum = (sum + this.#readEvent(mine, index)) | 0;
    }
    return sum >>> 0;
  }

  /** Reads an event. @returns the sum of taker, maker, price and quantity; the other words are read and cancel out */
  #readEvent(memory: Int32Array, index: number): number {
    const block = (memory[this.#eventBlocks + Math.trunc(index / eventsPerBlock)] as number) >>> 2;
    const at = block + (index % eventsPerBlock) * eventWords;
    let all = 0;
    for (let word = 0; word < eventWords; word++) all ^= memory[at + word] as number;
    const taker = memory[at + eventLayout.contraOrderId] as number;
    const maker = memory[at + eventLayout.orderId] as number;
    const price = memory[at + eventLayout.price] as number;
    return taker + maker + price + (memory[at + eventLayout.qty] as number) + (all & 0);
  }
}

/** Writes an operation of a stream as the record of its command. */
function writeCommand(memory: Int32Array, to: number, words: Int32Array, at: number): void {
  const head = words[at] as number;
  const kind = head & 0xff;
  memory[to + 1] = userOf(head);
  if (kind === Kind.cancel) {
    memory[to] = CommandKind.cancel;
    memory[to + 2] = words[at + 3] as number;
    return;
  }
  memory[to + 2] = (head >>> 24) + 1;
  memory[to + 3] = (head >>> 8) & 0xff;
  if (kind === Kind.market) {
    memory[to] = CommandKind.marketOrder;
    memory[to + 4] = words[at + 2] as number;
    memory[to + 5] = Tif.ioc;
    return;
  }
  memory[to] = CommandKind.limitOrder;
  memory[to + 4] = words[at + 1] as number;
  memory[to + 5] = words[at + 2] as number;
  memory[to + 6] = Tif.gfd;
  memory[to + 7] = 0;
}

/** The exports of a build of the yardstick. */
interface FloorExports {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  w_init(maxId: number): void;
  w_out(): number;
  w_ops(count: number): number;
  w_run(from: number, count: number): number;
  w_limit(id: number, user: number, side: number, price: number, qty: number, inst: number): number;
  w_cancel(id: number, user: number, inst: number): number;
  w_market(id: number, user: number, side: number, qty: number, inst: number): number;
}

/** The yardstick: one call for each command with its arguments, every fill read back. */
export class Floor implements Contender {
  readonly #flow: Flow;
  readonly #exports: FloorExports;
  #memory = new Int32Array();
  #fills = 0;

  constructor(module: WebAssembly.Module, flow: Flow) {
    this.#flow = flow;
    const imports: Record<string, Record<string, () => number>> = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module))
      (imports[from] ??= {})[name] = () => 0;
    const { exports } = new WebAssembly.Instance(module, imports);
    this.#exports = exports as unknown as FloorExports;
    this.#exports._initialize?.();
  }

  prepare(): void {
    const { words, maxId, preload } = this.#flow;
    this.#exports.w_init(maxId);
    this.#fills = this.#exports.w_out() >>> 2;
    const operations = this.#exports.w_ops(words.length / wordsPerOperation) >>> 2;
    this.#memory = new Int32Array(this.#exports.memory.buffer);
    this.#memory.set(words, operations);
    this.#exports.w_run(0, preload);
    this.#memory = new Int32Array(this.#exports.memory.buffer);
  }

  run(from: number, to: number): number {
    const { words } = this.#flow;
    const memory = this.#memory;
    const fills = this.#fills;
    const { w_limit, w_cancel, w_market } = this.#exports;
    const end = to * wordsPerOperation;
    let sum = 0;
    for (let at = from * wordsPerOperation; at < end; at += wordsPerOperation) {
      const head = words[at] as number;
      const [user, side, inst] = [(head >>> 16) & 0xff, (head >>> 8) & 0xff, head >>> 24];
      const id = words[at + 3] as number;
      const qty = words[at + 2] as number;
      const kind = head & 0xff;
      const count =
        kind === Kind.limit
          ? w_limit(id, user, side, words[at + 1] as number, qty, inst)
          : kind === Kind.cancel
            ? w_cancel(id, user, inst)
            : w_market(id, user, side, qty, inst);
      const last = fills + count * 4;
      for (let word = fills; word < last; word++) sum = (sum + (memory[word] as number)) | 0;
    }
    return sum >>> 0;
  }
}

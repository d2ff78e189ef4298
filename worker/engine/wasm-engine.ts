/**
 * The matching engine behind its port: writes a command into the module's mailbox, steps it, and reads events and
 * answers from linear memory. Owns the views of that memory; knows no game, no names, no time.
 */

import type {
  CancelReason,
  EngineEvent,
  EngineInstrument,
  EngineLimits,
  EngineOrder,
  EnginePort,
  EnginePosition,
  EventKind,
  OrderStatus,
  Reject,
  Side,
  Tif,
  Units,
} from "#game/engine-port.ts";
import {
  abiVersion,
  batchCommands,
  CommandKind,
  eventLayout,
  eventsPerBlock,
  eventWords,
  layout,
  mailboxWords,
  noPrice,
  Restore,
  type EngineExports,
} from "./abi.ts";
import { EngineRestoreError } from "./engine-restore.ts";
import { EngineTrapError, trappedExports } from "./engine-trap.ts";
import { OutcomeView, word } from "./outcome-view.ts";

const INT32_MAX = 0x7fff_ffff;
const INT32_MIN = -0x8000_0000;
const WORD = 2 ** 32;
const blockBytes = eventsPerBlock * eventWords * Int32Array.BYTES_PER_ELEMENT;
const { isInteger } = Number;

/** Integers past 32 bits become the outermost one, which lies outside every range that the engine accepts. */
function clampToWord(value: number): number {
  return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : value;
}

/** Ids that are none become 0, which is nobody's. */
function toId(value: number): number {
  return value >>> 0 === value ? value : 0;
}

/** The units of an instrument's prices and money. */
interface Grid {
  decimals: number;
  tickUnits: number;
  settlementUnits: Units | null;
}

/** Of an instrument that there is not. */
const noGrid: Grid = { decimals: 0, tickUnits: 0, settlementUnits: null };

export type ReplayObserver = (
  index: number,
  reject: Reject,
  firstEvent: number,
  eventCount: number,
) => void;

export class WasmEngine implements EnginePort {
  readonly outcome: OutcomeView;

  #exports: EngineExports;
  /** `mm_step`, kept apart: looking it up among the exports is what a call would wait for. */
  #execute: EngineExports["mm_step"];
  readonly #memory: WebAssembly.Memory;
  // Views of linear memory, renewed when it grows.
  #words: Int32Array;
  #mailbox: Int32Array;
  readonly #mailboxAddress: number;
  // Indexes into the words.
  readonly #result: number;
  readonly #resultWords: number;
  readonly #eventCount: number;
  readonly #eventBlocks: number;
  readonly #batch: number;
  readonly #batchResults: number;
  readonly #work: number;
  /** Orders that this side of the module has listed: steps too. */
  #listed = 0;
  /** By instrument. */
  readonly #grids: Grid[] = [];

  /** Instantiates the module, which imports nothing. */
  static create(module: WebAssembly.Module): WasmEngine {
    const { exports } = new WebAssembly.Instance(module, {});
    return WasmEngine.over(exports as unknown as EngineExports);
  }

  /** A new engine in the state of a snapshot. Throws an `EngineRestoreError` if it cannot be that. */
  static restore(module: WebAssembly.Module, snapshot: Uint8Array): WasmEngine {
    const engine = WasmEngine.create(module);
    engine.#restore(snapshot);
    return engine;
  }

  /** Drives an instance that is there already and was not used yet. */
  static over(exports: EngineExports): WasmEngine {
    return new WasmEngine(exports);
  }

  private constructor(exports: EngineExports) {
    exports._initialize();
    this.#exports = exports;
    this.#execute = exports.mm_step;
    this.#memory = exports.memory;
    const at = exports.mm_layout() / 4;
    this.#words = new Int32Array(exports.memory.buffer);
    const { Layout } = layout;
    const version = this.#unsigned(at + Layout.abiVersion);
    if (version !== abiVersion)
      throw new Error(`The engine speaks ABI ${version}, this host ${abiVersion}.`);
    this.#mailboxAddress = this.#unsigned(at + Layout.command);
    this.#mailbox = new Int32Array(exports.memory.buffer, this.#mailboxAddress, mailboxWords);
    this.outcome = new OutcomeView(this.#words, this.#unsigned(at + Layout.outcome) / 4);
    this.#result = this.#unsigned(at + Layout.result) / 4;
    this.#resultWords = this.#unsigned(at + Layout.resultWords);
    this.#eventCount = this.#unsigned(at + Layout.eventCount) / 4;
    this.#eventBlocks = this.#unsigned(at + Layout.eventBlocks) / 4;
    this.#batch = this.#unsigned(at + Layout.batch) / 4;
    this.#batchResults = this.#unsigned(at + Layout.batchResults) / 4;
    this.#work = this.#unsigned(at + Layout.work) / 4;
  }

  get work(): number {
    return (this.#signed(this.#work) + this.#listed) >>> 0;
  }

  // Events

  get eventCount(): number {
    return this.#unsigned(this.#eventCount);
  }

  readEvent(index: number, into: EngineEvent): EngineEvent {
    const words = this.#words;
    if (!(index >= 0 && index < word(words, this.#eventCount) >>> 0))
      throw new RangeError(`There is no event ${index}.`);
    // `| 0` and not Math.trunc: so the compiler divides integers.
    const block = word(words, this.#eventBlocks + ((index / eventsPerBlock) | 0)) >>> 2;
    const at = block + (index % eventsPerBlock) * eventWords;
    const head = word(words, at + eventLayout.head);
    into.kind = (head & 0xff) as EventKind;
    into.inst = (head >>> 8) & 0xff;
    into.side = ((head >>> 16) & 0xff) as Side;
    into.reason = (head >>> 24) as CancelReason;
    into.status = word(words, at + eventLayout.status) as OrderStatus;
    into.price = word(words, at + eventLayout.price);
    into.qty = word(words, at + eventLayout.qty);
    into.filled = word(words, at + eventLayout.filled);
    into.leaves = word(words, at + eventLayout.leaves);
    into.userId = word(words, at + eventLayout.userId);
    into.orderId = word(words, at + eventLayout.orderId) >>> 0;
    into.contraUserId = word(words, at + eventLayout.contraUserId);
    into.contraOrderId = word(words, at + eventLayout.contraOrderId) >>> 0;
    into.contraFilled = word(words, at + eventLayout.contraFilled);
    into.contraLeaves = word(words, at + eventLayout.contraLeaves);
    into.tradeId = word(words, at + eventLayout.tradeId) >>> 0;
    const units0 = word(words, at + eventLayout.units0);
    const units1 = word(words, at + eventLayout.units1);
    const units2 = word(words, at + eventLayout.units2);
    // Trades have none, and are spared the arithmetic.
    into.units = (units0 | units1 | units2) === 0 ? 0 : this.#units(at + eventLayout.units0, 3);
    return into;
  }

  // The host's commands

  addInstrument(spec: EngineInstrument): Reject {
    const { AddInstrument: field } = layout;
    if (!areIntegers(spec.decimals, spec.lotSize, spec.minTicks, spec.maxTicks))
      return this.#refuse();
    if (!areIntegers(spec.strikeUnits, spec.tickUnits)) return this.#refuse();
    this.#write(field.kind, CommandKind.addInstrument);
    this.#write(field.inst, toId(spec.inst));
    this.#write(field.type, spec.kind);
    this.#write(field.underlying, toId(spec.underlying));
    this.#writeMoney(field.strikeUnitsLo, spec.strikeUnits);
    this.#writeMoney(field.tickUnitsLo, spec.tickUnits);
    this.#write(field.decimals, clampToWord(spec.decimals));
    this.#write(field.lotSize, clampToWord(spec.lotSize));
    this.#write(field.minTicks, clampToWord(spec.minTicks));
    this.#write(field.maxTicks, clampToWord(spec.maxTicks));
    this.#write(field.halted, spec.halted ? 1 : 0);
    return this.#step();
  }

  setLimits(userId: number, limits: EngineLimits): Reject {
    const { SetLimits: field } = layout;
    const { maxPosition, maxOrderQty, maxOpenOrders } = limits;
    if (!areIntegers(maxPosition, maxOrderQty, maxOpenOrders)) return this.#refuse();
    this.#write(field.kind, CommandKind.setLimits);
    this.#write(field.userId, toId(userId));
    this.#write(field.maxPosition, clampToWord(maxPosition));
    this.#write(field.maxOrderQty, clampToWord(maxOrderQty));
    this.#write(field.maxOpenOrders, clampToWord(maxOpenOrders));
    return this.#step();
  }

  halt(inst: number, on: boolean): Reject {
    const { Halt: field } = layout;
    this.#write(field.kind, CommandKind.halt);
    this.#write(field.inst, toId(inst));
    this.#write(field.on, on ? 1 : 0);
    return this.#step();
  }

  pullQuotes(inst: number): Reject {
    const { PullQuotes: field } = layout;
    this.#write(field.kind, CommandKind.pullQuotes);
    this.#write(field.inst, toId(inst));
    return this.#step();
  }

  setTick(
    inst: number,
    tickUnits: number,
    decimals: number,
    minTicks: number,
    maxTicks: number,
  ): Reject {
    const { SetTick: field } = layout;
    if (!areIntegers(tickUnits, decimals, minTicks, maxTicks)) return this.#refuse();
    this.#forgetGrids();
    this.#write(field.kind, CommandKind.setTick);
    this.#write(field.inst, toId(inst));
    this.#writeMoney(field.tickUnitsLo, tickUnits);
    this.#write(field.decimals, clampToWord(decimals));
    this.#write(field.minTicks, clampToWord(minTicks));
    this.#write(field.maxTicks, clampToWord(maxTicks));
    return this.#step();
  }

  settle(inst: number, value: number, decimals: number): Reject {
    const { Settle: field } = layout;
    if (!areIntegers(value, decimals)) return this.#refuse();
    this.#forgetGrids();
    this.#write(field.kind, CommandKind.settle);
    this.#write(field.inst, toId(inst));
    this.#writeMoney(field.valueLo, value);
    this.#write(field.decimals, clampToWord(decimals));
    return this.#step();
  }

  // The traders' commands

  limitOrder(
    userId: number,
    inst: number,
    side: Side,
    price: number,
    qty: number,
    tif: Tif,
    postOnly: boolean,
  ): Reject {
    const { LimitOrder: field } = layout;
    const mailbox = this.#mailbox;
    mailbox[field.kind] = areIntegers(price, qty) ? CommandKind.limitOrder : 0;
    mailbox[field.userId] = toId(userId);
    mailbox[field.inst] = toId(inst);
    mailbox[field.side] = side;
    mailbox[field.price] = clampToWord(price);
    mailbox[field.qty] = clampToWord(qty);
    mailbox[field.tif] = tif;
    mailbox[field.postOnly] = postOnly ? 1 : 0;
    return this.#step();
  }

  marketOrder(userId: number, inst: number, side: Side, qty: number, tif: Tif): Reject {
    const { MarketOrder: field } = layout;
    if (!areIntegers(qty)) return this.#refuse();
    this.#write(field.kind, CommandKind.marketOrder);
    this.#write(field.userId, toId(userId));
    this.#write(field.inst, toId(inst));
    this.#write(field.side, side);
    this.#write(field.qty, clampToWord(qty));
    this.#write(field.tif, tif);
    return this.#step();
  }

  replace(userId: number, orderId: number, price: number | null, qty: number | null): Reject {
    const { Replace: field } = layout;
    if (!areIntegers(price ?? 0, qty ?? 0)) return this.#refuse();
    this.#write(field.kind, CommandKind.replace);
    this.#write(field.userId, toId(userId));
    this.#write(field.orderId, toId(orderId));
    this.#write(field.hasPrice, price === null ? 0 : 1);
    this.#write(field.price, clampToWord(price ?? 0));
    this.#write(field.hasQty, qty === null ? 0 : 1);
    this.#write(field.qty, clampToWord(qty ?? 0));
    return this.#step();
  }

  cancel(userId: number, orderId: number): Reject {
    const { Cancel: field } = layout;
    this.#write(field.kind, CommandKind.cancel);
    this.#write(field.userId, toId(userId));
    this.#write(field.orderId, toId(orderId));
    return this.#step();
  }

  /** Of the ABI, and not of the port: the room cancels an instrument's orders one by one, as it has to name them. */
  cancelInstrument(userId: number, inst: number): Reject {
    const { CancelInstrument: field } = layout;
    this.#write(field.kind, CommandKind.cancelInstrument);
    this.#write(field.userId, toId(userId));
    this.#write(field.inst, toId(inst));
    return this.#step();
  }

  cancelAll(userId: number, side: Side | null): Reject {
    const { CancelAll: field } = layout;
    this.#write(field.kind, CommandKind.cancelAll);
    this.#write(field.userId, toId(userId));
    this.#write(field.sides, side === null ? 3 : 1 << side);
    return this.#step();
  }

  quote(
    userId: number,
    inst: number,
    bid: number,
    bidQty: number,
    ask: number,
    askQty: number,
  ): Reject {
    const { Quote: field } = layout;
    if (!areIntegers(bid, bidQty, ask, askQty)) return this.#refuse();
    this.#write(field.kind, CommandKind.quote);
    this.#write(field.userId, toId(userId));
    this.#write(field.inst, toId(inst));
    this.#write(field.bid, clampToWord(bid));
    this.#write(field.bidQty, clampToWord(bidQty));
    this.#write(field.ask, clampToWord(ask));
    this.#write(field.askQty, clampToWord(askQty));
    return this.#step();
  }

  // Questions

  depth(inst: number, side: Side, levels: number, into: Int32Array): number {
    const wanted = Math.min(levels, into.length >> 1);
    let written = 0;
    while (written < wanted) {
      const count = Math.min(wanted - written, this.#resultWords >> 1);
      const got = this.#exports.mm_depth(toId(inst), side, written, count);
      for (let i = 0; i < got * 2; i++) into[written * 2 + i] = this.#signed(this.#result + i);
      written += got;
      if (got < count) break;
    }
    return written;
  }

  best(inst: number, side: Side): number | null {
    const price = this.#exports.mm_best(toId(inst), side);
    return price === noPrice ? null : price;
  }

  /** Last traded price in ticks, or null. Of the ABI, and not of the port: the room keeps it with the trade. */
  last(inst: number): number | null {
    if (this.#exports.mm_instrument(toId(inst)) === 0) return null;
    const price = this.#signed(this.#result + layout.InstrumentResult.lastTicks);
    return price === noPrice ? null : price;
  }

  settlementUnits(inst: number): Units | null {
    return this.#grid(inst).settlementUnits;
  }

  decimals(inst: number): number {
    return this.#grid(inst).decimals;
  }

  tickUnits(inst: number): number {
    return this.#grid(inst).tickUnits;
  }

  /** What every price and every valuation needs: asked of the engine once after each command that may change it. */
  #grid(inst: number): Grid {
    return this.#grids[inst] ?? this.#readGrid(inst);
  }

  #readGrid(inst: number): Grid {
    const { InstrumentResult: field } = layout;
    if (this.#exports.mm_instrument(toId(inst)) === 0) return noGrid;
    const at = this.#result;
    const grid = {
      decimals: this.#unsigned(at + field.decimals),
      tickUnits: this.#pair(at + field.tickUnitsLo),
      settlementUnits:
        this.#unsigned(at + field.settled) === 0 ? null : this.#units(at + field.markUnits0, 3),
    };
    this.#grids[inst] = grid;
    return grid;
  }

  #forgetGrids(): void {
    this.#grids.length = 0;
  }

  position(userId: number, inst: number, into: EnginePosition): EnginePosition {
    const { PositionResult: field } = layout;
    const at = this.#result;
    this.#exports.mm_position(toId(userId), toId(inst));
    into.qty = this.#signed(at + field.qty);
    into.openBuyQty = this.#signed(at + field.openBuyQty);
    into.openSellQty = this.#signed(at + field.openSellQty);
    into.cashUnits = this.#units(at + field.cash0, 4);
    const high = this.#signed(at + field.cost3) * WORD + this.#unsigned(at + field.cost2);
    const whole = high * WORD + this.#unsigned(at + field.cost1);
    const cost = whole + this.#unsigned(at + field.cost0) / WORD;
    into.vwapUnits = into.qty === 0 ? 0 : cost / this.#signed(at + field.basisQty);
    return into;
  }

  openOrders(userId: number, inst: number): EngineOrder[] {
    const orders: EngineOrder[] = [];
    let orderId = 0;
    while (this.#exports.mm_order_after(toId(userId), orderId) !== 0) {
      const order = this.#readOrder();
      this.#listed++;
      orderId = order.orderId;
      if (inst === 0 || order.inst === inst) orders.push(order);
    }
    return orders;
  }

  quoteOrder(userId: number, inst: number, side: Side): EngineOrder | null {
    const found = this.#exports.mm_quote(toId(userId), toId(inst), side);
    return found === 0 ? null : this.#readOrder();
  }

  order(orderId: number): EngineOrder | null {
    return this.#exports.mm_order(toId(orderId)) === 0 ? null : this.#readOrder();
  }

  stateHash(): string {
    this.#exports.mm_state_hash();
    const hex = (word: number) => word.toString(16).padStart(8, "0");
    return hex(this.#unsigned(this.#result + 1)) + hex(this.#unsigned(this.#result));
  }

  // Beside the port: for benches, and for tests that take the engine's own record of a command

  /** Linear memory in use, bytes. */
  memoryBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /**
   * Copies the record of the last command, `mailboxWords` words that mean something to the engine only, into `into`:
   * what `replay` takes.
   */
  copyCommand(into: Int32Array, at: number): void {
    into.set(this.#mailbox, at);
  }

  /**
   * Executes copied commands in order, with less ado than one by one. Afterwards there are no events and no outcome.
   * @param observe is told of each command, while its events are `eventCount` ones from `firstEvent` on. Without it
   * nobody's events are kept.
   */
  replay(commands: Int32Array, observe?: ReplayObserver): void {
    const total = Math.trunc(commands.length / mailboxWords);
    for (let at = 0; at < total;) {
      const count = Math.min(batchCommands, total - at);
      const batch = commands.subarray(at * mailboxWords, (at + count) * mailboxWords);
      this.#words.set(batch, this.#batch);
      this.#forgetGrids();
      const done = this.#call(({ mm_batch }) => mm_batch(count, observe === undefined ? 0 : 1));
      if (observe !== undefined) this.#observeBatch(at, done, observe);
      at += done;
    }
  }

  #observeBatch(at: number, done: number, observe: ReplayObserver): void {
    let firstEvent = 0;
    for (let i = 0; i < done; i++) {
      const result = this.#batchResults + i * 2;
      const reject = this.#unsigned(result + layout.BatchResult.reject) as Reject;
      const eventCount = this.#unsigned(result + layout.BatchResult.eventCount);
      observe(at + i, reject, firstEvent, eventCount);
      firstEvent += eventCount;
    }
  }

  // Snapshots

  snapshot(): Uint8Array<ArrayBuffer> {
    const snapshot = new Uint8Array(this.#call(({ mm_snapshot }) => mm_snapshot()));
    if (snapshot.length === 0) throw new Error("The engine's memory cannot hold a snapshot.");
    for (let at = 0; at < snapshot.length; at += blockBytes)
      snapshot.set(this.#block(at, snapshot.length), at);
    return snapshot;
  }

  #restore(snapshot: Uint8Array): void {
    const { length } = snapshot;
    if (this.#call(({ mm_snapshot_room }) => mm_snapshot_room(length)) === 0)
      throw new EngineRestoreError(Restore.noMemory);
    for (let at = 0; at < length; at += blockBytes)
      this.#block(at, length).set(snapshot.subarray(at, at + blockBytes));
    const result = this.#call(({ mm_restore }) => mm_restore(length)) as Restore;
    if (result !== Restore.ok) throw new EngineRestoreError(result);
  }

  /** The part of a snapshot of `length` bytes that lies in the block of byte `at`, where a block begins. */
  #block(at: number, length: number): Uint8Array {
    const address = this.#unsigned(this.#eventBlocks + at / blockBytes);
    return new Uint8Array(this.#memory.buffer, address, Math.min(blockBytes, length - at));
  }

  // The mailbox

  /** Executes what the mailbox holds. */
  #step(): Reject {
    let reject: number;
    try {
      reject = this.#execute();
    } catch (cause) {
      this.#fail(cause);
    }
    if (this.#words.length === 0) this.#renewViews();
    return reject as Reject;
  }

  #fail(cause: unknown): never {
    this.#forgetGrids();
    this.#exports = trappedExports(this.#memory);
    this.#execute = this.#exports.mm_step;
    throw new EngineTrapError({ cause });
  }

  /** Calls what may grow the memory or trap, as a step may. */
  #call(call: (exports: EngineExports) => number): number {
    let answer: number;
    try {
      answer = call(this.#exports);
    } catch (cause) {
      this.#fail(cause);
    }
    if (this.#words.length === 0) this.#renewViews();
    return answer >>> 0;
  }

  /** A growing memory leaves the old views without length. */
  #renewViews(): void {
    this.#words = new Int32Array(this.#memory.buffer);
    this.#mailbox = new Int32Array(this.#memory.buffer, this.#mailboxAddress, mailboxWords);
    this.outcome.words = this.#words;
  }

  /** Steps a record that the engine refuses as `badCommand`: what is asked does not fit its integers. */
  #refuse(): Reject {
    this.#write(0, 0);
    return this.#step();
  }

  #write(word: number, value: number): void {
    this.#mailbox[word] = value;
  }

  /** Two words, low first. What is not exact becomes one more than the engine takes. */
  #writeMoney(word: number, value: number): void {
    const units = Number.isSafeInteger(value) ? value : Number.MAX_SAFE_INTEGER + 1;
    const high = Math.floor(units / WORD);
    this.#write(word, units - high * WORD);
    this.#write(word + 1, high);
  }

  // Linear memory

  #signed(at: number): number {
    return this.#words[at] as number;
  }

  #unsigned(at: number): number {
    return (this.#words[at] as number) >>> 0;
  }

  /** Two words that make a safe integer. */
  #pair(at: number): number {
    return this.#signed(at + 1) * WORD + this.#unsigned(at);
  }

  /** An integer of `count` words: a number if the words above the first two only carry their sign. */
  #units(at: number, count: number): Units {
    const units = this.#pair(at);
    const sign = this.#signed(at + 1) >> 31;
    let fits = Number.isSafeInteger(units);
    for (let i = 2; i < count; i++) fits &&= this.#signed(at + i) === sign;
    return fits ? units : this.#wideUnits(at, count);
  }

  #wideUnits(at: number, count: number): bigint {
    let units = 0n;
    for (let i = count - 1; i >= 0; i--) units = (units << 32n) | BigInt(this.#unsigned(at + i));
    return BigInt.asIntN(32 * count, units);
  }

  #readOrder(): EngineOrder {
    const { OrderResult: field } = layout;
    const at = this.#result;
    const filled = this.#signed(at + field.filled);
    const leaves = this.#signed(at + field.leaves);
    return {
      orderId: this.#unsigned(at + field.orderId),
      userId: this.#unsigned(at + field.userId),
      inst: this.#unsigned(at + field.inst),
      side: this.#unsigned(at + field.side) as Side,
      price: this.#signed(at + field.price),
      qty: filled + leaves,
      filled,
      leaves,
      postOnly: this.#unsigned(at + field.postOnly) !== 0,
      isQuote: this.#unsigned(at + field.isQuote) !== 0,
    };
  }
}

/** Up to four at a time: rest parameters would allocate. */
function areIntegers(a: number, b = 0, c = 0, d = 0): boolean {
  return isInteger(a) && isInteger(b) && isInteger(c) && isInteger(d);
}

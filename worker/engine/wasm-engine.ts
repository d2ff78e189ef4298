/**
 * The matching engine behind its port: writes a command into the module's mailbox, steps it, and reads events and
 * answers. Knows no game, no names, no time.
 */

import type {
  EngineEvent,
  EngineInstrument,
  EngineLimits,
  EngineOrder,
  EnginePort,
  EnginePosition,
  Reject,
  Side,
  Tif,
  Units,
} from "#game/engine-port.ts";
import { CommandKind, layout, noPrice, type EngineExports } from "./abi.ts";
import { readEvent, readOrder, readPosition } from "./answers.ts";
import { EngineMemory } from "./engine-memory.ts";
import { restoreSnapshot, takeSnapshot } from "./engine-snapshot.ts";
import { Grids } from "./grids.ts";
import { OutcomeView } from "./outcome-view.ts";
import { areIntegers, clampToWord, toId } from "./words.ts";

export class WasmEngine implements EnginePort {
  /** Shown to tests and benches, which look further than the port. */
  readonly memory: EngineMemory;
  readonly outcome: OutcomeView;
  /** Orders that this side of the module has listed: they count as steps of work, too. */
  #listed = 0;
  readonly #grids: Grids;

  /** Instantiates the module, which imports nothing. */
  static create(module: WebAssembly.Module): WasmEngine {
    const { exports } = new WebAssembly.Instance(module, {});
    return new WasmEngine(exports as unknown as EngineExports);
  }

  /** Makes an engine in the state of a snapshot. Throws an `EngineRestoreError` if it cannot be that. */
  static restore(module: WebAssembly.Module, snapshot: Uint8Array): WasmEngine {
    const engine = WasmEngine.create(module);
    restoreSnapshot(engine.memory, snapshot);
    return engine;
  }

  /** @param exports of an instance that was not used yet */
  constructor(exports: EngineExports) {
    this.memory = new EngineMemory(exports);
    this.outcome = new OutcomeView(this.memory);
    this.#grids = new Grids(this.memory);
  }

  get work(): number {
    return (this.memory.signed(this.memory.work) + this.#listed) >>> 0;
  }

  // Events

  get eventCount(): number {
    return this.memory.unsigned(this.memory.eventCount);
  }

  readEvent(index: number, into: EngineEvent): EngineEvent {
    return readEvent(this.memory, index, into);
  }

  // The host's commands

  addInstrument(spec: EngineInstrument): Reject {
    const { memory } = this;
    if (!areIntegers(spec.decimals, spec.lotSize, spec.minTicks, spec.maxTicks))
      return this.#refuse();
    if (!areIntegers(spec.strikeUnits, spec.tickUnits)) return this.#refuse();
    this.#grids.clear();
    memory.write(layout.AddInstrument.kind, CommandKind.addInstrument);
    memory.write(layout.AddInstrument.inst, toId(spec.inst));
    memory.write(layout.AddInstrument.type, spec.kind);
    memory.write(layout.AddInstrument.underlying, toId(spec.underlying));
    memory.writeMoney(layout.AddInstrument.strikeUnitsLo, spec.strikeUnits);
    memory.writeMoney(layout.AddInstrument.tickUnitsLo, spec.tickUnits);
    memory.write(layout.AddInstrument.decimals, clampToWord(spec.decimals));
    memory.write(layout.AddInstrument.lotSize, clampToWord(spec.lotSize));
    memory.write(layout.AddInstrument.minTicks, clampToWord(spec.minTicks));
    memory.write(layout.AddInstrument.maxTicks, clampToWord(spec.maxTicks));
    memory.write(layout.AddInstrument.halted, spec.halted ? 1 : 0);
    return memory.step();
  }

  setLimits(userId: number, limits: EngineLimits): Reject {
    const { memory } = this;
    const { maxPosition, maxOrderQty, maxOpenOrders } = limits;
    if (!areIntegers(maxPosition, maxOrderQty, maxOpenOrders)) return this.#refuse();
    memory.write(layout.SetLimits.kind, CommandKind.setLimits);
    memory.write(layout.SetLimits.userId, toId(userId));
    memory.write(layout.SetLimits.maxPosition, clampToWord(maxPosition));
    memory.write(layout.SetLimits.maxOrderQty, clampToWord(maxOrderQty));
    memory.write(layout.SetLimits.maxOpenOrders, clampToWord(maxOpenOrders));
    return memory.step();
  }

  halt(inst: number, on: boolean): Reject {
    const { memory } = this;
    memory.write(layout.Halt.kind, CommandKind.halt);
    memory.write(layout.Halt.inst, toId(inst));
    memory.write(layout.Halt.on, on ? 1 : 0);
    return memory.step();
  }

  pullQuotes(inst: number): Reject {
    const { memory } = this;
    memory.write(layout.PullQuotes.kind, CommandKind.pullQuotes);
    memory.write(layout.PullQuotes.inst, toId(inst));
    return memory.step();
  }

  retire(inst: number): Reject {
    const { memory } = this;
    this.#grids.clear();
    memory.write(layout.Retire.kind, CommandKind.retire);
    memory.write(layout.Retire.inst, toId(inst));
    return memory.step();
  }

  setTick(
    inst: number,
    tickUnits: number,
    decimals: number,
    minTicks: number,
    maxTicks: number,
  ): Reject {
    const { memory } = this;
    if (!areIntegers(tickUnits, decimals, minTicks, maxTicks)) return this.#refuse();
    this.#grids.clear();
    memory.write(layout.SetTick.kind, CommandKind.setTick);
    memory.write(layout.SetTick.inst, toId(inst));
    memory.writeMoney(layout.SetTick.tickUnitsLo, tickUnits);
    memory.write(layout.SetTick.decimals, clampToWord(decimals));
    memory.write(layout.SetTick.minTicks, clampToWord(minTicks));
    memory.write(layout.SetTick.maxTicks, clampToWord(maxTicks));
    return memory.step();
  }

  settle(inst: number, value: number, decimals: number): Reject {
    return this.#settle(CommandKind.settle, inst, value, decimals);
  }

  resettle(inst: number, value: number, decimals: number): Reject {
    return this.#settle(CommandKind.resettle, inst, value, decimals);
  }

  /** Steps a settlement or its correction, whose records are alike. */
  #settle(kind: CommandKind, inst: number, value: number, decimals: number): Reject {
    const { memory } = this;
    if (!areIntegers(value, decimals)) return this.#refuse();
    this.#grids.clear();
    memory.write(layout.Settle.kind, kind);
    memory.write(layout.Settle.inst, toId(inst));
    memory.writeMoney(layout.Settle.valueLo, value);
    memory.write(layout.Settle.decimals, clampToWord(decimals));
    return memory.step();
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
    const { memory } = this;
    const { mailbox } = memory;
    mailbox[layout.LimitOrder.kind] = areIntegers(price, qty) ? CommandKind.limitOrder : 0;
    mailbox[layout.LimitOrder.userId] = toId(userId);
    mailbox[layout.LimitOrder.inst] = toId(inst);
    mailbox[layout.LimitOrder.side] = side;
    mailbox[layout.LimitOrder.price] = clampToWord(price);
    mailbox[layout.LimitOrder.qty] = clampToWord(qty);
    mailbox[layout.LimitOrder.tif] = tif;
    mailbox[layout.LimitOrder.postOnly] = postOnly ? 1 : 0;
    return memory.step();
  }

  marketOrder(userId: number, inst: number, side: Side, qty: number, tif: Tif): Reject {
    const { memory } = this;
    if (!areIntegers(qty)) return this.#refuse();
    memory.write(layout.MarketOrder.kind, CommandKind.marketOrder);
    memory.write(layout.MarketOrder.userId, toId(userId));
    memory.write(layout.MarketOrder.inst, toId(inst));
    memory.write(layout.MarketOrder.side, side);
    memory.write(layout.MarketOrder.qty, clampToWord(qty));
    memory.write(layout.MarketOrder.tif, tif);
    return memory.step();
  }

  replace(userId: number, orderId: number, price: number | null, qty: number | null): Reject {
    const { memory } = this;
    if (!areIntegers(price ?? 0, qty ?? 0)) return this.#refuse();
    memory.write(layout.Replace.kind, CommandKind.replace);
    memory.write(layout.Replace.userId, toId(userId));
    memory.write(layout.Replace.orderId, toId(orderId));
    memory.write(layout.Replace.hasPrice, price === null ? 0 : 1);
    memory.write(layout.Replace.price, clampToWord(price ?? 0));
    memory.write(layout.Replace.hasQty, qty === null ? 0 : 1);
    memory.write(layout.Replace.qty, clampToWord(qty ?? 0));
    return memory.step();
  }

  cancel(userId: number, orderId: number): Reject {
    const { memory } = this;
    memory.write(layout.Cancel.kind, CommandKind.cancel);
    memory.write(layout.Cancel.userId, toId(userId));
    memory.write(layout.Cancel.orderId, toId(orderId));
    return memory.step();
  }

  cancelAll(userId: number, side: Side | null): Reject {
    const { memory } = this;
    memory.write(layout.CancelAll.kind, CommandKind.cancelAll);
    memory.write(layout.CancelAll.userId, toId(userId));
    memory.write(layout.CancelAll.sides, side === null ? 3 : 1 << side);
    return memory.step();
  }

  quote(
    userId: number,
    inst: number,
    bid: number,
    bidQty: number,
    ask: number,
    askQty: number,
  ): Reject {
    const { memory } = this;
    if (!areIntegers(bid, bidQty, ask, askQty)) return this.#refuse();
    memory.write(layout.Quote.kind, CommandKind.quote);
    memory.write(layout.Quote.userId, toId(userId));
    memory.write(layout.Quote.inst, toId(inst));
    memory.write(layout.Quote.bid, clampToWord(bid));
    memory.write(layout.Quote.bidQty, clampToWord(bidQty));
    memory.write(layout.Quote.ask, clampToWord(ask));
    memory.write(layout.Quote.askQty, clampToWord(askQty));
    return memory.step();
  }

  // Questions

  depth(inst: number, side: Side, levels: number, into: Int32Array): number {
    const { memory } = this;
    const wanted = Math.min(levels, into.length >> 1);
    let written = 0;
    while (written < wanted) {
      const count = Math.min(wanted - written, memory.resultWords >> 1);
      const got = memory.exports.mm_depth(toId(inst), side, written, count);
      for (let i = 0; i < got * 2; i++) into[written * 2 + i] = memory.signed(memory.result + i);
      written += got;
      if (got < count) break;
    }
    return written;
  }

  best(inst: number, side: Side): number | null {
    const price = this.memory.exports.mm_best(toId(inst), side);
    return price === noPrice ? null : price;
  }

  settlementUnits(inst: number): Units | null {
    return this.#grids.of(inst).settlementUnits;
  }

  decimals(inst: number): number {
    return this.#grids.of(inst).decimals;
  }

  tickUnits(inst: number): number {
    return this.#grids.of(inst).tickUnits;
  }

  position(userId: number, inst: number, into: EnginePosition): EnginePosition {
    this.memory.exports.mm_position(toId(userId), toId(inst));
    return readPosition(this.memory, into);
  }

  openOrders(userId: number, inst: number): EngineOrder[] {
    const { memory } = this;
    const orders: EngineOrder[] = [];
    let orderId = 0;
    while (memory.exports.mm_order_after(toId(userId), orderId) !== 0) {
      const order = readOrder(memory);
      this.#listed++;
      orderId = order.orderId;
      if (inst === 0 || order.inst === inst) orders.push(order);
    }
    return orders;
  }

  quoteOrder(userId: number, inst: number, side: Side): EngineOrder | null {
    const found = this.memory.exports.mm_quote(toId(userId), toId(inst), side);
    return found === 0 ? null : readOrder(this.memory);
  }

  order(orderId: number): EngineOrder | null {
    return this.memory.exports.mm_order(toId(orderId)) === 0 ? null : readOrder(this.memory);
  }

  stateHash(): string {
    const { memory } = this;
    memory.exports.mm_state_hash();
    const hex = (word: number) => word.toString(16).padStart(8, "0");
    return hex(memory.unsigned(memory.result + 1)) + hex(memory.unsigned(memory.result));
  }

  snapshot(): Uint8Array<ArrayBuffer> {
    return takeSnapshot(this.memory);
  }

  /** Steps a record that the engine refuses as `badCommand`: the numbers of the command do not fit its integers. */
  #refuse(): Reject {
    this.memory.write(0, 0);
    return this.memory.step();
  }
}

/**
 * The engine's binary interface as numbers: a mirror of engine-wasm/include/mm/abi.h, which documents it.
 * `abi.test.ts` parses that header, so the two cannot drift. Enumerations that the port has are the port's.
 */

export const abiVersion = 4;

/** The answer of a price query when there is none. */
export const noPrice = -2_147_483_648;
/** A command's record fills the mailbox, whatever its length. */
export const mailboxWords = 16;
export const eventsPerBlock = 256;
export const eventWords = 16;

export const CommandKind = {
  addInstrument: 1,
  setLimits: 2,
  limitOrder: 3,
  marketOrder: 4,
  replace: 5,
  cancel: 6,
  cancelInstrument: 7,
  cancelAll: 8,
  quote: 9,
  halt: 10,
  pullQuotes: 11,
  setTick: 12,
  settle: 13,
  resettle: 14,
  retire: 15,
} as const;
export type CommandKind = (typeof CommandKind)[keyof typeof CommandKind];

/** Results of restoring a snapshot. */
export const Restore = {
  ok: 0,
  engineInUse: 1,
  notASnapshot: 2,
  otherVersion: 3,
  damaged: 4,
  nonsense: 5,
  noMemory: 6,
} as const;
export type Restore = (typeof Restore)[keyof typeof Restore];

/**
 * Word offsets of every record, by the name of its struct. Literals, so that the compiler folds them: this is the
 * hottest code of a room.
 */
export const layout = {
  AddInstrument: {
    kind: 0,
    inst: 1,
    type: 2,
    underlying: 3,
    strikeUnitsLo: 4,
    strikeUnitsHi: 5,
    tickUnitsLo: 6,
    tickUnitsHi: 7,
    decimals: 8,
    lotSize: 9,
    minTicks: 10,
    maxTicks: 11,
    halted: 12,
  },
  SetLimits: { kind: 0, userId: 1, maxPosition: 2, maxOrderQty: 3, maxOpenOrders: 4 },
  LimitOrder: { kind: 0, userId: 1, inst: 2, side: 3, price: 4, qty: 5, tif: 6, postOnly: 7 },
  MarketOrder: { kind: 0, userId: 1, inst: 2, side: 3, qty: 4, tif: 5 },
  Replace: { kind: 0, userId: 1, orderId: 2, hasPrice: 3, price: 4, hasQty: 5, qty: 6 },
  Cancel: { kind: 0, userId: 1, orderId: 2 },
  CancelInstrument: { kind: 0, userId: 1, inst: 2 },
  CancelAll: { kind: 0, userId: 1, sides: 2 },
  Quote: { kind: 0, userId: 1, inst: 2, bid: 3, bidQty: 4, ask: 5, askQty: 6 },
  Halt: { kind: 0, inst: 1, on: 2 },
  PullQuotes: { kind: 0, inst: 1 },
  SetTick: {
    kind: 0,
    inst: 1,
    tickUnitsLo: 2,
    tickUnitsHi: 3,
    decimals: 4,
    minTicks: 5,
    maxTicks: 6,
  },
  Settle: { kind: 0, inst: 1, valueLo: 2, valueHi: 3, decimals: 4 },
  Resettle: { kind: 0, inst: 1, valueLo: 2, valueHi: 3, decimals: 4 },
  Retire: { kind: 0, inst: 1 },
  Outcome: { orderId: 0, filled: 1, leaves: 2, status: 3, cancelled: 4 },
  PositionResult: {
    qty: 0,
    openBuyQty: 1,
    openSellQty: 2,
    basisQty: 3,
    cost0: 4,
    cost1: 5,
    cost2: 6,
    cost3: 7,
    cash0: 8,
    cash1: 9,
    cash2: 10,
    cash3: 11,
    settledQty: 12,
  },
  OrderResult: {
    orderId: 0,
    userId: 1,
    inst: 2,
    side: 3,
    price: 4,
    filled: 5,
    leaves: 6,
    postOnly: 7,
    isQuote: 8,
  },
  InstrumentResult: {
    decimals: 0,
    tickUnitsLo: 1,
    tickUnitsHi: 2,
    halted: 3,
    settled: 4,
    markUnits0: 5,
    markUnits1: 6,
    markUnits2: 7,
    lastTicks: 8,
  },
  Layout: {
    abiVersion: 0,
    command: 1,
    outcome: 2,
    result: 3,
    resultWords: 4,
    eventCount: 5,
    eventBlocks: 6,
    work: 7,
  },
} as const;

/** Word offsets in an event. Its first word packs four bytes: kind, instrument, side, cancel reason. */
export const eventLayout = {
  head: 0,
  status: 1,
  price: 2,
  qty: 3,
  filled: 4,
  leaves: 5,
  userId: 6,
  orderId: 7,
  contraUserId: 8,
  contraOrderId: 9,
  contraFilled: 10,
  contraLeaves: 11,
  tradeId: 12,
  units0: 13,
  units1: 14,
  units2: 15,
} as const;

/** The module's exports. Pointers are byte addresses. */
export interface EngineExports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  mm_layout(): number;
  mm_step(): number;
  mm_snapshot(): number;
  mm_snapshot_room(bytes: number): number;
  mm_restore(bytes: number): number;
  mm_depth(inst: number, side: number, skip: number, count: number): number;
  mm_best(inst: number, side: number): number;
  mm_position(userId: number, inst: number): void;
  mm_order(orderId: number): number;
  mm_order_after(userId: number, orderId: number): number;
  mm_quote(userId: number, inst: number, side: number): number;
  mm_instrument(inst: number): number;
  mm_state_hash(): void;
}

/**
 * The engine's binary interface as numbers: a mirror of engine-wasm/include/mm/abi.h, which documents it.
 * `abi.test.ts` parses that header, so the two cannot drift. Enumerations that the port has are the port's.
 */

export const abiVersion = 1;

/** The answer of a price query when there is none. */
export const noPrice = -2_147_483_648;
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
} as const;
export type CommandKind = (typeof CommandKind)[keyof typeof CommandKind];

/** Numbers the names of a record's 32-bit words: `{ kind: 0, userId: 1, ... }`. */
function words<const Names extends readonly string[]>(
  ...names: Names
): Record<Names[number], number> {
  return Object.fromEntries(names.map((name, index) => [name, index])) as Record<
    Names[number],
    number
  >;
}

/** Word offsets of every record, by the name of its struct. */
export const layout = {
  AddInstrument: words(
    "kind",
    "inst",
    "type",
    "underlying",
    "strikeUnitsLo",
    "strikeUnitsHi",
    "tickUnitsLo",
    "tickUnitsHi",
    "decimals",
    "lotSize",
    "minTicks",
    "maxTicks",
    "halted",
  ),
  SetLimits: words("kind", "userId", "maxPosition", "maxOrderQty", "maxOpenOrders"),
  LimitOrder: words("kind", "userId", "inst", "side", "price", "qty", "tif", "postOnly"),
  MarketOrder: words("kind", "userId", "inst", "side", "qty", "tif"),
  Replace: words("kind", "userId", "orderId", "hasPrice", "price", "hasQty", "qty"),
  Cancel: words("kind", "userId", "orderId"),
  CancelInstrument: words("kind", "userId", "inst"),
  CancelAll: words("kind", "userId", "sides"),
  Quote: words("kind", "userId", "inst", "bid", "bidQty", "ask", "askQty"),
  Halt: words("kind", "inst", "on"),
  PullQuotes: words("kind", "inst"),
  SetTick: words("kind", "inst", "tickUnitsLo", "tickUnitsHi", "decimals", "minTicks", "maxTicks"),
  Settle: words("kind", "inst", "valueLo", "valueHi", "decimals"),
  Outcome: words("orderId", "filled", "leaves", "status", "cancelled"),
  PositionResult: words(
    "qty",
    "openBuyQty",
    "openSellQty",
    "basisQty",
    "costFraction",
    "costLo",
    "costHi",
    "cashLo",
    "cashHi",
  ),
  OrderResult: words(
    "orderId",
    "userId",
    "inst",
    "side",
    "price",
    "filled",
    "leaves",
    "postOnly",
    "isQuote",
  ),
  InstrumentResult: words(
    "decimals",
    "tickUnitsLo",
    "tickUnitsHi",
    "halted",
    "settled",
    "markUnitsLo",
    "markUnitsHi",
    "lastTicks",
  ),
  Layout: words(
    "abiVersion",
    "command",
    "outcome",
    "result",
    "resultWords",
    "eventCount",
    "eventBlocks",
  ),
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
  reserved: 13,
  unitsLo: 14,
  unitsHi: 15,
} as const;

/** What the module exports. Pointers are byte addresses. */
export interface EngineExports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  mm_layout(): number;
  mm_step(): number;
  mm_depth(inst: number, side: number, skip: number, count: number): number;
  mm_best(inst: number, side: number): number;
  mm_position(userId: number, inst: number): void;
  mm_order(orderId: number): number;
  mm_order_after(userId: number, orderId: number): number;
  mm_instrument(inst: number): number;
  mm_state_hash(): void;
}

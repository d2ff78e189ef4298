/**
 * The port of the matching engine, as the room needs it; `worker/engine` implements it over the WASM module.
 * Integers only. Prices are whole ticks, quantities whole contracts, money whole units of the instrument
 * (one unit is `10 ** -decimals` of a price, times one contract). Nothing here knows JSON, names or time.
 */

/**
 * Whole money units, which the engine counts in 128 bits: a number wherever that is exact, a bigint beyond. Games of
 * human sizes never see one.
 */
export type Units = number | bigint;

/** Reasons for refusing a command; 0 is success. The values are the ABI's (engine-wasm/include). */
export const Reject = {
  ok: 0,
  noSuchInstrument: 1,
  noSuchOrder: 2,
  halted: 3,
  settled: 4,
  offTick: 5,
  offLot: 6,
  priceOutOfRange: 7,
  badQty: 8,
  postOnlyWouldCross: 9,
  fokUnfilled: 10,
  positionLimit: 11,
  /** The order has more than `maxOrderQty`. */
  orderQtyLimit: 12,
  /** More than `maxOpenOrders` would rest. */
  openOrderLimit: 13,
  /** The record itself makes no sense (unknown kind, side, instrument already there, crossed quote, ...). */
  badCommand: 14,
  /** Memory or ids are exhausted, or a number is larger than the engine takes; nothing was changed. */
  capacity: 15,
} as const;
export type Reject = (typeof Reject)[keyof typeof Reject];

export const Side = { buy: 0, sell: 1 } as const;
export type Side = (typeof Side)[keyof typeof Side];

export const InstrumentKind = { scalar: 0, call: 1, put: 2 } as const;
export type InstrumentKind = (typeof InstrumentKind)[keyof typeof InstrumentKind];

export const Tif = { gfd: 0, ioc: 1, fok: 2 } as const;
export type Tif = (typeof Tif)[keyof typeof Tif];

export const OrderStatus = { open: 0, partial: 1, filled: 2, cancelled: 3 } as const;
export type OrderStatus = (typeof OrderStatus)[keyof typeof OrderStatus];

/** Reasons for which an order left the book without being filled. */
export const CancelReason = {
  /** Its owner asked: cancel, cancel by instrument, cancel all, a pulled quote side. */
  requested: 0,
  /** The unfilled rest of an IOC or market order. */
  unfilled: 1,
  /** Self-trade prevention: the owner's incoming order reached it. */
  selfTrade: 2,
  /** The host pulled the quotes of the instrument (or changed its tick). */
  pulled: 3,
  /** The instrument was settled. */
  settled: 4,
} as const;
export type CancelReason = (typeof CancelReason)[keyof typeof CancelReason];

export const EventKind = {
  /** A trade of two orders. `userId`/`orderId`/... are the maker's, `contra...` the taker's; `side` is the aggressor's. */
  trade: 1,
  /** An order other than the one commanded, or a commanded mass cancel's, left the book: `reason` says why. */
  cancelled: 2,
  /** An instrument got its final mark; one for the underlying, one for each of its options. `price` unused. */
  settled: 3,
  /** The cash settlement of one position: `userId`, signed `qty` that was closed, `units` paid (signed). */
  payout: 4,
  /** State of an order after a command (replace: one; quote: one for each side that is not pulled). */
  order: 5,
} as const;
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** One event, copied out of linear memory into a reusable object. Fields that a kind does not name are 0. */
export interface EngineEvent {
  kind: EventKind;
  inst: number;
  side: Side;
  reason: CancelReason;
  status: OrderStatus;
  /** The price in ticks. */
  price: number;
  /** Trade: traded quantity. Cancelled: the quantity that left. Payout: the signed position closed. Order: original quantity. */
  qty: number;
  /** Filled quantity and rest of the order `orderId` after the event. */
  filled: number;
  leaves: number;
  userId: number;
  orderId: number;
  /** The taker of a trade. */
  contraUserId: number;
  contraOrderId: number;
  contraFilled: number;
  contraLeaves: number;
  /** Number of a trade: 1, 2, 3, ... in the room. */
  tradeId: number;
  /** Payout: money units. Settled: the final mark in units (`10 ** -decimals`). */
  units: Units;
}

/** Makes an empty event. Its keys are in the order of the ABI's words, which the golden vectors hash. */
export function emptyEvent(): EngineEvent {
  return {
    kind: EventKind.trade,
    inst: 0,
    side: Side.buy,
    reason: CancelReason.requested,
    status: OrderStatus.open,
    price: 0,
    qty: 0,
    filled: 0,
    leaves: 0,
    userId: 0,
    orderId: 0,
    contraUserId: 0,
    contraOrderId: 0,
    contraFilled: 0,
    contraLeaves: 0,
    tradeId: 0,
    units: 0,
  };
}

/** Outcome of the last order command, beside its events. */
export interface EngineOutcome {
  orderId: number;
  filled: number;
  leaves: number;
  status: OrderStatus;
}

export interface EngineInstrument {
  /** Number of the instrument: 1, 2, 3, ... in order of creation, at most 64, or one that is retired. */
  inst: number;
  /** Its place in the engine, where instruments are numbered otherwise (engine-slots.ts). */
  slot?: number;
  kind: InstrumentKind;
  /** Options: the underlying's `inst`; 0 for a scalar. */
  underlying: number;
  /** Options: the strike in units of this instrument. */
  strikeUnits: number;
  /** Units in one tick. */
  tickUnits: number;
  /** One unit is `10 ** -decimals` of a price (0..6). */
  decimals: number;
  lotSize: number;
  minTicks: number;
  maxTicks: number;
  halted: boolean;
}

export interface EngineLimits {
  maxPosition: number;
  maxOrderQty: number;
  maxOpenOrders: number;
}

/** A user's holding in one instrument. */
export interface EnginePosition {
  qty: number;
  /** Average entry price of the open position in units, 0 when flat. Exact to 2^-32 units inside. */
  vwapUnits: number;
  /** Sum of all money received less all paid, in units, settlement included. P&L in units = cash + qty * mark. */
  cashUnits: Units;
  openBuyQty: number;
  openSellQty: number;
  /** The signed position that was paid out at the settlement; 0 before. */
  settledQty: number;
}

/** Makes an empty holding, for the engine to write into. */
export function emptyPosition(): EnginePosition {
  return { qty: 0, vwapUnits: 0, cashUnits: 0, openBuyQty: 0, openSellQty: 0, settledQty: 0 };
}

/** A resting order as the engine holds it. */
export interface EngineOrder {
  orderId: number;
  userId: number;
  inst: number;
  side: Side;
  price: number;
  /** Original quantity = filled + leaves (a replace sets a new rest). */
  qty: number;
  filled: number;
  leaves: number;
  postOnly: boolean;
  /** Whether it belongs to the user's two-sided quote. */
  isQuote: boolean;
}

/**
 * The engine of one room. Every command runs to its end, returns its reject code and leaves its events readable
 * (`eventCount`, `readEvent`) and its `outcome` until the next command. A refused command changes nothing.
 */
export interface EnginePort {
  readonly outcome: EngineOutcome;
  readonly eventCount: number;
  /**
   * Steps of commands and `openOrders` that no trade has paid for: orders passed over, sums of a book that were read. Only
   * differences mean anything, in 32 bits without a sign: `(after - before) >>> 0`.
   */
  readonly work: number;
  readEvent(index: number, into: EngineEvent): EngineEvent;

  addInstrument(spec: EngineInstrument): Reject;
  /** Users are 1..1023, known from their first `setLimits`; commands of an unknown user are `badCommand`. */
  setLimits(userId: number, limits: EngineLimits): Reject;

  /** Enters a limit order (GFD, IOC, FOK, post-only). Ids are issued in ascending order and never used again. */
  limitOrder(
    userId: number,
    inst: number,
    side: Side,
    price: number,
    qty: number,
    tif: Tif,
    postOnly: boolean,
  ): Reject;
  /** Enters an IOC at any price within the instrument's bounds (`tif` FOK: whole or not at all). */
  marketOrder(userId: number, inst: number, side: Side, qty: number, tif: Tif): Reject;
  /** Changes an order: `price`, `qty` (the new rest) or null. Keeps its id; only a pure decrease keeps its place. */
  replace(userId: number, orderId: number, price: number | null, qty: number | null): Reject;
  /** Cancels an order; `noSuchOrder` also if it is somebody else's. */
  cancel(userId: number, orderId: number): Reject;
  /** Cancels the user's orders of a side; null: both. */
  cancelAll(userId: number, side: Side | null): Reject;
  /** Replaces the user's quote in `inst`; a quantity of 0 pulls that side. All or nothing. */
  quote(
    userId: number,
    inst: number,
    bid: number,
    bidQty: number,
    ask: number,
    askQty: number,
  ): Reject;

  /**
   * Takes the instrument out with its orders and everybody's holdings, once its options are: its number is free for
   * another one.
   */
  retire(inst: number): Reject;
  halt(inst: number, on: boolean): Reject;
  pullQuotes(inst: number): Reject;
  /**
   * Cancels every order of the instrument, then changes its grid. `decimals` may only grow: money is rescaled exactly.
   * `last` is null afterwards if the new grid cannot express it.
   */
  setTick(
    inst: number,
    tickUnits: number,
    decimals: number,
    minTicks: number,
    maxTicks: number,
  ): Reject;
  /**
   * Settles at `value * 10 ** -decimals` (an underlying's price; for a scalar also all its unsettled options at that value).
   * `decimals` up to 6 may be finer than the instrument's: money is rescaled exactly. Every value that a number holds
   * exactly is taken, whatever was traded, unless there is no memory for its events.
   */
  settle(inst: number, value: number, decimals: number): Reject;
  /**
   * Corrects the value of an instrument that is settled, and of the options that were settled with it: `payout` events
   * tell the whole payouts at the new value. Takes every value that `settle` takes.
   */
  resettle(inst: number, value: number, decimals: number): Reject;

  /**
   * Copies the whole state, to be restored into a new engine, also by later builds with the same version of the format.
   * There are no events afterwards. Throws if memory is exhausted.
   */
  snapshot(): Uint8Array<ArrayBuffer>;

  /** Writes up to `levels` best levels of a side into `into`: price, quantity, price, ... @returns how many levels */
  depth(inst: number, side: Side, levels: number, into: Int32Array): number;
  /** Best price in ticks, or null. */
  best(inst: number, side: Side): number | null;
  /** The settlement mark in units of the instrument, or null. */
  settlementUnits(inst: number): Units | null;
  /** The instrument's present decimals (they can grow by `setTick` and `settle`), and units in a tick. */
  decimals(inst: number): number;
  tickUnits(inst: number): number;
  position(userId: number, inst: number, into: EnginePosition): EnginePosition;
  /** The user's resting orders, oldest id first; `inst` 0: everywhere. */
  openOrders(userId: number, inst: number): EngineOrder[];
  /** The resting side of the user's quote. */
  quoteOrder(userId: number, inst: number, side: Side): EngineOrder | null;
  order(orderId: number): EngineOrder | null;
  /** Digest of everything that decides the future: books with queue order, positions, counters, limits; 16 hex digits. */
  stateHash(): string;
}

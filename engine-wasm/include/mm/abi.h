/// \file
/// The binary interface of the engine: the records that cross linear memory, and their
/// enumerations.
///
/// A host writes one command record into the mailbox, calls `mm_step`, and reads the outcome and
/// the events. Every record is a fixed little-endian struct of 32-bit words (only the head of an
/// event packs four bytes into a word). Integers of more bits are two to four words, the lowest
/// first, signed as two's complement. Prices are whole ticks, quantities whole contracts, money
/// whole units (`10 ** -decimals` of a price, times one contract).
///
/// `mm_snapshot` writes the whole state into the blocks of the events, byte i into block
/// i / (kEventsPerBlock * sizeof(Event)), and `mm_restore` reads it from there.
///
/// The engine trusts no field: a record that makes no sense is answered with a `Reject`, never a
/// trap. `worker/engine/abi.ts` mirrors this file; a test there parses it, so keep one item a line.

#pragma once

#include <cstdint>

namespace mm {

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;
using i32 = std::int32_t;
using i64 = std::int64_t;

/// Grows whenever a command, an answer or an enumeration below changes its meaning. Snapshots bear
/// it, and are read by builds of the same version only.
inline constexpr u32 kAbiVersion = 4;

// ---------------------------------------------------------------------------------------------
// Bounds of the engine. What a host may configure lies within these.

inline constexpr u32 kMaxInstruments = 64;
inline constexpr u32 kMaxUserId = 1023;
/// Prices in ticks lie within plus and minus this.
inline constexpr i32 kMaxTicks = 1'000'000'000;
/// The most contracts of one order.
inline constexpr i32 kMaxOrderQty = 1'000'000;
/// The largest `maxPosition` that may be set.
inline constexpr i32 kMaxPosition = 1'000'000;
/// The largest `maxOpenOrders` that may be set.
inline constexpr i32 kMaxOpenOrders = 100'000;
inline constexpr u32 kMaxDecimals = 6;
/// The largest tick as a price: `kMaxTickSize * 10 ** decimals` in units.
inline constexpr i32 kMaxTickSize = 1'000'000;
/// Strikes and values lie within plus and minus this (2 ** 53 - 1, the largest integer that a
/// JavaScript number holds exactly). Payments may be larger: the engine counts money in 128 bits.
inline constexpr i64 kMaxExact = 9'007'199'254'740'991;
/// The answer of a price query when there is none.
inline constexpr i32 kNoPrice = -2'147'483'647 - 1;

// ---------------------------------------------------------------------------------------------
// Enumerations. Those that game/engine-port.ts has too carry the same numbers.

/// Reasons for refusing a command. A refused command has changed nothing.
enum class Reject : u32 {
  ok = 0,
  noSuchInstrument = 1,
  noSuchOrder = 2,  ///< Unknown, gone, or somebody else's.
  halted = 3,
  settled = 4,
  offTick = 5,  ///< Given by the host, which converts prices to ticks; never by the engine.
  offLot = 6,
  priceOutOfRange = 7,
  badQty = 8,
  postOnlyWouldCross = 9,
  fokUnfilled = 10,
  positionLimit = 11,
  orderQtyLimit = 12,
  openOrderLimit = 13,
  badCommand = 14,  ///< The record makes no sense: unknown kind or user, crossed quote, ...
  capacity = 15,    ///< Memory or an integer range is exhausted.
};

enum class Side : u32 {
  buy = 0,
  sell = 1,
};

enum class InstrumentKind : u32 {
  scalar = 0,
  call = 1,
  put = 2,
};

/// Lifetimes of an order: the session, or only the moment (IOC in part, FOK in whole).
enum class Tif : u32 {
  gfd = 0,
  ioc = 1,
  fok = 2,
};

enum class OrderStatus : u32 {
  open = 0,     ///< Nothing filled, resting.
  partial = 1,  ///< Some filled, the rest resting.
  filled = 2,
  cancelled = 3,  ///< The part that was not filled is gone.
};

/// Reasons for which an order left the book without being filled.
enum class CancelReason : u32 {
  requested = 0,  ///< Its owner asked for it.
  unfilled = 1,   ///< The rest of an IOC; reported in the outcome, never as an event.
  selfTrade = 2,  ///< The owner's incoming order reached it.
  pulled = 3,     ///< The host pulled the instrument's orders.
  settled = 4,
};

enum class EventKind : u32 {
  trade = 1,      ///< The order is the maker's, `contra` the taker's; `side` is the aggressor's.
  cancelled = 2,  ///< An order that the command did not name, or one of a mass cancel.
  settled = 3,    ///< An instrument has its final mark, in `units`.
  payout = 4,     ///< A position of signed `qty` was closed for `units`, or corrected to them.
  order = 5,      ///< An order after a replace or a quote.
};

enum class CommandKind : u32 {
  addInstrument = 1,
  setLimits = 2,
  limitOrder = 3,
  marketOrder = 4,
  replace = 5,
  cancel = 6,
  cancelInstrument = 7,
  cancelAll = 8,
  quote = 9,
  halt = 10,
  pullQuotes = 11,
  setTick = 12,
  settle = 13,
  resettle = 14,
  retire = 15,
};

/// Results of restoring a snapshot. After anything but `ok` the engine has to be thrown away.
enum class Restore : u32 {
  ok = 0,
  engineInUse = 1,   ///< Only an engine that has executed nothing can take a snapshot.
  notASnapshot = 2,  ///< The first words or the length say so.
  otherVersion = 3,  ///< Of the snapshot's format or of this interface.
  damaged = 4,       ///< The digest does not fit.
  nonsense = 5,      ///< The digest fits, and yet it describes no state of an engine.
  noMemory = 6,
};

// ---------------------------------------------------------------------------------------------
// Commands. Each record begins with its kind and is read from the mailbox's first words.

/// The mailbox. Words past the end of a command's record are ignored.
struct Command {
  u32 word[16];
};

struct AddInstrument {
  u32 kind;
  u32 inst;        ///< The next in order: 1, 2, 3, ..., or one that is retired.
  u32 type;        ///< An InstrumentKind.
  u32 underlying;  ///< Options: an unsettled scalar; 0 otherwise.
  u32 strikeUnitsLo;
  u32 strikeUnitsHi;
  u32 tickUnitsLo;
  u32 tickUnitsHi;
  u32 decimals;
  i32 lotSize;
  i32 minTicks;
  i32 maxTicks;
  u32 halted;  ///< 0 or 1.
};

/// Also makes the user known.
struct SetLimits {
  u32 kind;
  u32 userId;
  i32 maxPosition;
  i32 maxOrderQty;
  i32 maxOpenOrders;
};

struct LimitOrder {
  u32 kind;
  u32 userId;
  u32 inst;
  u32 side;
  i32 price;
  i32 qty;
  u32 tif;
  u32 postOnly;  ///< 0 or 1; 1 only with GFD.
};

struct MarketOrder {
  u32 kind;
  u32 userId;
  u32 inst;
  u32 side;
  i32 qty;
  u32 tif;  ///< FOK: whole or not at all; the others: IOC.
};

struct Replace {
  u32 kind;
  u32 userId;
  u32 orderId;
  u32 hasPrice;  ///< 0: the price stays.
  i32 price;
  u32 hasQty;  ///< 0: the quantity stays.
  i32 qty;     ///< The new remaining quantity.
};

struct Cancel {
  u32 kind;
  u32 userId;
  u32 orderId;
};

struct CancelInstrument {
  u32 kind;
  u32 userId;
  u32 inst;
};

struct CancelAll {
  u32 kind;
  u32 userId;
  u32 sides;  ///< 1 bids, 2 asks, 3 both.
};

/// A side of quantity 0 is pulled and its price ignored.
struct Quote {
  u32 kind;
  u32 userId;
  u32 inst;
  i32 bid;
  i32 bidQty;
  i32 ask;
  i32 askQty;
};

struct Halt {
  u32 kind;
  u32 inst;
  u32 on;
};

struct PullQuotes {
  u32 kind;
  u32 inst;
};

struct SetTick {
  u32 kind;
  u32 inst;
  u32 tickUnitsLo;  ///< In units of the new decimals.
  u32 tickUnitsHi;
  u32 decimals;  ///< May only grow.
  i32 minTicks;
  i32 maxTicks;
};

struct Settle {
  u32 kind;
  u32 inst;
  u32 valueLo;
  u32 valueHi;
  u32 decimals;  ///< The value is in units of `10 ** -decimals`.
};

/// Corrects the value of a settled instrument, and of the options that it took along.
struct Resettle {
  u32 kind;
  u32 inst;
  u32 valueLo;
  u32 valueHi;
  u32 decimals;
};

/// Takes an instrument out for good, with its orders and everybody's holdings in it: its number is
/// free for another one. Its options have to be retired before it.
struct Retire {
  u32 kind;
  u32 inst;
};

// ---------------------------------------------------------------------------------------------
// Events and answers of the engine. Fields that a kind of event does not name are 0.

struct Event {
  u8 kind;  ///< An EventKind.
  u8 inst;
  u8 side;
  u8 reason;   ///< A CancelReason.
  u32 status;  ///< Of the order `orderId` after the event, as are `filled` and `leaves`.
  i32 price;
  i32 qty;  ///< Traded; cancelled; signed position closed; or an order's original quantity.
  i32 filled;
  i32 leaves;
  u32 userId;
  u32 orderId;
  u32 contraUserId;
  u32 contraOrderId;
  i32 contraFilled;
  i32 contraLeaves;
  u32 tradeId;
  u32 units0;
  u32 units1;
  u32 units2;
};

/// The result of the order or the cancel that the last command asked for.
struct Outcome {
  u32 orderId;
  i32 filled;
  i32 leaves;  ///< The resting quantity.
  u32 status;
  u32 cancelled;  ///< Orders that a cancel, quote, pull or tick command took out.
};

/// Written by `mm_position`.
struct PositionResult {
  i32 qty;
  i32 openBuyQty;
  i32 openSellQty;
  i32 basisQty;  ///< The average cost is cost / 2 ** 32 / basisQty.
  u32 cost0;
  u32 cost1;
  u32 cost2;
  u32 cost3;
  u32 cash0;
  u32 cash1;
  u32 cash2;
  u32 cash3;
  i32 settledQty;  ///< The signed position that was paid at the settlement.
};

/// Written by `mm_order`, `mm_order_after` and `mm_quote`.
struct OrderResult {
  u32 orderId;
  u32 userId;
  u32 inst;
  u32 side;
  i32 price;
  i32 filled;
  i32 leaves;
  u32 postOnly;
  u32 isQuote;
};

/// Written by `mm_instrument`.
struct InstrumentResult {
  u32 decimals;
  u32 tickUnitsLo;
  u32 tickUnitsHi;
  u32 halted;
  u32 settled;
  u32 markUnits0;
  u32 markUnits1;
  u32 markUnits2;
  i32 lastTicks;  ///< kNoPrice before the first trade.
};

/// Addresses in linear memory; `mm_layout` returns the address of this record.
struct Layout {
  u32 abiVersion;
  u32 command;  ///< The mailbox.
  u32 outcome;
  u32 result;  ///< The answer to the last query.
  u32 resultWords;
  u32 eventCount;
  u32 eventBlocks;  ///< A table of addresses: event i is in block i / kEventsPerBlock.
  /// A counter of steps that commands do not pay for with a trade or a cancelled order: sums and
  /// levels that a FOK reads, orders of the user that it or a cancel passes over. It never goes
  /// back, but wraps around.
  u32 work;
};

inline constexpr u32 kEventsPerBlock = 256;

static_assert(sizeof(Command) == 16 * sizeof(u32));
static_assert(sizeof(AddInstrument) == 13 * sizeof(u32));
static_assert(sizeof(SetLimits) == 5 * sizeof(u32));
static_assert(sizeof(LimitOrder) == 8 * sizeof(u32));
static_assert(sizeof(MarketOrder) == 6 * sizeof(u32));
static_assert(sizeof(Replace) == 7 * sizeof(u32));
static_assert(sizeof(Cancel) == 3 * sizeof(u32));
static_assert(sizeof(CancelInstrument) == 3 * sizeof(u32));
static_assert(sizeof(CancelAll) == 3 * sizeof(u32));
static_assert(sizeof(Quote) == 7 * sizeof(u32));
static_assert(sizeof(Halt) == 3 * sizeof(u32));
static_assert(sizeof(PullQuotes) == 2 * sizeof(u32));
static_assert(sizeof(SetTick) == 7 * sizeof(u32));
static_assert(sizeof(Settle) == 5 * sizeof(u32));
static_assert(sizeof(Resettle) == 5 * sizeof(u32));
static_assert(sizeof(Retire) == 2 * sizeof(u32));
static_assert(sizeof(Event) == 16 * sizeof(u32));
static_assert(sizeof(Outcome) == 5 * sizeof(u32));
static_assert(sizeof(PositionResult) == 13 * sizeof(u32));
static_assert(sizeof(OrderResult) == 9 * sizeof(u32));
static_assert(sizeof(InstrumentResult) == 9 * sizeof(u32));
static_assert(sizeof(Layout) == 8 * sizeof(u32));

}  // namespace mm

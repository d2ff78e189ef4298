#include "accounts/units.h"
#include "book/book.h"
#include "snapshot/snapshot.h"
#include "snapshot/state_hash.h"

namespace mm::snapshot {

namespace {

/// Reads words; past the end there are only zeros, and `isAtEnd` says no.
class Reader {
 public:
  Reader(const EventBuffer& blocks, u32 count)
      : blocks_(blocks),
        count_(count),
        isNarrow_(blocks.word(kFormatWord) == kNarrowFormat),
        hasSettledQty_(blocks.word(kFormatWord) > kUncorrectedFormat) {}

  bool isAtEnd() const { return at_ == count_; }
  bool hasSettledQty() const { return hasSettledQty_; }

  u32 take() {
    if (at_ < count_) return blocks_.word(at_++);
    at_ = count_ + 1;
    return 0;
  }
  i32 takeSigned() { return static_cast<i32>(take()); }
  i64 takePair() {
    const u32 low = take();
    return join(low, take());
  }
  /// \param narrowWords words of the amount in the narrow format.
  i128 takeMoney(u32 narrowWords) {
    const u32 words = isNarrow_ ? narrowWords : 4;
    u128 value = 0;
    for (u32 i = 0; i < words; ++i) value |= u128{take()} << 32 * i;
    const u32 rest = 128 - 32 * words;
    return static_cast<i128>(value << rest) >> rest;
  }

 private:
  const EventBuffer& blocks_;
  u32 count_;
  bool isNarrow_;
  bool hasSettledQty_;
  u32 at_ = kHeadWords;
};

bool lies(i32 value, i32 low, i32 high) {
  return low <= value && value <= high;
}

bool isWithin(i128 value, i128 most) {
  return -most <= value && value <= most;
}

/// Whether a grid makes sense. A settled instrument may have decimals in which its furthest price
/// is past all integers, since nobody quotes it any more.
bool canHaveGrid(const Instrument& instrument) {
  const Reject grid = units::checkGrid(instrument.tickUnits, instrument.decimals,
                                       instrument.minTicks, instrument.maxTicks);
  if (grid == Reject::capacity) {
    return instrument.settled && units::isTick(instrument.tickUnits, instrument.decimals);
  }
  return grid == Reject::ok;
}

Restore readInstrument(Reader& reader, State& state, u32 inst) {
  Instrument& instrument = state.instruments[inst - 1];
  instrument.inst = static_cast<u8>(inst);
  const u32 kind = reader.take();
  instrument.kind = static_cast<InstrumentKind>(kind);
  instrument.underlying = reader.take();
  instrument.decimals = reader.take();
  instrument.lotSize = reader.takeSigned();
  instrument.minTicks = reader.takeSigned();
  instrument.maxTicks = reader.takeSigned();
  instrument.lastTicks = reader.takeSigned();
  const u32 halted = reader.take();
  const u32 settled = reader.take();
  instrument.halted = halted != 0;
  instrument.settled = settled != 0;
  instrument.settledWithUnderlying = settled == 2;
  instrument.retired = settled == kRetired;
  instrument.strikeUnits = reader.takeMoney(2);
  instrument.tickUnits = reader.takePair();
  instrument.markUnits = reader.takeMoney(2);

  const bool isOption = kind != static_cast<u32>(InstrumentKind::scalar);
  const bool hasUnderlying = instrument.underlying - 1 < state.instrumentCount;
  if (kind > static_cast<u32>(InstrumentKind::put) || halted > 1 || settled > kRetired ||
      isOption != hasUnderlying || (!isOption && instrument.underlying != 0) ||
      !lies(instrument.lotSize, 1, kMaxOrderQty) || !isWithin(instrument.strikeUnits, kMaxStrike) ||
      !isWithin(instrument.markUnits, kMaxMark) ||
      (instrument.lastTicks != kNoPrice && !lies(instrument.lastTicks, -kMaxTicks, kMaxTicks)) ||
      !canHaveGrid(instrument)) {
    return Restore::nonsense;
  }
  return Restore::ok;
}

/// Whether an option is on a scalar with which it can have come so far: one that was added before
/// may have a larger number, if the option has taken that of a retired one.
bool canHaveUnderlying(const State& state, const Instrument& option) {
  if (option.kind == InstrumentKind::scalar) return !option.settledWithUnderlying;
  const Instrument& underlying = state.instrument(option.underlying);
  if (underlying.kind != InstrumentKind::scalar || underlying.retired || option.retired) {
    return false;
  }
  return underlying.settled || !option.settledWithUnderlying;
}

bool readPosition(Reader& reader, const Instrument& instrument, Position& position) {
  position.qty = reader.takeSigned();
  position.basis = reader.takeSigned();
  position.cost = reader.takeMoney(3);
  position.cash = reader.takeMoney(2);
  if (reader.hasSettledQty()) position.settledQty = reader.takeSigned();
  if (!lies(position.settledQty, -kMaxPosition, kMaxPosition)) return false;
  if (instrument.settled ? position.qty != 0 : position.settledQty != 0) return false;
  if (instrument.retired && (position.settledQty != 0 || position.cash != 0)) return false;
  if (!isWithin(position.cost, kMaxCost) || !isWithin(position.cash, kMaxCash)) return false;
  if (!lies(position.qty, -kMaxPosition, kMaxPosition)) return false;
  const i32 held = position.qty < 0 ? -position.qty : position.qty;
  return lies(position.basis, held, kMaxPosition) && (held == 0) == (position.basis == 0);
}

/// Reads an order, which is in no queue yet. \param lastId id of the user's order before it.
Restore readOrder(Reader& reader, State& state, User& user, u32 userId, u32 lastId) {
  if (!state.orders.reserve(1) || !state.ids.reserve(1)) return Restore::noMemory;
  const Ref<Order> ref = state.orders.take();
  Order& order = state.orders[ref];
  order.id = reader.take();
  const u32 tags = reader.take();
  order.filled = reader.takeSigned();
  order.leaves = reader.takeSigned();
  order.userId = static_cast<u16>(userId);
  order.inst = static_cast<u8>(tags);
  order.flags = static_cast<u8>(tags >> 8);
  order.level = {};

  constexpr u32 kAllFlags = Order::kSell | Order::kPostOnly | Order::kQuote;
  if (order.id <= lastId || order.id >= state.nextOrderId || state.ids.find(order.id) ||
      tags >> 8 > kAllFlags || state.findInstrument(order.inst) == nullptr || order.filled < 0 ||
      !lies(order.leaves, 1, kMaxOrderQty)) {
    return Restore::nonsense;
  }
  if (order.isQuote() && user.position(order.inst).quote[index(order.side())]) {
    return Restore::nonsense;
  }
  book::adopt(state, user, ref);
  return Restore::ok;
}

Restore readUser(Reader& reader, State& state, u32 userId) {
  if (!state.userRows.reserve(1)) return Restore::noMemory;
  state.users[userId] = state.userRows.take();
  User& user = state.user(userId);
  user.clear();
  user.limits.maxPosition = reader.takeSigned();
  user.limits.maxOrderQty = reader.takeSigned();
  user.limits.maxOpenOrders = reader.takeSigned();
  if (!lies(user.limits.maxPosition, 0, kMaxPosition) ||
      !lies(user.limits.maxOrderQty, 0, kMaxOrderQty) ||
      !lies(user.limits.maxOpenOrders, 0, kMaxOpenOrders)) {
    return Restore::nonsense;
  }
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    if (!readPosition(reader, state.instrument(inst), user.position(inst))) {
      return Restore::nonsense;
    }
  }
  u32 lastId = 0;
  const u32 orderCount = reader.take();
  if (orderCount > static_cast<u32>(kMaxOpenOrders)) return Restore::nonsense;
  for (u32 i = 0; i < orderCount; ++i) {
    const Restore result = readOrder(reader, state, user, userId, lastId);
    if (result != Restore::ok) return result;
    lastId = state.orders[user.newest].id;
  }
  return Restore::ok;
}

/// Reads the queue of a level. \returns whether its orders can be there.
bool readQueue(Reader& reader, State& state, Instrument& instrument, Side side, i32 price,
               u32 length) {
  for (u32 i = 0; i < length; ++i) {
    const Ref<Order> ref = state.ids.find(reader.take());
    if (!ref) return false;
    const Order& order = state.orders[ref];
    if (order.level || order.inst != instrument.inst || order.side() != side) return false;
    User& owner = state.user(order.userId);
    // The bound of a user's working quantity, which keeps a level's quantity within its integer.
    const i32 working = owner.position(instrument.inst).working[index(side)];
    if (working + order.leaves > 2 * kMaxPosition) return false;
    book::enqueue(state, instrument, owner, ref, price);
  }
  return true;
}

/// Reads the levels of a side, each behind the one before. \param queued counts the orders.
Restore readBookSide(Reader& reader, State& state, Instrument& instrument, Side side, u32& queued) {
  i64 last = side == Side::buy ? i64{kMaxTicks} + 1 : -i64{kMaxTicks} - 1;
  while (const u32 length = reader.take()) {
    const i32 price = reader.takeSigned();
    const bool isBehind = side == Side::buy ? price < last : price > last;
    if (!isBehind || !lies(price, instrument.minTicks, instrument.maxTicks) ||
        length > state.ids.size() - queued) {
      return Restore::nonsense;
    }
    if (!state.ladders.reserve(1)) return Restore::noMemory;
    if (!readQueue(reader, state, instrument, side, price, length)) return Restore::nonsense;
    queued += length;
    last = price;
  }
  return Restore::ok;
}

Restore readBooks(Reader& reader, State& state) {
  u32 queued = 0;
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    Instrument& instrument = state.instrument(inst);
    for (const Side side : kSides) {
      const Restore result = readBookSide(reader, state, instrument, side, queued);
      if (result != Restore::ok) return result;
    }
    const Ref<Level> bid = book::best(instrument, Side::buy);
    if (bid && book::crosses(state, instrument, Side::buy, state.level(bid).price)) {
      return Restore::nonsense;
    }
  }
  return queued == state.ids.size() ? Restore::ok : Restore::nonsense;
}

/// Whether positions and cash add up to zero, on which settlement relies.
bool isZeroSum(const State& state, u32 inst) {
  i64 qty = 0;
  i64 settledQty = 0;
  i128 cash = 0;
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    const User* user = state.findUser(userId);
    if (user == nullptr) continue;
    qty += user->position(inst).qty;
    settledQty += user->position(inst).settledQty;
    cash += user->position(inst).cash;
    if (!isWithin(cash, kMaxCash)) return false;  // No sum of trades is larger.
  }
  return qty == 0 && settledQty == 0 && cash == 0;
}

Restore readBody(Reader& reader, State& state) {
  state.nextOrderId = reader.take();
  state.nextTradeId = reader.take();
  state.instrumentCount = reader.take();
  if (state.nextOrderId == 0 || state.nextTradeId == 0 || state.instrumentCount > kMaxInstruments) {
    state.instrumentCount = 0;
    return Restore::nonsense;
  }
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    const Restore result = readInstrument(reader, state, inst);
    if (result != Restore::ok) return result;
  }
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    if (!canHaveUnderlying(state, state.instrument(inst))) return Restore::nonsense;
  }
  u32 lastId = 0;
  while (const u32 userId = reader.take()) {
    if (userId <= lastId || userId > kMaxUserId) return Restore::nonsense;
    const Restore result = readUser(reader, state, userId);
    if (result != Restore::ok) return result;
    lastId = userId;
  }
  const Restore result = readBooks(reader, state);
  if (result != Restore::ok) return result;
  if (!reader.isAtEnd()) return Restore::nonsense;
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    if (!isZeroSum(state, inst)) return Restore::nonsense;
  }
  return Restore::ok;
}

bool isNew(const State& state) {
  for (const Ref<User> user : state.users) {
    if (user) return false;
  }
  return state.instrumentCount == 0 && state.nextOrderId == 1 && state.nextTradeId == 1;
}

}  // namespace

Restore read(State& state, u32 bytes) {
  const EventBuffer& blocks = state.events;
  const u32 count = bytes / u32{sizeof(u32)};
  if (!isNew(state)) return Restore::engineInUse;
  if (bytes % sizeof(u32) != 0 || count < kHeadWords || count > blocks.wordCapacity() ||
      blocks.word(kMagicWord) != kMagic) {
    return Restore::notASnapshot;
  }
  const bool isNarrow =
      blocks.word(kFormatWord) == kNarrowFormat && blocks.word(kAbiWord) == kNarrowFormat;
  const bool isUncorrected =
      blocks.word(kFormatWord) == kUncorrectedFormat && blocks.word(kAbiWord) == kUncorrectedFormat;
  const bool isUnretired =
      blocks.word(kFormatWord) == kUnretiredFormat && blocks.word(kAbiWord) == kUnretiredFormat;
  const bool isWide =
      blocks.word(kFormatWord) == kFormatVersion && blocks.word(kAbiWord) == kAbiVersion;
  if (!isNarrow && !isUncorrected && !isUnretired && !isWide) return Restore::otherVersion;
  const auto pair = [&](u32 at) {
    return static_cast<u64>(join(blocks.word(at), blocks.word(at + 1)));
  };
  if (blocks.word(kCountWord) != count) return Restore::notASnapshot;
  if (pair(kDigestWords) != digest(state, count)) return Restore::damaged;

  const u64 hash = pair(kStateHashWords);
  Reader reader(blocks, count);
  const Restore result = readBody(reader, state);
  if (result != Restore::ok) return result;
  return stateHash(state) == hash ? Restore::ok : Restore::nonsense;
}

}  // namespace mm::snapshot

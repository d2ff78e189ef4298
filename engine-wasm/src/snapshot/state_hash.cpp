#include "snapshot/state_hash.h"

#include "snapshot/digest.h"

namespace mm {

namespace {

/// The hash's first word. It stays the same as when the first rooms noted theirs, whatever the ABI.
constexpr u32 kHashVersion = 1;

/// Adds money as one 64-bit integer where it fits, as in the time when all money had 64 bits.
void addMoney(Digest& digest, i128 units) {
  const auto low = static_cast<i64>(units);
  digest.add(low);
  if (units != low) digest.add(static_cast<i64>(units >> 64));
}

void addBookSide(Digest& digest, const State& state, const BookSide& bookSide, Side side) {
  digest.add(bookSide.orderCount);
  for (Ref<Level> at = bookSide.ladder.best(); at; at = state.level(at).next[index(side)]) {
    digest.add(state.level(at).price);
    for (Ref<Order> ref = state.level(at).first; ref; ref = state.orders[ref].behind) {
      const Order& order = state.orders[ref];
      digest.add(order.id);
      digest.add(order.userId);
      digest.add(order.leaves);
      digest.add(order.filled);
      digest.add(order.flags);
    }
  }
}

void addInstrument(Digest& digest, const State& state, const Instrument& instrument) {
  digest.add(static_cast<u32>(instrument.kind));
  digest.add(instrument.underlying);
  addMoney(digest, instrument.strikeUnits);
  digest.add(instrument.tickUnits);
  digest.add(instrument.decimals);
  digest.add(instrument.lotSize);
  digest.add(instrument.minTicks);
  digest.add(instrument.maxTicks);
  digest.add(instrument.lastTicks);
  digest.add(u32{instrument.halted});
  digest.add(u32{instrument.settled} + u32{instrument.retired});
  addMoney(digest, instrument.markUnits);
  for (const Side side : kSides) {
    addBookSide(digest, state, instrument.side(side), side);
  }
}

/// Leaves out what was settled: it follows from the trades, and the first rooms did not note it.
void addUser(Digest& digest, const User& user, u32 userId, u32 instrumentCount) {
  digest.add(userId);
  digest.add(user.limits.maxPosition);
  digest.add(user.limits.maxOrderQty);
  digest.add(user.limits.maxOpenOrders);
  digest.add(user.openOrders);
  for (u32 inst = 1; inst <= instrumentCount; ++inst) {
    const Position& position = user.position(inst);
    digest.add(position.qty);
    digest.add(position.basis);
    addMoney(digest, position.cost >> 32);
    digest.add(wordOf(position.cost, 0));
    addMoney(digest, position.cash);
    digest.add(position.working[index(Side::buy)]);
    digest.add(position.working[index(Side::sell)]);
  }
}

}  // namespace

u64 stateHash(const State& state) {
  Digest digest;
  digest.add(kHashVersion);
  digest.add(state.nextOrderId);
  digest.add(state.nextTradeId);
  digest.add(state.instrumentCount);
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    addInstrument(digest, state, state.instrument(inst));
  }
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    const User* user = state.findUser(userId);
    if (user != nullptr) addUser(digest, *user, userId, state.instrumentCount);
  }
  return digest.finish();
}

}  // namespace mm

#include "state_hash.h"

namespace mm {

namespace {

/// Order-dependent mixing by the multiply-rotate steps of MurmurHash3 (Austin Appleby, public
/// domain).
class Digest {
 public:
  template <class Integer>
  void add(Integer value) {
    u64 word = static_cast<u64>(value) * 0x87c3'7b91'1142'53d5U;
    word = (word << 31 | word >> 33) * 0x4cf5'ad43'2745'937fU;
    hash_ ^= word;
    hash_ = (hash_ << 27 | hash_ >> 37) * 5 + 0x52dc'e729U;
    ++words_;
  }

  u64 finish() const {
    u64 hash = hash_ ^ words_;
    hash = (hash ^ hash >> 33) * 0xff51'afd7'ed55'8ccdU;
    hash = (hash ^ hash >> 33) * 0xc4ce'b9fe'1a85'ec53U;
    return hash ^ hash >> 33;
  }

 private:
  u64 hash_ = 0;
  u64 words_ = 0;
};

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
  digest.add(instrument.strikeUnits);
  digest.add(instrument.tickUnits);
  digest.add(instrument.decimals);
  digest.add(instrument.lotSize);
  digest.add(instrument.minTicks);
  digest.add(instrument.maxTicks);
  digest.add(instrument.lastTicks);
  digest.add(u32{instrument.halted});
  digest.add(u32{instrument.settled});
  digest.add(instrument.markUnits);
  for (const Side side : kSides) {
    addBookSide(digest, state, instrument.side(side), side);
  }
}

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
    digest.add(position.cost.whole);
    digest.add(position.cost.fraction);
    digest.add(position.cash);
    digest.add(position.working[index(Side::buy)]);
    digest.add(position.working[index(Side::sell)]);
  }
}

}  // namespace

u64 stateHash(const State& state) {
  Digest digest;
  digest.add(kAbiVersion);
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

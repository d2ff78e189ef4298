#include "snapshot/digest.h"
#include "snapshot/snapshot.h"
#include "snapshot/state_hash.h"

namespace mm::snapshot {

namespace {

/// Appends words to the blocks of the events, and takes more of these as it needs.
class Writer {
 public:
  explicit Writer(EventBuffer& blocks) : blocks_(blocks) {}

  bool hasFailed() const { return hasFailed_; }
  u32 count() const { return count_; }

  template <class Integer>
  void put(Integer value) {
    static_assert(sizeof(Integer) <= sizeof(u32));
    if (count_ == blocks_.wordCapacity() &&
        !blocks_.reserve(count_ / EventBuffer::kWordsPerEvent + 1)) {
      hasFailed_ = true;
    }
    if (!hasFailed_) blocks_.word(count_++) = static_cast<u32>(value);
  }

  void putMoney(i128 value) {
    for (u32 i = 0; i < 4; ++i) put(wordOf(value, i));
  }

 private:
  EventBuffer& blocks_;
  u32 count_ = 0;
  bool hasFailed_ = false;
};

void putInstrument(Writer& writer, const Instrument& instrument) {
  writer.put(static_cast<u32>(instrument.kind));
  writer.put(instrument.underlying);
  writer.put(instrument.decimals);
  writer.put(instrument.lotSize);
  writer.put(instrument.minTicks);
  writer.put(instrument.maxTicks);
  writer.put(instrument.lastTicks);
  writer.put(u32{instrument.halted});
  writer.put(instrument.retired ? kRetired
                                : u32{instrument.settled} + u32{instrument.settledWithUnderlying});
  writer.putMoney(instrument.strikeUnits);
  writer.put(lowWord(instrument.tickUnits));
  writer.put(highWord(instrument.tickUnits));
  writer.putMoney(instrument.markUnits);
}

void putUser(Writer& writer, const State& state, u32 userId, const User& user) {
  writer.put(userId);
  writer.put(user.limits.maxPosition);
  writer.put(user.limits.maxOrderQty);
  writer.put(user.limits.maxOpenOrders);
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    const Position& position = user.position(inst);
    writer.put(position.qty);
    writer.put(position.basis);
    writer.putMoney(position.cost);
    writer.putMoney(position.cash);
    writer.put(position.settledQty);
  }
  writer.put(user.openOrders);
  for (Ref<Order> ref = user.oldest; ref; ref = state.orders[ref].newer) {
    const Order& order = state.orders[ref];
    writer.put(order.id);
    writer.put(u32{order.inst} | u32{order.flags} << 8);
    writer.put(order.filled);
    writer.put(order.leaves);
  }
}

/// Writes a side. Levels and queues end with a 0: no id is 0, and no level has length 0.
void putBookSide(Writer& writer, const State& state, const BookSide& bookSide, Side side) {
  for (Ref<Level> at = bookSide.ladder.best(); at; at = state.level(at).next[index(side)]) {
    const Level& level = state.level(at);
    u32 length = 0;
    for (Ref<Order> ref = level.first; ref; ref = state.orders[ref].behind) ++length;
    writer.put(length);
    writer.put(level.price);
    for (Ref<Order> ref = level.first; ref; ref = state.orders[ref].behind) {
      writer.put(state.orders[ref].id);
    }
  }
  writer.put(u32{0});
}

void putBody(Writer& writer, const State& state) {
  writer.put(state.nextOrderId);
  writer.put(state.nextTradeId);
  writer.put(state.instrumentCount);
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    putInstrument(writer, state.instrument(inst));
  }
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    const User* user = state.findUser(userId);
    if (user != nullptr) putUser(writer, state, userId, *user);
  }
  writer.put(u32{0});  // Ends the users: no id is 0.
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    for (const Side side : kSides) {
      putBookSide(writer, state, state.instrument(inst).side(side), side);
    }
  }
}

void setPair(EventBuffer& blocks, u32 at, u64 value) {
  blocks.word(at) = static_cast<u32>(value);
  blocks.word(at + 1) = static_cast<u32>(value >> 32);
}

}  // namespace

u64 digest(const State& state, u32 wordCount) {
  Digest digest;
  for (u32 i = kHeadWords; i < wordCount; ++i) digest.add(state.events.word(i));
  return digest.finish();
}

u32 write(State& state) {
  EventBuffer& blocks = state.events;
  blocks.clear();
  Writer writer(blocks);
  for (u32 i = 0; i < kHeadWords; ++i) writer.put(u32{0});
  putBody(writer, state);
  if (writer.hasFailed()) return 0;
  blocks.word(kMagicWord) = kMagic;
  blocks.word(kFormatWord) = kFormatVersion;
  blocks.word(kAbiWord) = kAbiVersion;
  blocks.word(kCountWord) = writer.count();
  setPair(blocks, kStateHashWords, stateHash(state));
  setPair(blocks, kDigestWords, digest(state, writer.count()));
  return writer.count() * u32{sizeof(u32)};
}

}  // namespace mm::snapshot

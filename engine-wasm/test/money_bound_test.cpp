/// Whether the money of a trade will hold is known before it happens: no cash and no cost ever
/// passes the bound, and nothing is refused for money that is no longer at stake.

#include <doctest/doctest.h>

#include "support/game.h"
#include "support/snapshots.h"

namespace mm::test {

namespace {

constexpr u32 kInst = 2;
/// So many ticks times contracts are all the money that there may be, give or take a unit each.
constexpr i64 kMoneyTicks = 100'000;

/// A game with an instrument whose tick is dear.
class Room : public Game {
 public:
  explicit Room(i64 tickUnits = kMaxMoney / kMoneyTicks) : tickUnits_(tickUnits) {
    AddInstrument spec = scalar(kInst);
    spec.tickUnitsLo = lowWord(tickUnits);
    spec.tickUnitsHi = highWord(tickUnits);
    spec.minTicks = -1'000;
    spec.maxTicks = 1'000;
    REQUIRE(addInstrument(spec) == Reject::ok);
  }

  Reject order(u32 user, Side side, i32 qty, i32 price) {
    return limit(user, side, qty, price, Tif::gfd, false, kInst);
  }
  /// Bob rests, Alice takes.
  Reject trade(Side side, i32 qty, i32 price) {
    REQUIRE(order(kBob, opposite(side), qty, price) == Reject::ok);
    return order(kAlice, side, qty, price);
  }
  i64 cashTicks(u32 user) { return cash(user, kInst) / tickUnits_; }

 private:
  i64 tickUnits_;
};

}  // namespace

TEST_CASE("the last unit of money can be traded, and not one more") {
  constexpr i32 kContracts = 6'361;  // A divisor of kMaxMoney.
  Room room(kMaxMoney / kContracts);
  REQUIRE(room.trade(Side::buy, kContracts, 1) == Reject::ok);
  CHECK(room.cash(kAlice, kInst) == -kMaxMoney);
  CHECK(room.cash(kBob, kInst) == kMaxMoney);
  REQUIRE(room.order(kCarol, Side::sell, 1, 1) == Reject::ok);
  const u64 before = room.engine.stateHash();
  CHECK(room.order(kAlice, Side::buy, 1, 1) == Reject::capacity);
  CHECK(room.engine.stateHash() == before);
}

TEST_CASE("money that went round and came back is free again") {
  Room room;
  for (i32 round = 0; round < 20; ++round) {
    REQUIRE(room.trade(Side::buy, 1'000, 30) == Reject::ok);
    REQUIRE(room.trade(Side::sell, 1'000, 30) == Reject::ok);
  }
  CHECK(room.cash(kAlice, kInst) == 0);
}

TEST_CASE("a cost larger than the cash counts") {
  Room room;
  room.trade(Side::sell, 1'000, 30);
  room.trade(Side::buy, 1'000, 10);
  REQUIRE(room.trade(Side::buy, 1'000, 60) == Reject::ok);
  REQUIRE(room.cashTicks(kAlice) == -40'000);
  CHECK(room.trade(Side::buy, 1'000, 50) == Reject::capacity);  // A cost of 110,000.
  CHECK(room.order(kAlice, Side::buy, 799, 50) == Reject::ok);
}

TEST_CASE("cash larger than the cost counts") {
  Room room;
  REQUIRE(room.trade(Side::sell, 1'000, 60) == Reject::ok);
  REQUIRE(room.trade(Side::buy, 1'000, 0) == Reject::ok);
  CHECK(room.trade(Side::sell, 1'000, 41) == Reject::capacity);
  room.cancelAll(kBob);
  CHECK(room.trade(Side::sell, 1'000, 40) == Reject::ok);
}

TEST_CASE("what counts is the worst price that an order can reach") {
  Room room;
  SUBCASE("behind a better one") {
    room.order(kBob, Side::sell, 10, 1);
    room.order(kBob, Side::sell, 1'000, 150);
    CHECK(room.order(kAlice, Side::buy, 1'000, 150) == Reject::capacity);
  }
  SUBCASE("behind an own order, which will be cancelled") {
    room.order(kAlice, Side::sell, 1'000, 1);
    room.order(kBob, Side::sell, 1'000, 150);
    CHECK(room.order(kAlice, Side::buy, 1'000, 150) == Reject::capacity);
  }
  SUBCASE("and not the limit") {
    room.order(kBob, Side::sell, 1'000, 1);
    room.order(kBob, Side::sell, 1'000, 150);
    CHECK(room.order(kAlice, Side::buy, 1'000, 150) == Reject::ok);
  }
  SUBCASE("and not an own order elsewhere") {
    room.limit(kAlice, Side::sell, 1'000, 1);
    room.order(kAlice, Side::sell, 1'000, 200);
    room.order(kBob, Side::sell, 1'000, 1);
    room.order(kBob, Side::sell, 1'000, 150);
    CHECK(room.order(kAlice, Side::buy, 1'000, 150) == Reject::ok);
  }
}

TEST_CASE("negative prices are as much money") {
  Room room;
  CHECK(room.trade(Side::sell, 1'000, -101) == Reject::capacity);
  room.cancelAll(kBob);
  CHECK(room.trade(Side::sell, 1'000, -100) == Reject::ok);
  CHECK(room.cashTicks(kAlice) == -100'000);
}

TEST_CASE("finer units bring money closer to its bound") {
  Room room;
  REQUIRE(room.trade(Side::buy, 1'000, 6) == Reject::ok);
  constexpr i64 kTick = kMaxMoney / kMoneyTicks;
  REQUIRE(room.send(CommandKind::setTick, SetTick{0, kInst, lowWord(kTick), highWord(kTick), 1,
                                                  -1'000, 1'000}) == Reject::ok);
  CHECK(room.cashTicks(kAlice) == -60'000);
  CHECK(room.trade(Side::buy, 1'000, 50) == Reject::capacity);
  room.cancelAll(kBob);
  CHECK(room.trade(Side::buy, 1'000, 39) == Reject::ok);
}

TEST_CASE("a restored engine knows how much money is at stake") {
  Room room;
  REQUIRE(room.trade(Side::buy, 1'000, 60) == Reject::ok);
  Engine restored;
  REQUIRE(restoreInto(restored, snapshotOf(room.engine)) == Restore::ok);
  const auto order = [&](u32 user, Side side) {
    return restored.step(record(
        LimitOrder{kindOf(CommandKind::limitOrder), user, kInst, index(side), 50, 1'000, 0, 0}));
  };
  REQUIRE(order(kBob, Side::sell) == Reject::ok);
  CHECK(order(kAlice, Side::buy) == Reject::capacity);
}

}  // namespace mm::test

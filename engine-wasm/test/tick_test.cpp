#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("a new tick pulls the orders and refines the money") {
  Game game;
  game.sell(kBob, 10, 100);
  game.buy(kAlice, 10, 100);
  game.buy(kAlice, 1, 90);
  REQUIRE(game.setTick(25, 2, 0, 1000) == Reject::ok);
  CHECK(game.cancelled(CancelReason::pulled) == Ids{3});
  CHECK(game.engine.outcome().cancelled == 1);
  CHECK(game.cash(kAlice) == -100'000);
  CHECK(game.vwap(kAlice) == 10'000.0);
  CHECK(game.instrument().decimals == 2);
  CHECK(game.instrument().tickUnitsLo == 25);
  CHECK(game.instrument().lastTicks == 400);
  CHECK(game.buy(kAlice, 1, 1001) == Reject::priceOutOfRange);
  REQUIRE(game.buy(kAlice, 1, 1000) == Reject::ok);
}

TEST_CASE("a last trade that the grid does not have is forgotten") {
  Game game;
  game.sell(kBob, 10, -101);
  game.buy(kAlice, 10, -101);
  REQUIRE(game.setTick(1, 0) == Reject::ok);
  CHECK(game.instrument().lastTicks == -101);
  REQUIRE(game.setTick(2, 0) == Reject::ok);
  CHECK(game.instrument().lastTicks == kNoPrice);
}

TEST_CASE("grids that make no sense") {
  Game game;
  REQUIRE(game.setTick(1, 2) == Reject::ok);
  const u64 before = game.engine.stateHash();
  CHECK(game.setTick(1, 1) == Reject::badCommand);
  CHECK(game.setTick(1, 7) == Reject::badCommand);
  CHECK(game.setTick(0, 2) == Reject::badCommand);
  CHECK(game.setTick(1, 2, 5, 4) == Reject::badCommand);
  CHECK(game.setTick(1, 2, -kMaxTicks - 1, 4) == Reject::badCommand);
  SetTick huge{0, 1, 0, 1U << 21, 2, -1, 1};
  CHECK(game.send(CommandKind::setTick, huge) == Reject::capacity);
  huge.inst = 2;
  CHECK(game.send(CommandKind::setTick, huge) == Reject::noSuchInstrument);
  CHECK(game.engine.stateHash() == before);
}

TEST_CASE("a last trade past the range of a finer grid is forgotten") {
  Game game;
  REQUIRE(game.setTick(2, 0) == Reject::ok);
  game.sell(kBob, 1, kMaxTicks / 2);
  game.buy(kAlice, 1, kMaxTicks / 2);
  REQUIRE(game.setTick(1, 0) == Reject::ok);
  CHECK(game.instrument().lastTicks == kMaxTicks);
  REQUIRE(game.setTick(2, 1) == Reject::ok);
  CHECK(game.instrument().lastTicks == kNoPrice);
}

TEST_CASE("grids at their bounds") {
  Game game;
  CHECK(game.setTick(1, 0, 5, 5) == Reject::ok);
  CHECK(game.setTick(1, kMaxDecimals) == Reject::ok);
  const SetTick dear{0, 1, 0, 1U << 10, kMaxDecimals, -kMaxTicks, 0};
  CHECK(game.send(CommandKind::setTick, dear) == Reject::capacity);
}

TEST_CASE("finer units refine the average with its fraction, and the strike") {
  Game game;
  game.addInstrument(Game::option(InstrumentKind::call, 100));
  const auto trade = [&](Side side, i32 qty, i32 price) {
    game.limit(kBob, opposite(side), qty, price, Tif::gfd, false, 2);
    REQUIRE(game.limit(kAlice, side, qty, price, Tif::gfd, false, 2) == Reject::ok);
  };
  trade(Side::buy, 2, 100);
  trade(Side::buy, 1, 101);
  trade(Side::sell, 2, 150);  // One left at 100 1/3.
  trade(Side::buy, 1, 101);
  REQUIRE(game.send(CommandKind::setTick, SetTick{0, 2, 1, 0, 1, 0, 1'000}) == Reject::ok);
  CHECK(game.vwap(kAlice, 2) == doctest::Approx((3010.0 / 3 + 1010) / 2).epsilon(1e-12));
  REQUIRE(game.settle(120) == Reject::ok);
  CHECK(game.instrument(2).markUnits0 == 200);
}

TEST_CASE("finer units hold whatever was traded, and a strike of any size") {
  Game game;
  AddInstrument dear = Game::option(InstrumentKind::call, 0, 2);
  dear.strikeUnitsLo = lowWord(kMaxExact);
  dear.strikeUnitsHi = highWord(kMaxExact);
  dear.tickUnitsLo = 1'000'000;
  REQUIRE(game.addInstrument(dear) == Reject::ok);
  for (i32 round = 0; round < 100; ++round) {
    for (const i32 price : {kMaxTicks, 0}) {
      const Side side = price == 0 ? Side::sell : Side::buy;
      game.limit(kBob, opposite(side), 10'000, price, Tif::gfd, false, 2);
      REQUIRE(game.limit(kAlice, side, 10'000, price, Tif::gfd, false, 2) == Reject::ok);
    }
  }
  constexpr i128 kLost = i128{1'000'000'000'000'000} * 10'000 * 100;
  CHECK(game.cash(kAlice, 2) == -kLost);
  REQUIRE(game.send(CommandKind::setTick, SetTick{0, 2, 1, 0, 6, 0, 1}) == Reject::ok);
  CHECK(game.cash(kAlice, 2) == -kLost * 1'000'000);
  CHECK(game.cash(kBob, 2) == kLost * 1'000'000);
  REQUIRE(game.settle(kMaxExact) == Reject::ok);
  CHECK(markOf(game.instrument(2)) == 0);
}

TEST_CASE("a tick is at most a million") {
  Game game;
  const auto tick = [&](i64 units, u32 decimals) {
    return game.send(CommandKind::setTick,
                     SetTick{0, 1, lowWord(units), highWord(units), decimals, -1, 1});
  };
  CHECK(tick(1'000'001, 0) == Reject::capacity);
  CHECK(tick(1'000'000, 0) == Reject::ok);
  CHECK(tick(1'000'000'000'001, 6) == Reject::capacity);
  CHECK(tick(1'000'000'000'000, 6) == Reject::ok);
}

}  // namespace mm::test

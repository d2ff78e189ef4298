#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

namespace {

/// Alice trades with Bob, who rests.
void trade(Game& game, Side side, i32 qty, i32 price) {
  REQUIRE(game.limit(kBob, opposite(side), qty, price) == Reject::ok);
  REQUIRE(game.limit(kAlice, side, qty, price, Tif::fok) == Reject::ok);
}

}  // namespace

TEST_CASE("adding averages the entry price") {
  Game game;
  trade(game, Side::buy, 10, 100);
  trade(game, Side::buy, 30, 104);
  CHECK(game.held(kAlice) == 40);
  CHECK(game.vwap(kAlice) == 103.0);
  CHECK(game.cash(kAlice) == -4120);
  CHECK(game.held(kBob) == -40);
  CHECK(game.vwap(kBob) == 103.0);
  CHECK(game.cash(kBob) == 4120);
}

TEST_CASE("reducing leaves the average alone") {
  Game game;
  trade(game, Side::buy, 3, 100);
  trade(game, Side::sell, 2, 150);
  CHECK(game.held(kAlice) == 1);
  CHECK(game.vwap(kAlice) == 100.0);
  CHECK(game.cash(kAlice) == 0);
}

TEST_CASE("adding after a reduction averages over what was left") {
  Game game;
  trade(game, Side::buy, 2, 100);
  trade(game, Side::buy, 1, 101);
  trade(game, Side::sell, 2, 150);  // One left at 100 1/3.
  trade(game, Side::buy, 1, 101);
  CHECK(game.held(kAlice) == 2);
  CHECK(game.vwap(kAlice) == doctest::Approx((301.0 / 3 + 101) / 2).epsilon(1e-12));
}

TEST_CASE("closing forgets the average, crossing zero opens at the trade's price") {
  Game game;
  trade(game, Side::buy, 5, 100);
  trade(game, Side::sell, 5, 90);
  CHECK(game.position(kAlice).basisQty == 0);
  CHECK(game.cash(kAlice) == -50);
  trade(game, Side::buy, 5, 100);
  CHECK(game.vwap(kAlice) == 100.0);
  trade(game, Side::sell, 8, 110);
  CHECK(game.held(kAlice) == -3);
  CHECK(game.position(kAlice).basisQty == 3);
  CHECK(game.vwap(kAlice) == 110.0);
  CHECK(game.vwap(kBob) == 110.0);
}

TEST_CASE("an average of negative prices is exact, too") {
  Game game;
  trade(game, Side::buy, 2, -100);
  trade(game, Side::buy, 1, -101);
  trade(game, Side::sell, 2, -150);
  trade(game, Side::buy, 1, -101);
  CHECK(game.vwap(kAlice) == doctest::Approx(-(301.0 / 3 + 101) / 2).epsilon(1e-12));
  CHECK(game.vwap(kBob) == game.vwap(kAlice));
}

TEST_CASE("money is counted in units, not ticks") {
  Game game;
  AddInstrument quarter = Game::scalar(2);
  quarter.tickUnitsLo = 25;
  quarter.decimals = 2;
  REQUIRE(game.addInstrument(quarter) == Reject::ok);
  game.limit(kBob, Side::sell, 4, 3, Tif::gfd, false, 2);
  game.limit(kAlice, Side::buy, 4, 3, Tif::gfd, false, 2);
  CHECK(game.cash(kAlice, 2) == -300);
  CHECK(game.vwap(kAlice, 2) == 75.0);
}

TEST_CASE("a trade whose money would not be exact is refused before it happens") {
  Game game;
  AddInstrument huge = Game::scalar(2);
  huge.tickUnitsHi = 1;  // 2 ** 32 units a tick.
  huge.maxTicks = huge.minTicks + 2 * kMaxTicks;
  REQUIRE(game.addInstrument(huge) == Reject::ok);
  const auto send = [&](u32 user, Side side, i32 qty, i32 price) {
    return game.limit(user, side, qty, price, Tif::gfd, false, 2);
  };
  REQUIRE(send(kBob, Side::sell, 10'000, 300) == Reject::ok);
  const u64 before = game.engine.stateHash();
  CHECK(send(kAlice, Side::buy, 10'000, 300) == Reject::capacity);
  CHECK(send(kAlice, Side::buy, 10'000, kMaxTicks) == Reject::capacity);
  CHECK(game.engine.stateHash() == before);
  CHECK(send(kAlice, Side::buy, 6'000, kMaxTicks) == Reject::ok);  // 7.7e15 units.
  CHECK(send(kAlice, Side::buy, 1'500, 300) == Reject::capacity);
  CHECK(send(kAlice, Side::buy, 900, 300) == Reject::ok);
}

}  // namespace mm::test

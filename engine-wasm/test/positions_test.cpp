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

}  // namespace mm::test

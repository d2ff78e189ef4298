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

}  // namespace mm::test

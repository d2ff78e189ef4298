#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("working orders count as if they were filled") {
  Game game;
  game.setLimits(kAlice, 10, 10, 10);
  CHECK(game.buy(kAlice, 6, 99) == Reject::ok);
  CHECK(game.buy(kAlice, 5, 98) == Reject::positionLimit);
  CHECK(game.buy(kAlice, 4, 98) == Reject::ok);
  CHECK(game.sell(kAlice, 10, 110) == Reject::ok);  // The other side is its own matter.
  CHECK(game.sell(kAlice, 1, 110) == Reject::positionLimit);
  CHECK(game.buy(kAlice, 1, 97, Tif::ioc) == Reject::positionLimit);
}

TEST_CASE("the position counts, and leaves room on the other side") {
  Game game;
  game.setLimits(kAlice, 10, 20, 10);
  game.sell(kBob, 10, 100);
  REQUIRE(game.buy(kAlice, 10, 100) == Reject::ok);
  CHECK(game.market(kAlice, Side::buy, 1) == Reject::positionLimit);
  CHECK(game.sell(kAlice, 20, 120) == Reject::ok);
  CHECK(game.sell(kAlice, 1, 120) == Reject::positionLimit);
}

TEST_CASE("quantity is released by cancel, fill, replace and self-trade") {
  Game game;
  game.setLimits(kAlice, 10, 10, 1);
  game.buy(kAlice, 10, 100);
  SUBCASE("cancel") {
    game.cancel(kAlice, 1);
  }
  SUBCASE("fill and reverse") {
    game.sell(kBob, 10, 100);
    game.buy(kBob, 10, 100);
    game.sell(kAlice, 10, 100);
  }
  SUBCASE("replace") {
    game.replace(kAlice, 1, {}, 1);
    game.cancelAll(kAlice);
  }
  SUBCASE("self-trade") {
    game.sell(kAlice, 1, 100, Tif::ioc);
  }
  CHECK(game.position(kAlice).openBuyQty == 0);
  CHECK(game.buy(kAlice, 10, 100) == Reject::ok);
}

TEST_CASE("order limits") {
  Game game;
  game.setLimits(kAlice, 100, 10, 2);
  CHECK(game.buy(kAlice, 11, 100) == Reject::orderQtyLimit);
  CHECK(game.market(kAlice, Side::buy, 11) == Reject::orderQtyLimit);
  CHECK(game.buy(kAlice, 10, 100) == Reject::ok);
  CHECK(game.buy(kAlice, 10, 100) == Reject::ok);
  CHECK(game.buy(kAlice, 10, 100) == Reject::openOrderLimit);
}

TEST_CASE("lowered limits leave orders alone") {
  Game game;
  game.buy(kAlice, 10, 100);
  REQUIRE(game.setLimits(kAlice, 0, 0, 0) == Reject::ok);
  CHECK(game.book(Side::buy) == Rungs{{100, 10}});
  CHECK(game.buy(kAlice, 1, 100) == Reject::orderQtyLimit);
}

TEST_CASE("limits have limits") {
  Game game;
  CHECK(game.setLimits(0, 1, 1, 1) == Reject::badCommand);
  CHECK(game.setLimits(kMaxUserId + 1, 1, 1, 1) == Reject::badCommand);
  CHECK(game.setLimits(kMaxUserId, kMaxPosition, kMaxOrderQty, kMaxOpenOrders) == Reject::ok);
  CHECK(game.setLimits(kAlice, kMaxPosition + 1, 1, 1) == Reject::badCommand);
  CHECK(game.setLimits(kAlice, 1, kMaxOrderQty + 1, 1) == Reject::badCommand);
  CHECK(game.setLimits(kAlice, 1, 1, kMaxOpenOrders + 1) == Reject::badCommand);
  CHECK(game.setLimits(kAlice, -1, 1, 1) == Reject::badCommand);
}

}  // namespace mm::test

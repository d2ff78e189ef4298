#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("less of the same keeps its place") {
  Game game;
  game.sell(kAlice, 10, 100);
  game.sell(kBob, 10, 100);
  REQUIRE(game.replace(kAlice, 1, {}, 4) == Reject::ok);
  CHECK(game.engine.outcome().leaves == 4);
  CHECK(game.events(EventKind::order).size() == 1);
  CHECK(game.book(Side::sell) == Rungs{{100, 14}});
  game.buy(kCarol, 5, 100);
  CHECK(game.prints() == Prints{{100, 4, 1, 3}, {100, 1, 2, 3}});
}

TEST_CASE("anything else goes to the back and keeps the id") {
  Game game;
  game.sell(kAlice, 10, 100);
  game.sell(kBob, 10, 100);
  SUBCASE("more") {
    REQUIRE(game.replace(kAlice, 1, {}, 11) == Reject::ok);
  }
  SUBCASE("the same") {
    REQUIRE(game.replace(kAlice, 1, {}, {}) == Reject::ok);
  }
  SUBCASE("away and back") {
    REQUIRE(game.replace(kAlice, 1, 101, {}) == Reject::ok);
    CHECK(game.book(Side::sell) == Rungs{{100, 10}, {101, 10}});
    REQUIRE(game.replace(kAlice, 1, 100, {}) == Reject::ok);
  }
  CHECK(game.lastOrder() == 1);
  game.buy(kCarol, 12, 100);
  CHECK(game.prints() == Prints{{100, 10, 2, 3}, {100, 2, 1, 3}});
  REQUIRE(game.market(kCarol, Side::buy, 100) == Reject::ok);
  CHECK(game.prints().size() == 1);
  CHECK(game.book(Side::sell).empty());
}

TEST_CASE("a replaced order may trade, and remembers what it had filled") {
  Game game;
  game.buy(kAlice, 10, 99);
  game.sell(kBob, 4, 99);
  game.sell(kBob, 5, 101);
  REQUIRE(game.replace(kAlice, 1, 101, 8) == Reject::ok);
  CHECK(game.prints() == Prints{{101, 5, 3, 1}});
  CHECK(game.events(EventKind::trade).at(0).contraFilled == 9);
  CHECK(game.engine.outcome().filled == 9);
  CHECK(game.engine.outcome().leaves == 3);
  const Event state = game.events(EventKind::order).at(0);
  CHECK(state.qty == 12);
  CHECK(state.price == 101);
  CHECK(state.status == static_cast<u32>(OrderStatus::partial));
  CHECK(game.book(Side::buy) == Rungs{{101, 3}});
}

TEST_CASE("a replaced order that fills whole is gone") {
  Game game;
  game.buy(kAlice, 5, 99);
  game.sell(kBob, 5, 101);
  REQUIRE(game.replace(kAlice, 1, 101, {}) == Reject::ok);
  CHECK(game.status() == OrderStatus::filled);
  CHECK(game.cancel(kAlice, 1) == Reject::noSuchOrder);
  CHECK(game.position(kAlice).openBuyQty == 0);
}

TEST_CASE("its own old rest does not count against the limits") {
  Game game;
  game.setLimits(kAlice, 10, 10, 1);
  game.buy(kAlice, 10, 99);
  CHECK(game.replace(kAlice, 1, 100, 10) == Reject::ok);
  CHECK(game.replace(kAlice, 1, {}, 11) == Reject::orderQtyLimit);
  game.setLimits(kAlice, 5, 10, 1);
  CHECK(game.replace(kAlice, 1, 101, 6) == Reject::positionLimit);
  CHECK(game.replace(kAlice, 1, {}, 6) == Reject::ok);  // Less is always welcome.
  CHECK(game.replace(kAlice, 1, 101, 5) == Reject::ok);
}

TEST_CASE("somebody else's order does not exist") {
  Game game;
  game.buy(kAlice, 10, 99);
  CHECK(game.replace(kBob, 1, 98, {}) == Reject::noSuchOrder);
  CHECK(game.replace(kBob, 7, 98, {}) == Reject::noSuchOrder);
  CHECK(game.replace(kBob, 0, 98, {}) == Reject::noSuchOrder);
}

TEST_CASE("a replacement is checked like a new order") {
  Game game;
  game.buy(kAlice, 10, 99);
  CHECK(game.replace(kAlice, 1, {}, 0) == Reject::badQty);
  CHECK(game.replace(kAlice, 1, kMaxTicks + 1, {}) == Reject::priceOutOfRange);
}

}  // namespace mm::test

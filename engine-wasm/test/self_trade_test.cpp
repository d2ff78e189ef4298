#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("a resting own order that matching reaches is cancelled, and matching goes on") {
  Game game;
  game.sell(kAlice, 5, 100);
  game.sell(kBob, 5, 100);
  game.sell(kAlice, 5, 101);
  game.sell(kBob, 5, 102);
  REQUIRE(game.buy(kAlice, 8, 102) == Reject::ok);
  CHECK(game.cancelled(CancelReason::selfTrade) == Ids{1, 3});
  CHECK(game.prints() == Prints{{100, 5, 2, 5}, {102, 3, 4, 5}});
  CHECK(game.position(kAlice).openSellQty == 0);
  CHECK(game.held(kAlice) == 8);
}

TEST_CASE("own orders that matching does not reach stay") {
  Game game;
  game.sell(kBob, 5, 100);
  game.sell(kAlice, 5, 100);
  game.buy(kAlice, 5, 100);
  CHECK(game.events(EventKind::cancelled).empty());
  CHECK(game.book(Side::sell) == Rungs{{100, 5}});
}

TEST_CASE("the event says what was cancelled") {
  Game game;
  game.sell(kAlice, 5, 100);
  game.buy(kBob, 2, 100);
  game.buy(kAlice, 1, 100);
  const Event event = game.events(EventKind::cancelled).at(0);
  CHECK(event.qty == 3);
  CHECK(event.filled == 2);
  CHECK(event.leaves == 0);
  CHECK(event.price == 100);
  CHECK(event.userId == kAlice);
  CHECK(event.status == static_cast<u32>(OrderStatus::cancelled));
}

}  // namespace mm::test

#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("a post-only order that would trade is refused") {
  Game game;
  game.sell(kBob, 5, 100);
  const u64 before = game.engine.stateHash();
  CHECK(game.postOnly(kAlice, Side::buy, 5, 100) == Reject::postOnlyWouldCross);
  CHECK(game.postOnly(kAlice, Side::buy, 5, 101) == Reject::postOnlyWouldCross);
  CHECK(game.engine.stateHash() == before);
  CHECK(game.postOnly(kAlice, Side::buy, 5, 99) == Reject::ok);
}

TEST_CASE("a post-only order is refused for its owner's own orders, too") {
  Game game;
  game.buy(kAlice, 5, 100);
  CHECK(game.postOnly(kAlice, Side::sell, 5, 100) == Reject::postOnlyWouldCross);
  CHECK(game.book(Side::buy) == Rungs{{100, 5}});
}

TEST_CASE("a post-only order stays one when it is replaced") {
  Game game;
  game.sell(kBob, 5, 100);
  game.postOnly(kAlice, Side::buy, 5, 99);
  const u64 before = game.engine.stateHash();
  CHECK(game.replace(kAlice, 2, 100, {}) == Reject::postOnlyWouldCross);
  CHECK(game.engine.stateHash() == before);
  CHECK(game.replace(kAlice, 2, 98, 9) == Reject::ok);
  OrderResult order{};
  REQUIRE(game.engine.order(2, order));
  CHECK(order.postOnly == 1);
}

TEST_CASE("post-only and immediate contradict each other") {
  Game game;
  CHECK(game.limit(kAlice, Side::buy, 1, 1, Tif::ioc, true) == Reject::badCommand);
  CHECK(game.limit(kAlice, Side::buy, 1, 1, Tif::fok, true) == Reject::badCommand);
}

}  // namespace mm::test

#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("a cancel takes the order out and says what had filled, without an event") {
  Game game;
  game.buy(kAlice, 10, 100);
  game.sell(kBob, 3, 100);
  REQUIRE(game.cancel(kAlice, 1) == Reject::ok);
  CHECK(game.status() == OrderStatus::cancelled);
  CHECK(game.engine.outcome().filled == 3);
  CHECK(game.engine.outcome().leaves == 0);
  CHECK(game.engine.outcome().cancelled == 1);
  CHECK(game.engine.eventCount() == 0);
  CHECK(game.book(Side::buy).empty());
  CHECK(game.cancel(kAlice, 1) == Reject::noSuchOrder);
}

TEST_CASE("only the owner can cancel") {
  Game game;
  game.buy(kAlice, 10, 100);
  CHECK(game.cancel(kBob, 1) == Reject::noSuchOrder);
  CHECK(game.book(Side::buy) == Rungs{{100, 10}});
}

TEST_CASE("a queue closes up around a cancel anywhere in it") {
  for (const u32 gone : {1U, 2U, 3U}) {
    Game game;
    for (i32 i = 0; i < 3; ++i) game.sell(kBob, 1, 100);
    REQUIRE(game.cancel(kBob, gone) == Reject::ok);
    game.sell(kBob, 1, 100);
    game.buy(kAlice, 3, 100);
    const Prints prints = game.prints();
    REQUIRE(prints.size() == 3);
    CHECK(prints[0].maker == (gone == 1 ? 2 : 1));
    CHECK(prints[1].maker == (gone == 3 ? 2 : 3));
    CHECK(prints[2].maker == 4);
  }
}

TEST_CASE("so does the list of an owner's orders") {
  for (const u32 gone : {1U, 2U, 3U}) {
    Game game;
    for (i32 i = 0; i < 3; ++i) game.sell(kBob, 1, 100 + i);
    REQUIRE(game.cancel(kBob, gone) == Reject::ok);
    game.sell(kBob, 1, 100);
    REQUIRE(game.cancelAll(kBob) == Reject::ok);
    CHECK(game.cancelled(CancelReason::requested) ==
          Ids{gone == 1 ? 2U : 1U, gone == 3 ? 2U : 3U, 4});
  }
}

TEST_CASE("mass cancels report each order, oldest first") {
  Game game;
  game.addInstrument(Game::scalar(2));
  game.buy(kAlice, 1, 100);
  game.sell(kAlice, 1, 110);
  game.limit(kAlice, Side::buy, 1, 50, Tif::gfd, false, 2);
  game.buy(kBob, 1, 100);
  game.buy(kAlice, 1, 105);

  SUBCASE("in an instrument") {
    REQUIRE(game.cancelInstrument(kAlice, 1) == Reject::ok);
    CHECK(game.cancelled(CancelReason::requested) == Ids{1, 2, 5});
  }
  SUBCASE("everywhere") {
    REQUIRE(game.cancelAll(kAlice) == Reject::ok);
    CHECK(game.cancelled(CancelReason::requested) == Ids{1, 2, 3, 5});
    CHECK(game.engine.outcome().cancelled == 4);
  }
  SUBCASE("a side") {
    REQUIRE(game.cancelAll(kAlice, 1) == Reject::ok);
    CHECK(game.cancelled(CancelReason::requested) == Ids{1, 3, 5});
    REQUIRE(game.cancelAll(kAlice, 2) == Reject::ok);
    CHECK(game.cancelled(CancelReason::requested) == Ids{2});
  }
  CHECK(game.book(Side::buy) == Rungs{{100, 1}});
  CHECK(game.position(kAlice).openBuyQty == 0);
}

}  // namespace mm::test

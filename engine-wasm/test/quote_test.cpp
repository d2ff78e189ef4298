#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("a quote is a bid and an ask, and says what each has become") {
  Game game;
  REQUIRE(game.quote(kAlice, 99, 10, 101, 20) == Reject::ok);
  CHECK(game.book(Side::buy) == Rungs{{99, 10}});
  CHECK(game.book(Side::sell) == Rungs{{101, 20}});
  const auto states = game.events(EventKind::order);
  REQUIRE(states.size() == 2);
  CHECK(states[0].orderId == 1);
  CHECK(states[1].orderId == 2);
}

TEST_CASE("a side that stays and does not grow keeps its place; one that moves, its id") {
  Game game;
  game.quote(kAlice, 99, 10, 101, 10);
  game.sell(kBob, 10, 101);
  REQUIRE(game.quote(kAlice, 98, 10, 101, 6) == Reject::ok);
  CHECK(game.book(Side::buy) == Rungs{{98, 10}});
  game.buy(kCarol, 8, 101);
  CHECK(game.prints() == Prints{{101, 6, 2, 4}, {101, 2, 3, 4}});
  game.sell(kCarol, 1, 98);
  CHECK(game.prints() == Prints{{98, 1, 1, 5}});
}

TEST_CASE("a quote sent again keeps its places, whatever the limits have become") {
  Game game;
  game.quote(kAlice, 99, 10, 101, 10);
  game.sell(kBob, 10, 101);
  game.setLimits(kAlice, 0, 1, 0);
  REQUIRE(game.quote(kAlice, 99, 10, 101, 10) == Reject::ok);
  game.buy(kCarol, 1, 101);
  CHECK(game.prints() == Prints{{101, 1, 2, 4}});
}

TEST_CASE("a side that grows goes to the back") {
  Game game;
  game.quote(kAlice, 99, 10, 101, 10);
  game.sell(kBob, 10, 101);
  game.quote(kAlice, 99, 10, 101, 11);
  game.buy(kCarol, 1, 101);
  CHECK(game.prints() == Prints{{101, 1, 3, 4}});
}

TEST_CASE("a side of nothing is pulled") {
  Game game;
  game.quote(kAlice, 99, 10, 101, 10);
  REQUIRE(game.quote(kAlice, 0, 0, 102, 5) == Reject::ok);
  CHECK(game.cancelled(CancelReason::requested) == Ids{1});
  CHECK(game.engine.outcome().cancelled == 1);
  CHECK(game.events(EventKind::order).size() == 1);
  REQUIRE(game.quote(kAlice, 0, 0, 0, 0) == Reject::ok);
  CHECK(game.book(Side::sell).empty());
  REQUIRE(game.quote(kAlice, 0, 0, 0, 0) == Reject::ok);  // Nothing to pull is fine, too.
}

TEST_CASE("a filled side gets a new order") {
  Game game;
  game.quote(kAlice, 99, 10, 101, 10);
  game.buy(kBob, 10, 101);
  REQUIRE(game.quote(kAlice, 99, 10, 101, 10) == Reject::ok);
  CHECK(game.events(EventKind::order).at(1).orderId == 4);
}

TEST_CASE("a new side does not meet the old other one") {
  Game game;
  game.quote(kAlice, 99, 10, 101, 10);
  REQUIRE(game.quote(kAlice, 103, 10, 105, 10) == Reject::ok);
  CHECK(game.events(EventKind::cancelled).empty());
  CHECK(game.book(Side::buy) == Rungs{{103, 10}});
  CHECK(game.book(Side::sell) == Rungs{{105, 10}});
}

TEST_CASE("a quote may trade with others") {
  Game game;
  game.sell(kBob, 4, 100);
  REQUIRE(game.quote(kAlice, 100, 10, 102, 10) == Reject::ok);
  CHECK(game.prints() == Prints{{100, 4, 1, 2}});
  CHECK(game.book(Side::buy) == Rungs{{100, 6}});
}

TEST_CASE("all or nothing") {
  Game game;
  game.setLimits(kAlice, 10, 10, 2);
  game.quote(kAlice, 99, 10, 101, 10);
  const u64 before = game.engine.stateHash();
  CHECK(game.quote(kAlice, 100, 5, 100, 5) == Reject::badCommand);
  CHECK(game.quote(kAlice, 101, 5, 100, 5) == Reject::badCommand);
  CHECK(game.quote(kAlice, 98, 5, 102, 11) == Reject::orderQtyLimit);
  CHECK(game.quote(kAlice, 98, -5, 102, 5) == Reject::badQty);
  CHECK(game.quote(kAlice, 98, 5, kMaxTicks + 1, 5) == Reject::priceOutOfRange);
  CHECK(game.engine.stateHash() == before);
  CHECK(game.buy(kAlice, 1, 90) == Reject::openOrderLimit);
  CHECK(game.quote(kAlice, 98, 10, 102, 10) == Reject::ok);
}

TEST_CASE("both sides count against the open orders at once") {
  Game game;
  game.setLimits(kAlice, 10, 10, 1);
  CHECK(game.quote(kAlice, 99, 1, 101, 1) == Reject::openOrderLimit);
  CHECK(game.quote(kAlice, 99, 1, 0, 0) == Reject::ok);
  CHECK(game.quote(kAlice, 0, 0, 101, 1) == Reject::ok);  // One goes, one comes.
}

TEST_CASE("other orders of the same user are none of the quote's business") {
  Game game;
  game.buy(kAlice, 3, 98);
  game.quote(kAlice, 99, 10, 101, 10);
  game.quote(kAlice, 0, 0, 0, 0);
  CHECK(game.book(Side::buy) == Rungs{{98, 3}});
  REQUIRE(game.quote(kAlice, 0, 0, 97, 5) == Reject::ok);
  CHECK(game.cancelled(CancelReason::selfTrade) == Ids{1});
}

}  // namespace mm::test

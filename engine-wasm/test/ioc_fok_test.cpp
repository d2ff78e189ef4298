#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("an IOC fills what it can and leaves nothing") {
  Game game;
  game.sell(kBob, 5, 100);
  game.sell(kBob, 5, 102);
  REQUIRE(game.buy(kAlice, 8, 101, Tif::ioc) == Reject::ok);
  CHECK(game.prints() == Prints{{100, 5, 1, 3}});
  CHECK(game.status() == OrderStatus::cancelled);
  CHECK(game.book(Side::buy).empty());
  CHECK(game.position(kAlice).openBuyQty == 0);
}

TEST_CASE("an IOC that fills whole is filled") {
  Game game;
  game.sell(kBob, 5, 100);
  game.buy(kAlice, 5, 100, Tif::ioc);
  CHECK(game.status() == OrderStatus::filled);
}

TEST_CASE("an IOC that meets nothing is taken, cancelled, and uses up an id") {
  Game game;
  REQUIRE(game.buy(kAlice, 5, 100, Tif::ioc) == Reject::ok);
  CHECK(game.lastOrder() == 1);
  CHECK(game.status() == OrderStatus::cancelled);
  game.buy(kAlice, 5, 100);
  CHECK(game.lastOrder() == 2);
}

TEST_CASE("a FOK fills whole across levels") {
  Game game;
  game.sell(kBob, 5, 100);
  game.sell(kCarol, 5, 101);
  REQUIRE(game.buy(kAlice, 10, 101, Tif::fok) == Reject::ok);
  CHECK(game.status() == OrderStatus::filled);
}

TEST_CASE("a killed FOK changes nothing, not even the next id") {
  Game game;
  game.sell(kBob, 5, 100);
  game.sell(kBob, 5, 102);
  const u64 before = game.engine.stateHash();
  CHECK(game.buy(kAlice, 6, 101, Tif::fok) == Reject::fokUnfilled);
  CHECK(game.market(kAlice, Side::buy, 11, Tif::fok) == Reject::fokUnfilled);
  CHECK(game.engine.stateHash() == before);
  CHECK(game.engine.outcome().orderId == 0);
}

TEST_CASE("a FOK does not count what its owner offers") {
  Game game;
  game.sell(kAlice, 5, 100);
  game.sell(kBob, 5, 101);
  const u64 before = game.engine.stateHash();
  CHECK(game.buy(kAlice, 6, 101, Tif::fok) == Reject::fokUnfilled);
  CHECK(game.engine.stateHash() == before);
  REQUIRE(game.buy(kAlice, 5, 101, Tif::fok) == Reject::ok);
  CHECK(game.cancelled(CancelReason::selfTrade) == Ids{1});
  CHECK(game.prints() == Prints{{101, 5, 2, 3}});
}

TEST_CASE("an IOC needs no room among the open orders") {
  Game game;
  game.setLimits(kAlice, 100, 100, 0);
  CHECK(game.buy(kAlice, 1, 100) == Reject::openOrderLimit);
  CHECK(game.buy(kAlice, 1, 100, Tif::ioc) == Reject::ok);
}

TEST_CASE("nor does one whose owner has more open than may be, nor a FOK") {
  Game game;
  game.buy(kAlice, 1, 90);
  game.setLimits(kAlice, 100, 100, 0);
  game.sell(kBob, 2, 100);
  CHECK(game.buy(kAlice, 1, 100, Tif::ioc) == Reject::ok);
  CHECK(game.buy(kAlice, 1, 100, Tif::fok) == Reject::ok);
  CHECK(game.held(kAlice) == 2);
}

TEST_CASE("a FOK minds its owner's orders only where it would meet them") {
  Game game;
  game.addInstrument(Game::scalar(2));
  game.limit(kAlice, Side::sell, 5, 100, Tif::gfd, false, 2);
  game.sell(kBob, 5, 100);
  SUBCASE("and not those further away") {
    game.sell(kAlice, 5, 110);
    CHECK(game.buy(kAlice, 5, 100, Tif::fok) == Reject::ok);
  }
  SUBCASE("nor those in another instrument") {
    game.sell(kAlice, 1, 100);
    CHECK(game.buy(kAlice, 5, 100, Tif::fok) == Reject::ok);
  }
  CHECK(game.held(kAlice) == 5);
}

}  // namespace mm::test

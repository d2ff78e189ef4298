#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("a limit order that meets nothing rests") {
  Game game;
  REQUIRE(game.buy(kAlice, 10, 100) == Reject::ok);
  CHECK(game.lastOrder() == 1);
  CHECK(game.status() == OrderStatus::open);
  CHECK(game.engine.outcome().leaves == 10);
  CHECK(game.engine.eventCount() == 0);
  CHECK(game.book(Side::buy) == Rungs{{100, 10}});
  CHECK(game.engine.best(1, Side::buy) == 100);
  CHECK(game.engine.best(1, Side::sell) == kNoPrice);
}

TEST_CASE("better prices trade first, and each at its own") {
  Game game;
  game.buy(kAlice, 10, 100);
  game.buy(kAlice, 20, 99);
  game.buy(kAlice, 30, 98);
  REQUIRE(game.sell(kBob, 40, 99) == Reject::ok);
  CHECK(game.prints() == Prints{{100, 10, 1, 4}, {99, 20, 2, 4}});
  CHECK(game.status() == OrderStatus::partial);
  CHECK(game.engine.outcome().filled == 30);
  CHECK(game.book(Side::buy) == Rungs{{98, 30}});
  CHECK(game.book(Side::sell) == Rungs{{99, 10}});
  CHECK(game.instrument().lastTicks == 99);
  OrderResult rest{};
  REQUIRE(game.engine.order(4, rest));
  CHECK(rest.filled == 30);
}

TEST_CASE("at one price the earlier order trades first") {
  Game game;
  game.sell(kAlice, 5, 100);
  game.sell(kBob, 5, 100);
  game.buy(kCarol, 7, 100);
  CHECK(game.prints() == Prints{{100, 5, 1, 3}, {100, 2, 2, 3}});
  CHECK(game.status() == OrderStatus::filled);
  CHECK(game.book(Side::sell) == Rungs{{100, 3}});
}

TEST_CASE("orders that fill each other whole are both gone") {
  Game game;
  game.sell(kAlice, 5, 100);
  REQUIRE(game.buy(kBob, 5, 100) == Reject::ok);
  const Event trade = game.events(EventKind::trade).at(0);
  CHECK(trade.status == static_cast<u32>(OrderStatus::filled));
  CHECK(trade.leaves == 0);
  CHECK(game.book(Side::buy).empty());
  CHECK(game.book(Side::sell).empty());
  CHECK(game.cancel(kAlice, 1) == Reject::noSuchOrder);
}

TEST_CASE("a partly filled order keeps its place") {
  Game game;
  game.sell(kAlice, 5, 100);
  game.sell(kBob, 5, 100);
  game.buy(kCarol, 2, 100);
  game.buy(kCarol, 4, 100);
  CHECK(game.prints() == Prints{{100, 3, 1, 4}, {100, 1, 2, 4}});
}

TEST_CASE("a trade names both parties and what is left of their orders") {
  Game game;
  game.sell(kBob, 10, 100);
  game.buy(kAlice, 4, 105);
  const Event trade = game.events(EventKind::trade).at(0);
  CHECK(trade.side == static_cast<u8>(Side::buy));
  CHECK(trade.price == 100);
  CHECK(trade.userId == kBob);
  CHECK(trade.filled == 4);
  CHECK(trade.leaves == 6);
  CHECK(trade.status == static_cast<u32>(OrderStatus::partial));
  CHECK(trade.contraUserId == kAlice);
  CHECK(trade.contraFilled == 4);
  CHECK(trade.contraLeaves == 0);
  CHECK(trade.tradeId == 1);
  CHECK(game.instrument().lastTicks == 100);  // And not the taker's limit.
}

TEST_CASE("a market order takes any price, and what it does not fill is gone") {
  Game game;
  game.sell(kBob, 5, 100);
  game.sell(kBob, 5, kMaxTicks);
  REQUIRE(game.market(kAlice, Side::buy, 12) == Reject::ok);
  CHECK(game.prints() == Prints{{100, 5, 1, 3}, {kMaxTicks, 5, 2, 3}});
  CHECK(game.status() == OrderStatus::cancelled);
  CHECK(game.engine.outcome().filled == 10);
  CHECK(game.engine.outcome().leaves == 0);
  CHECK(game.book(Side::buy).empty());
}

TEST_CASE("checks come in their order") {
  Game game;
  AddInstrument lots = Game::scalar(2);
  lots.lotSize = 5;
  lots.minTicks = 0;
  lots.maxTicks = 10;
  REQUIRE(game.addInstrument(lots) == Reject::ok);
  const auto order = [&](u32 inst, i32 qty, i32 price) {
    return game.limit(kAlice, Side::buy, qty, price, Tif::gfd, false, inst);
  };
  CHECK(order(3, 0, 99) == Reject::noSuchInstrument);
  CHECK(order(2, 0, 99) == Reject::badQty);
  CHECK(order(2, -5, 99) == Reject::badQty);
  CHECK(order(2, 7, 99) == Reject::offLot);
  CHECK(order(2, 20'000, 99) == Reject::priceOutOfRange);
  CHECK(order(2, 20'000, -1) == Reject::priceOutOfRange);
  CHECK(order(2, 20'000, 10) == Reject::orderQtyLimit);
  CHECK(order(2, 20'000, 0) == Reject::orderQtyLimit);
  CHECK(order(2, 10'000, 10) == Reject::ok);
}

}  // namespace mm::test

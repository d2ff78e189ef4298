/// Tests of the host's questions, also about orders, users and instruments that do not exist.

#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("depth is as many levels as asked for, from where it is asked for") {
  Game game;
  for (i32 price = 101; price <= 105; ++price) game.sell(kAlice, price, price);
  constexpr i32 kUntouched = -7;
  std::vector<i32> levels(6, kUntouched);
  const auto depth = [&](u32 skip, u32 count) {
    levels.assign(6, kUntouched);
    return game.engine.depth(1, Side::sell, skip, count, levels.data());
  };
  CHECK(depth(0, 2) == 2);
  CHECK(levels == std::vector<i32>{101, 101, 102, 102, kUntouched, kUntouched});
  CHECK(depth(3, 1) == 1);
  CHECK(levels == std::vector<i32>{104, 104, kUntouched, kUntouched, kUntouched, kUntouched});
  CHECK(depth(3, 3) == 2);
  CHECK(levels == std::vector<i32>{104, 104, 105, 105, kUntouched, kUntouched});
  CHECK(depth(5, 3) == 0);
  CHECK(depth(0, 0) == 0);
  CHECK(levels == std::vector<i32>(6, kUntouched));
}

TEST_CASE("a user's orders are told one after the other, and only the user's") {
  Game game;
  game.buy(kAlice, 1, 99);
  game.buy(kBob, 2, 98);
  game.sell(kAlice, 3, 101);
  OrderResult order{};
  REQUIRE(game.engine.orderAfter(kAlice, 0, order));
  CHECK(order.orderId == 1);
  REQUIRE(game.engine.orderAfter(kAlice, 1, order));
  CHECK(order.orderId == 3);
  CHECK(order.side == index(Side::sell));
  CHECK(order.price == 101);
  CHECK(order.leaves == 3);
  CHECK(!game.engine.orderAfter(kAlice, 3, order));
  CHECK(!game.engine.orderAfter(kBob, 1, order));  // Alice's.
  CHECK(!game.engine.orderAfter(kAlice, 2, order));
  CHECK(!game.engine.orderAfter(kCarol, 0, order));
  CHECK(!game.engine.orderAfter(9, 0, order));
}

TEST_CASE("a side of a quote is found by whose it is") {
  Game game;
  OrderResult order{};
  CHECK(!game.engine.quote(kAlice, 1, Side::buy, order));
  game.buy(kAlice, 1, 90);
  game.quote(kAlice, 99, 2, 101, 3);
  REQUIRE(game.engine.quote(kAlice, 1, Side::sell, order));
  CHECK(order.price == 101);
  CHECK(order.leaves == 3);
  CHECK(order.isQuote == 1);
  REQUIRE(game.engine.quote(kAlice, 1, Side::buy, order));
  CHECK(order.price == 99);
  game.quote(kAlice, 0, 0, 101, 3);
  CHECK(!game.engine.quote(kAlice, 1, Side::buy, order));
  CHECK(!game.engine.quote(kBob, 1, Side::sell, order));
  CHECK(!game.engine.quote(kAlice, 2, Side::sell, order));
  CHECK(!game.engine.quote(9, 1, Side::sell, order));
}

TEST_CASE("a cancel tells what it passes over, and not what it takes out") {
  Game game;
  for (i32 i = 0; i < 30; ++i) game.buy(kAlice, 1, 90);
  for (i32 i = 0; i < 20; ++i) game.sell(kAlice, 1, 110);
  const u32 before = game.engine.work();
  game.cancelAll(kAlice, 2);
  CHECK(game.engine.work() - before == 30);
  game.cancelAll(kAlice);
  CHECK(game.engine.work() - before == 30);
}

TEST_CASE("events lie where the host is told to look") {
  Game game;
  game.setLimits(kAlice, 10'000, 10, 2 * kEventsPerBlock);
  for (u32 i = 0; i < 2 * kEventsPerBlock; ++i) game.sell(kAlice, 1, 100);
  REQUIRE(game.market(kBob, Side::buy, 2 * kEventsPerBlock) == Reject::ok);
  const State& state = game.engine.state();
  REQUIRE(state.events.countForHost() == 2 * kEventsPerBlock);
  for (u32 i = 0; i < 2 * kEventsPerBlock; ++i) {
    const u32 block = state.events.blocksForHost()[i / kEventsPerBlock];
    REQUIRE(block != 0);
    const u32 at = block + i % kEventsPerBlock * u32{sizeof(Event)};
    CHECK(state.arena.at(Ref<Event>{at}).tradeId == i + 1);
  }
}

TEST_CASE("what is not there has no answer") {
  Game game;
  OrderResult order{};
  InstrumentResult instrument{};
  i32 level[2]{};
  CHECK(!game.engine.order(1, order));
  CHECK(!game.engine.instrument(0, instrument));
  CHECK(!game.engine.instrument(2, instrument));
  CHECK(game.engine.best(2, Side::buy) == kNoPrice);
  CHECK(game.engine.depth(2, Side::buy, 0, 1, level) == 0);
  CHECK(game.held(9) == 0);
  CHECK(game.held(kAlice, 2) == 0);
}

}  // namespace mm::test

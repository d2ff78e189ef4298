/// Tests that a command without memory is refused and changes nothing, and others lose nothing.

#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("an order that memory cannot hold is refused, and cancels make room again") {
  Game game(20 * kBlockBytes);
  game.setLimits(kAlice, kMaxPosition, 10, kMaxOpenOrders);
  i32 taken = 0;
  while (game.buy(kAlice, 1, taken * 1'000) == Reject::ok) ++taken;
  CHECK(taken > 100);
  const u64 full = game.engine.stateHash();
  CHECK(game.buy(kAlice, 1, taken * 1'000) == Reject::capacity);
  CHECK(game.engine.stateHash() == full);
  for (u32 id = 1; id <= static_cast<u32>(taken); ++id) {
    REQUIRE(game.cancel(kAlice, id) == Reject::ok);
  }
  for (i32 i = 0; i < taken; ++i) REQUIRE(game.buy(kAlice, 1, i * 1'000) == Reject::ok);
}

TEST_CASE("a user that memory cannot hold is refused") {
  Game game(9 * kBlockBytes);
  u32 user = 4;
  while (user <= kMaxUserId && game.setLimits(user, 1, 1, 1) == Reject::ok) ++user;
  REQUIRE(user <= kMaxUserId);
  CHECK(game.setLimits(user, 1, 1, 1) == Reject::capacity);
  CHECK(game.buy(user, 1, 1) == Reject::badCommand);
}

TEST_CASE("a sweep of more orders than a block of events") {
  Game game;
  game.setLimits(kAlice, 10'000, 10'000, 2'000);
  constexpr i32 kOrders = 4 * kEventsPerBlock + 1;
  for (i32 i = 0; i < kOrders; ++i) game.sell(kAlice, 1, i % 40);
  REQUIRE(game.market(kBob, Side::buy, kOrders) == Reject::ok);
  CHECK(game.prints().size() == kOrders);
  CHECK(game.held(kBob) == kOrders);
}

TEST_CASE("a steady book does not grow") {
  Game game(32 * kBlockBytes);
  for (i32 i = 0; i < 100'000; ++i) {
    REQUIRE(game.buy(kAlice, 1, i % 500) == Reject::ok);
    if (i % 2 == 0) {
      REQUIRE(game.cancel(kAlice, game.lastOrder()) == Reject::ok);
    } else {
      REQUIRE(game.market(kBob, Side::sell, 1) == Reject::ok);
      if (game.held(kBob) < -5'000) {
        REQUIRE(game.sell(kAlice, 5'000, 0) == Reject::ok);
        REQUIRE(game.market(kBob, Side::buy, 5'000) == Reject::ok);
      }
    }
  }
}

TEST_CASE("matching and what a command says afterwards fit the events together") {
  for (u32 makers = kEventsPerBlock - 3; makers <= kEventsPerBlock + 1; ++makers) {
    Game game;
    const auto qty = static_cast<i32>(makers);
    game.buy(kAlice, 1, 99);
    for (u32 i = 0; i < makers; ++i) game.sell(kBob, 1, 100);
    u32 reports = 1;
    SUBCASE("a replacement") {
      REQUIRE(game.replace(kAlice, 1, 100, qty + 1) == Reject::ok);
    }
    SUBCASE("a quote") {
      REQUIRE(game.quote(kAlice, 100, qty + 1, 101, 1) == Reject::ok);
      reports = 2;
    }
    CHECK(game.prints().size() == makers);
    CHECK(game.events(EventKind::order).size() == reports);
  }
}

TEST_CASE("own orders in the way need their events, too") {
  Game game;
  constexpr u32 kOwn = kEventsPerBlock + 40;
  for (u32 i = 0; i < kOwn; ++i) game.sell(kAlice, 1, 100);
  game.sell(kBob, 1, 101);
  REQUIRE(game.buy(kAlice, 1, 101) == Reject::ok);
  CHECK(game.cancelled(CancelReason::selfTrade).size() == kOwn);
  CHECK(game.prints().size() == 1);
}

TEST_CASE("more orders than a block of events leave at once") {
  for (u32 orders = kEventsPerBlock - 1; orders <= kEventsPerBlock + 1; ++orders) {
    Game game;
    for (u32 i = 0; i < orders; ++i) game.buy(kAlice, 1, static_cast<i32>(i % 7));
    SUBCASE("cancelled by their owner") {
      REQUIRE(game.cancelAll(kAlice) == Reject::ok);
      CHECK(game.cancelled(CancelReason::requested).size() == orders);
    }
    SUBCASE("pulled") {
      REQUIRE(game.pullQuotes() == Reject::ok);
      CHECK(game.cancelled(CancelReason::pulled).size() == orders);
    }
    SUBCASE("for a new tick") {
      REQUIRE(game.setTick(2, 0) == Reject::ok);
      CHECK(game.cancelled(CancelReason::pulled).size() == orders);
    }
    SUBCASE("at settlement") {
      REQUIRE(game.settle(3) == Reject::ok);
      CHECK(game.cancelled(CancelReason::settled).size() == orders);
      CHECK(game.events(EventKind::settled).size() == 1);
    }
    CHECK(game.book(Side::buy).empty());
  }
}

TEST_CASE("more positions than a block of events are paid at once") {
  Game game;
  constexpr u32 kBuyers = kEventsPerBlock + 40;
  for (u32 i = 0; i < kBuyers; ++i) {
    REQUIRE(game.setLimits(100 + i, 1, 1, 1) == Reject::ok);
    game.buy(100 + i, 1, 100);
    REQUIRE(game.sell(kBob, 1, 100) == Reject::ok);
  }
  REQUIRE(game.settle(101) == Reject::ok);
  CHECK(game.events(EventKind::payout).size() == kBuyers + 1);
  REQUIRE(game.cancelAll(kAlice) == Reject::ok);
  REQUIRE(game.resettle(99) == Reject::ok);
  CHECK(game.events(EventKind::payout).size() == kBuyers + 1);
}

TEST_CASE("a quote needs room for both sides before either changes") {
  Game game(10 * kBlockBytes);
  game.setLimits(kAlice, kMaxPosition, 10, kMaxOpenOrders);
  game.sell(kBob, 1, 100);
  REQUIRE(game.buy(kAlice, 1, 100) == Reject::ok);  // Takes a block of events.
  while (game.buy(kAlice, 1, 90) == Reject::ok) {
  }
  game.sell(kBob, 1, 90, Tif::ioc);  // Room for one order.
  const u64 full = game.engine.stateHash();
  CHECK(game.quote(kCarol, 91, 1, 95, 1) == Reject::capacity);
  CHECK(game.engine.stateHash() == full);
  game.sell(kBob, 1, 90, Tif::ioc);
  CHECK(game.quote(kCarol, 91, 1, 95, 1) == Reject::ok);
}

TEST_CASE("an order that leaves its level needs room for another") {
  Game game(20 * kBlockBytes);
  game.setLimits(kAlice, kMaxPosition, 10, kMaxOpenOrders);
  game.sell(kBob, 1, 0);
  REQUIRE(game.buy(kAlice, 1, 0) == Reject::ok);  // Takes a block of events.
  game.buy(kCarol, 1, 5);
  game.buy(kCarol, 1, 5);
  const u32 order = game.lastOrder();
  for (i32 i = 1; game.buy(kAlice, 1, i * 1'000) == Reject::ok; ++i) {
  }
  const u64 full = game.engine.stateHash();
  CHECK(game.replace(kCarol, order, -500'000, {}) == Reject::capacity);
  CHECK(game.engine.stateHash() == full);
  REQUIRE(game.cancel(kAlice, order + 1) == Reject::ok);
  CHECK(game.replace(kCarol, order, -500'000, {}) == Reject::ok);
}

TEST_CASE("a new user is nobody's heir, whatever the memory held") {
  Game game;
  game.setLimits(kAlice, kMaxPosition, 10, kMaxOpenOrders);
  for (const u32 user : {4U, 5U}) REQUIRE(game.setLimits(user, 1, 1, 1) == Reject::ok);
  // A table of ids that grows leaves a block behind, and the next users lie in it.
  for (u32 i = 0; i < kBlockBytes / sizeof(u32) / 2 + 1; ++i) {
    REQUIRE(game.buy(kAlice, 1, 100) == Reject::ok);
  }
  for (u32 user = 6; user <= 10; ++user) {
    REQUIRE(game.setLimits(user, 1, 1, 1) == Reject::ok);
    const PositionResult fresh = game.position(user);
    CHECK(fresh.qty == 0);
    CHECK(fresh.openSellQty == 0);
    CHECK(game.cash(user) == 0);
    REQUIRE(game.cancelAll(user) == Reject::ok);
    CHECK(game.engine.outcome().cancelled == 0);
    CHECK(game.limit(user, Side::sell, 1, 101) == Reject::ok);
  }
}

TEST_CASE("ids that run out are an answer") {
  Game game;
  State& state = game.engine.state();
  SUBCASE("of trades") {
    state.nextTradeId = ~0U - 2;
    for (i32 i = 0; i < 4; ++i) game.sell(kBob, 1, 100);
    CHECK(game.buy(kAlice, 3, 100) == Reject::capacity);
    CHECK(game.buy(kAlice, 2, 100) == Reject::ok);
    CHECK(game.buy(kAlice, 1, 100) == Reject::capacity);
  }
  SUBCASE("of orders") {
    state.nextOrderId = ~0U - 1;
    CHECK(game.buy(kAlice, 1, 100) == Reject::ok);
    CHECK(game.buy(kAlice, 1, 100) == Reject::capacity);
    CHECK(game.sell(kBob, 1, 100, Tif::ioc) == Reject::capacity);
  }
  SUBCASE("of quotes") {
    state.nextOrderId = ~0U - 1;
    CHECK(game.quote(kAlice, 99, 1, 101, 1) == Reject::capacity);
    state.nextOrderId = ~0U - 2;
    CHECK(game.quote(kAlice, 99, 1, 101, 1) == Reject::ok);
    CHECK(state.nextOrderId == ~0U);
  }
}

}  // namespace mm::test

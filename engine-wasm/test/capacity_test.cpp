/// Exhausted memory is an answer, and nothing has changed; within it, nothing is lost.

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

}  // namespace mm::test

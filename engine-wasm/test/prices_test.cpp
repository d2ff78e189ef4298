/// Tests of any range of prices: negative, sparse, and at the ends.

#include <doctest/doctest.h>

#include <algorithm>

#include "support/command_stream.h"
#include "support/game.h"

namespace mm::test {

TEST_CASE("negative prices order and trade like others") {
  Game game;
  game.buy(kAlice, 1, -1);
  game.buy(kAlice, 1, -100);
  game.buy(kAlice, 1, 0);
  game.sell(kAlice, 1, 5);
  CHECK(game.book(Side::buy) == Rungs{{0, 1}, {-1, 1}, {-100, 1}});
  game.sell(kBob, 3, -50);
  CHECK(game.prints() == Prints{{0, 1, 3, 5}, {-1, 1, 1, 5}});
  CHECK(game.cash(kBob) == -1);
}

TEST_CASE("the ends of the range") {
  Game game;
  game.buy(kAlice, 1, -kMaxTicks);
  game.buy(kAlice, 1, kMaxTicks - 1);
  game.sell(kBob, 1, kMaxTicks);
  CHECK(game.book(Side::buy) == Rungs{{kMaxTicks - 1, 1}, {-kMaxTicks, 1}});
  CHECK(game.market(kBob, Side::sell, 2) == Reject::ok);
  CHECK(game.prints().size() == 2);
}

TEST_CASE("a side that was emptied begins anew") {
  Game game;
  for (const i32 price : {5, 5, 900, -3, 6, 5}) {
    REQUIRE(game.buy(kAlice, 1, price) == Reject::ok);
    CHECK(game.book(Side::buy) == Rungs{{price, 1}});
    CHECK(game.cancel(kAlice, game.lastOrder()) == Reject::ok);
    CHECK(game.book(Side::buy).empty());
  }
}

TEST_CASE("a level that one side has left is free for the other") {
  Game game;
  game.buy(kAlice, 1, 5);
  game.cancel(kAlice, 1);
  game.sell(kBob, 1, 6);
  game.buy(kAlice, 1, 5);
  CHECK(game.book(Side::buy) == Rungs{{5, 1}});
  CHECK(game.book(Side::sell) == Rungs{{6, 1}});
}

TEST_CASE("ladders of every shape keep their order, and give their memory back") {
  Random random(7);
  for (const i32 reach : {3, 70, 5'000, kMaxTicks - 1}) {
    for (const Side side : kSides) {
      Arena arena(8 * kBlockBytes);  // Enough for what is there at once, not for all that was.
      LadderMemory memory(arena);
      Ladder ladder;
      std::vector<i32> prices;
      for (u32 n = 0; n < 4'000; ++n) {
        const i32 price = static_cast<i32>(i64{random.next()} * (2 * i64{reach} + 1) >> 32) - reach;
        const auto found = std::find(prices.begin(), prices.end(), price);
        REQUIRE(static_cast<bool>(ladder.find(memory, price)) == (found != prices.end()));
        if (found == prices.end() && prices.size() < 200) {
          REQUIRE(memory.reserve(1));
          ladder.findOrAdd(memory, side, price);
          prices.push_back(price);
        } else if (found != prices.end() || !prices.empty()) {
          const auto gone = found != prices.end() ? found : prices.begin();
          ladder.remove(memory, side, ladder.find(memory, *gone));
          prices.erase(gone);
        }
        std::sort(prices.begin(), prices.end());
        if (side == Side::buy) std::reverse(prices.begin(), prices.end());
        Ref<Level> level = ladder.best();
        for (const i32 expected : prices) {
          REQUIRE(level);
          REQUIRE(memory.levels[level].price == expected);
          level = memory.levels[level].next[index(side)];
        }
        REQUIRE(!level);
      }
    }
  }
}

}  // namespace mm::test

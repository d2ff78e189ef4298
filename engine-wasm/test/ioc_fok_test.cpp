#include <doctest/doctest.h>

#include "reference/model.h"
#include "support/command_stream.h"
#include "support/difference.h"
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

namespace {

/// An engine and the reference model, which looks at every order, under the same commands.
class Both {
 public:
  template <class Record>
  Reject send(CommandKind kind, Record content) {
    content.kind = kindOf(kind);
    const Command command = record(content);
    const Reject reject = engine_.step(command);
    REQUIRE(model_.step(command) == reject);
    REQUIRE(sameEvents(engine_, model_));
    return reject;
  }

  Reject limit(u32 user, Side side, i32 qty, i32 price, Tif tif) {
    return send(CommandKind::limitOrder,
                LimitOrder{0, user, 1, index(side), price, qty, static_cast<u32>(tif), 0});
  }

  std::string difference() { return test::difference(engine_, model_); }

 private:
  Engine engine_;
  Model model_;
};

}  // namespace

TEST_CASE("a FOK is killed and filled as if every order had been looked at") {
  // From many orders a level to a level for each, next to one another and far apart.
  for (const i32 range : {1, 3, 40, 5'000, 1'000'000'000}) {
    Random random(static_cast<u32>(range));
    Both both;
    both.send(CommandKind::addInstrument, Game::scalar());
    for (const u32 user : {kAlice, kBob, kCarol}) {
      both.send(CommandKind::setLimits, SetLimits{0, user, kMaxPosition, kMaxOrderQty, 1'000});
    }
    const auto price = [&] { return random.between(-range, range); };
    u32 filled = 0;
    u32 killed = 0;
    for (u32 round = 0; round < 600; ++round) {
      const u32 user = 1 + random.below(3);
      const auto side = static_cast<Side>(random.below(2));
      // Orders that do not meet anything, as a rule: so the book grows.
      const i32 away = side == Side::buy ? random.between(-range, 0) : random.between(0, range);
      both.limit(user, side, random.between(1, 20), away, Tif::gfd);
      if (random.oneIn(4)) both.send(CommandKind::cancel, Cancel{0, user, 1 + random.below(700)});
      if (random.oneIn(4)) {
        both.send(CommandKind::replace, Replace{0, user, 1 + random.below(700), random.below(2),
                                                price(), 1, random.between(1, 20)});
      }
      const i32 qty = random.between(1, 1 << random.below(13));
      const Reject reject = both.limit(1 + random.below(3), side, qty, price(), Tif::fok);
      (reject == Reject::ok ? filled : killed) += 1;
    }
    CHECK(filled > 50);
    CHECK(killed > 50);
    CHECK(both.difference().empty());
  }
}

TEST_CASE("a FOK reads a few sums, however long the book is, and its owner's orders") {
  Game game;
  game.setLimits(kBob, kMaxPosition, kMaxOrderQty, 50'000);
  for (i32 i = 0; i < 50'000; ++i) game.sell(kBob, 1, 100 + i);
  const auto workOf = [&](i32 qty, i32 price) {
    const u32 before = game.engine.work();
    REQUIRE(game.buy(kAlice, qty, price, Tif::fok) == Reject::fokUnfilled);
    return game.engine.work() - before;
  };
  game.setLimits(kAlice, kMaxPosition, kMaxOrderQty, 500);
  CHECK(workOf(50'001, kMaxTicks) < 400);
  CHECK(workOf(30'000, 100 + 29'998) < 400);
  CHECK(workOf(1, 99) < 400);
  for (i32 i = 0; i < 500; ++i) game.sell(kAlice, 1, 60'000 + i);
  CHECK(workOf(50'001, kMaxTicks) >= 500);
  CHECK(workOf(50'001, kMaxTicks) < 900);
}

}  // namespace mm::test

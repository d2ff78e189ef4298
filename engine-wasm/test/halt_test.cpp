#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

TEST_CASE("a halted instrument takes cancels only") {
  Game game;
  game.buy(kAlice, 10, 99);
  game.quote(kAlice, 98, 5, 101, 5);
  REQUIRE(game.halt(true) == Reject::ok);
  CHECK(game.instrument().halted == 1);
  CHECK(game.buy(kBob, 1, 1) == Reject::halted);
  CHECK(game.buy(kBob, 0, 1) == Reject::halted);
  CHECK(game.market(kBob, Side::sell, 1) == Reject::halted);
  CHECK(game.replace(kAlice, 1, {}, 1) == Reject::halted);
  CHECK(game.quote(kAlice, 98, 5, 0, 0) == Reject::halted);
  CHECK(game.quote(kAlice, 0, 0, 0, 0) == Reject::ok);
  CHECK(game.cancel(kAlice, 1) == Reject::ok);
  CHECK(game.cancelAll(kAlice) == Reject::ok);
  REQUIRE(game.halt(false) == Reject::ok);
  CHECK(game.buy(kBob, 1, 1) == Reject::ok);
}

TEST_CASE("an instrument can be born halted") {
  Game game;
  AddInstrument spec = Game::scalar(2);
  spec.halted = 1;
  game.addInstrument(spec);
  CHECK(game.limit(kAlice, Side::buy, 1, 1, Tif::gfd, false, 2) == Reject::halted);
  CHECK(game.halt(true, 3) == Reject::noSuchInstrument);
}

TEST_CASE("pulled quotes are all orders of the instrument") {
  Game game;
  game.buy(kAlice, 10, 99);
  game.buy(kBob, 10, 100);
  game.quote(kCarol, 98, 5, 101, 5);
  game.buy(kBob, 1, 97);
  game.cancel(kBob, game.lastOrder());  // No longer one of them.
  REQUIRE(game.pullQuotes() == Reject::ok);
  CHECK(game.cancelled(CancelReason::pulled) == Ids{2, 1, 3, 4});
  CHECK(game.engine.outcome().cancelled == 4);
  CHECK(game.book(Side::buy).empty());
}

}  // namespace mm::test

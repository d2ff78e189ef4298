#include <doctest/doctest.h>

#include "support/game.h"
#include "support/snapshots.h"

namespace mm::test {

namespace {

/// A game in which carol has sold bob ten, and alice has orders on both sides.
void trade(Game& game) {
  game.limit(kCarol, Side::sell, 10, 100);
  game.buy(kBob, 10, 100);
  game.quote(kAlice, 98, 5, 101, 5);
}

}  // namespace

TEST_CASE("a retired instrument takes its orders and everybody's holdings with it") {
  Game game;
  trade(game);
  REQUIRE(game.retire(1) == Reject::ok);
  CHECK(game.cancelled(CancelReason::pulled) == Ids{3, 4});
  CHECK(game.engine.outcome().cancelled == 2);
  for (const u32 user : {kAlice, kBob, kCarol}) {
    const PositionResult position = game.engine.position(user, 1);
    CHECK(position.qty == 0);
    CHECK(cashOf(position) == 0);
    CHECK(position.openBuyQty == 0);
  }
  CHECK(game.engine.best(1, Side::buy) == kNoPrice);
}

TEST_CASE("nobody can do anything with a retired instrument") {
  Game game;
  trade(game);
  REQUIRE(game.retire(1) == Reject::ok);
  CHECK(game.retire(1) == Reject::noSuchInstrument);
  CHECK(game.retire(2) == Reject::noSuchInstrument);
  CHECK(game.buy(kBob, 1, 100) == Reject::settled);
  CHECK(game.quote(kAlice, 98, 5, 101, 5) == Reject::settled);
  CHECK(game.halt(false) == Reject::settled);
  CHECK(game.settle(100) == Reject::noSuchInstrument);
  CHECK(game.resettle(100) == Reject::noSuchInstrument);
  CHECK(game.addInstrument(Game::option(InstrumentKind::call, 100)) == Reject::settled);
}

TEST_CASE("a settled instrument can be retired, and its payouts go with it") {
  Game game;
  trade(game);
  REQUIRE(game.settle(105) == Reject::ok);
  REQUIRE(game.retire(1) == Reject::ok);
  CHECK(game.engine.position(kBob, 1).settledQty == 0);
  CHECK(cashOf(game.engine.position(kBob, 1)) == 0);
  CHECK(game.instrument().markUnits0 == 0);
}

TEST_CASE("an underlying stays as long as one of its options does") {
  Game game;
  game.addInstrument(Game::option(InstrumentKind::call, 100));
  CHECK(game.retire(1) == Reject::badCommand);
  REQUIRE(game.retire(2) == Reject::ok);
  CHECK(game.retire(1) == Reject::ok);
}

TEST_CASE("the number of a retired instrument is free for another, which begins anew") {
  Game game;
  trade(game);
  CHECK(game.addInstrument(Game::scalar(1)) == Reject::badCommand);
  REQUIRE(game.retire(1) == Reject::ok);
  AddInstrument spec = Game::scalar(1);
  spec.tickUnitsLo = 5;
  spec.decimals = 1;
  REQUIRE(game.addInstrument(spec) == Reject::ok);
  CHECK(game.instrument().lastTicks == kNoPrice);
  CHECK(game.instrument().settled == 0);
  CHECK(game.instrument().tickUnitsLo == 5);
  CHECK(game.buy(kBob, 10, 7) == Reject::ok);
  CHECK(game.lastOrder() == 5);  // Ids of orders go on.
  CHECK(game.addInstrument(Game::scalar(1)) == Reject::badCommand);
  CHECK(game.addInstrument(Game::scalar(2)) == Reject::ok);
}

TEST_CASE("a full engine takes a new instrument for each that is retired") {
  Game game;
  for (u32 inst = 2; inst <= kMaxInstruments; ++inst) game.addInstrument(Game::scalar(inst));
  CHECK(game.addInstrument(Game::scalar(kMaxInstruments + 1)) == Reject::capacity);
  for (u32 round = 0; round < 200; ++round) {
    const u32 inst = 1 + round % kMaxInstruments;
    REQUIRE(game.retire(inst) == Reject::ok);
    REQUIRE(game.addInstrument(Game::scalar(inst)) == Reject::ok);
  }
}

TEST_CASE("a snapshot knows retired instruments, and options with a smaller number than theirs") {
  Game game;
  game.addInstrument(Game::scalar(2));
  game.addInstrument(Game::scalar(3));
  game.retire(1);
  REQUIRE(game.addInstrument(Game::option(InstrumentKind::put, 90, 1, 2)) == Reject::ok);
  game.retire(3);
  game.settle(80, 0, 2);
  Engine restored;
  REQUIRE(restoreInto(restored, snapshotOf(game.engine)) == Restore::ok);
  CHECK(restored.stateHash() == game.engine.stateHash());
  CHECK(restored.step(record(Retire{kindOf(CommandKind::retire), 3})) == Reject::noSuchInstrument);
  CHECK(restored.step(record(Retire{kindOf(CommandKind::retire), 1})) == Reject::ok);
}

TEST_CASE("an engine with a retired instrument has another hash than one with a settled one") {
  Game retired;
  Game settled;
  AddInstrument spec = Game::scalar(2);
  spec.minTicks = 0;
  spec.maxTicks = 0;
  retired.addInstrument(spec);
  settled.addInstrument(spec);
  retired.retire(2);
  settled.settle(0, 0, 2);
  CHECK(retired.engine.stateHash() != settled.engine.stateHash());
}

}  // namespace mm::test

#include <doctest/doctest.h>

#include "support/game.h"

namespace mm::test {

namespace {

void trade(Game& game, u32 buyer, u32 seller, i32 qty, i32 price, u32 inst = 1) {
  REQUIRE(game.limit(seller, Side::sell, qty, price, Tif::gfd, false, inst) == Reject::ok);
  REQUIRE(game.limit(buyer, Side::buy, qty, price, Tif::fok, false, inst) == Reject::ok);
}

}  // namespace

TEST_CASE("a scalar pays its value") {
  Game game;
  trade(game, kAlice, kBob, 10, 100);
  REQUIRE(game.settle(105) == Reject::ok);
  CHECK(game.cash(kAlice) == 50);
  CHECK(game.cash(kBob) == -50);
  CHECK(game.held(kAlice) == 0);
  CHECK(game.position(kAlice).basisQty == 0);
  CHECK(unitsOf(game.events(EventKind::settled).at(0)) == 105);
  const auto payouts = game.events(EventKind::payout);
  REQUIRE(payouts.size() == 2);
  CHECK(payouts[0].userId == kAlice);
  CHECK(payouts[0].qty == 10);
  CHECK(unitsOf(payouts[0]) == 1050);
  CHECK(payouts[1].qty == -10);
  CHECK(unitsOf(payouts[1]) == -1050);
}

TEST_CASE("options settle with their underlying, at their intrinsic value") {
  Game game;
  game.addInstrument(Game::option(InstrumentKind::call, 100, 2));
  game.addInstrument(Game::option(InstrumentKind::put, 150, 3));
  game.addInstrument(Game::scalar(4));
  trade(game, kAlice, kBob, 10, 5, 2);
  trade(game, kAlice, kBob, 10, 7, 3);
  REQUIRE(game.settle(120) == Reject::ok);
  CHECK(game.cash(kAlice, 2) == 150);
  CHECK(game.cash(kBob, 2) == -150);
  CHECK(game.cash(kAlice, 3) == 230);
  CHECK(game.instrument(4).settled == 0);
  CHECK(game.events(EventKind::settled).size() == 3);
}

TEST_CASE("an option out of the money pays nothing") {
  Game game;
  game.addInstrument(Game::option(InstrumentKind::call, 100, 2));
  game.addInstrument(Game::option(InstrumentKind::put, 100, 3));
  trade(game, kAlice, kBob, 10, 5, 2);
  REQUIRE(game.settle(-3, 0, 2) == Reject::ok);  // By itself, at the underlying's price.
  CHECK(game.cash(kAlice, 2) == -50);
  CHECK(game.instrument(1).settled == 0);
  REQUIRE(game.settle(100) == Reject::ok);
  CHECK(game.instrument(3).markUnits0 == 0);
}

TEST_CASE("open orders are cancelled before anything is paid") {
  Game game;
  game.addInstrument(Game::option(InstrumentKind::call, 100, 2));
  trade(game, kAlice, kBob, 10, 100);
  game.buy(kAlice, 1, 90);
  game.sell(kBob, 1, 110);
  game.limit(kCarol, Side::buy, 1, 3, Tif::gfd, false, 2);
  REQUIRE(game.settle(105) == Reject::ok);
  CHECK(game.cancelled(CancelReason::settled) == Ids{3, 4, 5});
  CHECK(game.engine.event(2).kind == static_cast<u8>(EventKind::cancelled));
  CHECK(game.engine.event(3).kind == static_cast<u8>(EventKind::settled));
}

TEST_CASE("a settled instrument takes nothing but cancels") {
  Game game;
  game.settle(105);
  CHECK(game.buy(kAlice, 0, 1) == Reject::settled);
  CHECK(game.quote(kAlice, 1, 1, 2, 1) == Reject::settled);
  CHECK(game.quote(kAlice, 0, 0, 0, 0) == Reject::ok);
  CHECK(game.cancelInstrument(kAlice, 1) == Reject::ok);
  CHECK(game.settle(106) == Reject::settled);
  CHECK(game.halt(true) == Reject::settled);
  CHECK(game.setTick(1, 0) == Reject::settled);
  CHECK(game.pullQuotes() == Reject::ok);
  CHECK(game.addInstrument(Game::option(InstrumentKind::call, 1)) == Reject::settled);
}

TEST_CASE("a value finer than the instrument rescales its money") {
  Game game;
  game.addInstrument(Game::option(InstrumentKind::call, 100, 2));
  trade(game, kAlice, kBob, 10, 100);
  trade(game, kAlice, kBob, 10, 5, 2);
  REQUIRE(game.settle(105'250, 3) == Reject::ok);
  CHECK(game.instrument().decimals == 3);
  CHECK(game.instrument(2).decimals == 3);
  CHECK(game.cash(kAlice) == 52'500);
  CHECK(game.cash(kAlice, 2) == 2'500);
}

TEST_CASE("a value coarser than the instrument is meant as it is written") {
  Game game;
  AddInstrument fine = Game::scalar(2);
  fine.decimals = 2;
  game.addInstrument(fine);
  trade(game, kAlice, kBob, 1, 10'050, 2);
  REQUIRE(game.settle(101, 0, 2) == Reject::ok);
  CHECK(game.cash(kAlice, 2) == 50);
}

TEST_CASE("a value that no host can give is refused, and nothing has changed") {
  Game game;
  trade(game, kAlice, kBob, 10'000, 100);
  const u64 before = game.engine.stateHash();
  CHECK(game.settle(kMaxExact + 1) == Reject::capacity);
  CHECK(game.settle(-kMaxExact - 1) == Reject::capacity);
  CHECK(game.settle(1, 7) == Reject::badCommand);
  CHECK(game.engine.stateHash() == before);
}

TEST_CASE("the largest values settle, in the finest units") {
  Game game;
  AddInstrument put = Game::option(InstrumentKind::put, 0, 2);
  put.strikeUnitsLo = lowWord(kMaxExact);
  put.strikeUnitsHi = highWord(kMaxExact);
  REQUIRE(game.addInstrument(put) == Reject::ok);
  AddInstrument fine = Game::option(InstrumentKind::call, 1, 3);
  fine.decimals = 6;
  REQUIRE(game.addInstrument(fine) == Reject::ok);
  for (const u32 inst : {1U, 2U, 3U}) trade(game, kAlice, kBob, 10'000, 100, inst);
  constexpr i128 kMillion = 1'000'000;
  SUBCASE("far below zero") {
    REQUIRE(game.settle(-kMaxExact) == Reject::ok);
    CHECK(markOf(game.instrument(2)) == i128{kMaxExact} * 2);
    CHECK(game.cash(kAlice, 2) == (i128{kMaxExact} * 2 - 100) * 10'000);
    CHECK(markOf(game.instrument(3)) == 0);
  }
  SUBCASE("far above") {
    REQUIRE(game.settle(kMaxExact) == Reject::ok);
    CHECK(game.cash(kBob) == -(i128{kMaxExact} - 100) * 10'000);
    CHECK(markOf(game.instrument(3)) == i128{kMaxExact} * kMillion - 1);
    CHECK(unitsOf(game.events(EventKind::payout).at(5)) == -markOf(game.instrument(3)) * 10'000);
  }
  SUBCASE("with six decimals") {
    REQUIRE(game.settle(-kMaxExact, 6) == Reject::ok);
    CHECK(markOf(game.instrument(2)) == i128{kMaxExact} * (kMillion + 1));
    CHECK(game.cash(kBob, 2) == -(markOf(game.instrument(2)) - 100 * kMillion) * 10'000);
  }
}

TEST_CASE("a settled instrument is settled, halted or not") {
  Game game;
  game.halt(true);
  REQUIRE(game.settle(105) == Reject::ok);
  CHECK(game.buy(kAlice, 1, 1) == Reject::settled);
}

TEST_CASE("an option that has its mark keeps it when its underlying settles") {
  Game game;
  game.addInstrument(Game::option(InstrumentKind::call, 100, 2));
  trade(game, kAlice, kBob, 10, 5, 2);
  REQUIRE(game.settle(130, 0, 2) == Reject::ok);
  REQUIRE(game.settle(150) == Reject::ok);
  CHECK(game.events(EventKind::settled).size() == 1);
  CHECK(game.instrument(2).markUnits0 == 30);
  CHECK(game.cash(kAlice, 2) == 250);
}

TEST_CASE("payments of any size are exact") {
  Game game;
  trade(game, kAlice, kBob, 10, 0);
  REQUIRE(game.settle(3'000'000'001) == Reject::ok);
  CHECK(game.cash(kAlice) == 30'000'000'010);
  CHECK(unitsOf(game.events(EventKind::settled).at(0)) == 3'000'000'001);
}

TEST_CASE("a correction pays the difference and tells the whole payout") {
  Game game;
  trade(game, kAlice, kBob, 10, 100);
  trade(game, kCarol, kBob, 5, 102);
  REQUIRE(game.settle(105) == Reject::ok);
  REQUIRE(game.resettle(95) == Reject::ok);
  CHECK(game.cash(kAlice) == -50);
  CHECK(game.cash(kCarol) == -35);
  CHECK(game.cash(kBob) == 85);
  CHECK(game.instrument().markUnits0 == 95);
  CHECK(game.held(kAlice) == 0);
  CHECK(game.position(kBob).settledQty == -15);
  const auto payouts = game.events(EventKind::payout);
  REQUIRE(payouts.size() == 3);
  CHECK(payouts[0].qty == 10);
  CHECK(unitsOf(payouts[0]) == 950);
  CHECK(unitsOf(payouts[1]) == -1'425);
  REQUIRE(game.resettle(105) == Reject::ok);
  CHECK(game.cash(kAlice) == 50);
}

TEST_CASE("options that settled with their underlying follow its correction, others do not") {
  Game game;
  game.addInstrument(Game::option(InstrumentKind::call, 100, 2));
  game.addInstrument(Game::option(InstrumentKind::call, 100, 3));
  for (const u32 inst : {2U, 3U}) trade(game, kAlice, kBob, 10, 5, inst);
  REQUIRE(game.settle(130, 0, 2) == Reject::ok);
  REQUIRE(game.settle(120) == Reject::ok);
  REQUIRE(game.resettle(107) == Reject::ok);
  CHECK(game.cash(kAlice, 2) == 250);
  CHECK(game.cash(kAlice, 3) == 20);
  CHECK(game.events(EventKind::settled).size() == 2);
  REQUIRE(game.resettle(90, 0, 2) == Reject::ok);
  CHECK(game.cash(kAlice, 2) == -50);
  REQUIRE(game.resettle(111) == Reject::ok);
  CHECK(game.cash(kAlice, 2) == -50);
  CHECK(game.cash(kBob, 3) == -60);
}

TEST_CASE("a correction finer than all before rescales the money") {
  Game game;
  game.addInstrument(Game::option(InstrumentKind::put, 100, 2));
  trade(game, kAlice, kBob, 10, 100);
  trade(game, kAlice, kBob, 10, 5, 2);
  REQUIRE(game.settle(93) == Reject::ok);
  REQUIRE(game.resettle(92'750, 3) == Reject::ok);
  CHECK(game.cash(kAlice) == -72'500);
  CHECK(game.cash(kAlice, 2) == 22'500);
  REQUIRE(game.resettle(101) == Reject::ok);
  CHECK(game.cash(kAlice) == 10'000);
  CHECK(game.cash(kBob, 2) == 50'000);
}

TEST_CASE("only what is settled is corrected, at a value that a host can give") {
  Game game;
  trade(game, kAlice, kBob, 10, 100);
  CHECK(game.resettle(95) == Reject::badCommand);
  CHECK(game.resettle(95, 0, 2) == Reject::noSuchInstrument);
  REQUIRE(game.settle(105) == Reject::ok);
  const u64 before = game.engine.stateHash();
  CHECK(game.resettle(kMaxExact + 1) == Reject::capacity);
  CHECK(game.resettle(1, 7) == Reject::badCommand);
  CHECK(game.engine.stateHash() == before);
  CHECK(game.buy(kAlice, 1, 100) == Reject::settled);
}

}  // namespace mm::test

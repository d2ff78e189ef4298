/// Tests that records which make no sense are refused with a code, and never trap.

#include <doctest/doctest.h>

#include "support/command_stream.h"
#include "support/game.h"

namespace mm::test {

TEST_CASE("unknown kinds, users, sides and flags are bad commands") {
  Game game;
  const u64 before = game.engine.stateHash();
  CHECK(game.engine.step(Command{}) == Reject::badCommand);
  CHECK(game.engine.step(Command{{16}}) == Reject::badCommand);
  CHECK(game.engine.step(Command{{~0U}}) == Reject::badCommand);
  CHECK(game.buy(0, 1, 1) == Reject::badCommand);
  CHECK(game.buy(9, 1, 1) == Reject::badCommand);
  CHECK(game.buy(~0U, 1, 1) == Reject::badCommand);
  CHECK(game.limit(kAlice, static_cast<Side>(2), 1, 1) == Reject::badCommand);
  CHECK(game.buy(kAlice, 1, 1, static_cast<Tif>(3)) == Reject::badCommand);
  CHECK(game.market(kAlice, Side::buy, 1, static_cast<Tif>(3)) == Reject::badCommand);
  CHECK(game.send(CommandKind::limitOrder, LimitOrder{0, kAlice, 1, 0, 1, 1, 0, 2}) ==
        Reject::badCommand);
  CHECK(game.send(CommandKind::replace, Replace{0, kAlice, 1, 2, 0, 0, 0}) == Reject::badCommand);
  CHECK(game.cancelAll(kAlice, 0) == Reject::badCommand);
  CHECK(game.cancelAll(kAlice, 4) == Reject::badCommand);
  CHECK(game.send(CommandKind::halt, Halt{0, 1, 2}) == Reject::badCommand);
  CHECK(game.engine.stateHash() == before);
}

TEST_CASE("instruments that make no sense") {
  Game game;
  const auto with = [&](auto change) {
    AddInstrument spec = Game::option(InstrumentKind::call, 100);
    change(spec);
    return game.addInstrument(spec);
  };
  CHECK(with([](auto& spec) { spec.inst = 1; }) == Reject::badCommand);
  CHECK(with([](auto& spec) { spec.inst = 3; }) == Reject::badCommand);
  CHECK(with([](auto& spec) { spec.type = 3; }) == Reject::badCommand);
  CHECK(with([](auto& spec) { spec.type = 0; }) == Reject::badCommand);
  CHECK(with([](auto& spec) { spec.underlying = 0; }) == Reject::badCommand);
  CHECK(with([](auto& spec) { spec.underlying = 2; }) == Reject::badCommand);
  CHECK(with([](auto& spec) { spec.lotSize = 0; }) == Reject::badCommand);
  CHECK(with([](auto& spec) { spec.tickUnitsLo = 0; }) == Reject::badCommand);
  CHECK(with([](auto& spec) { spec.tickUnitsHi = ~0U; }) == Reject::badCommand);
  CHECK(with([](auto& spec) { spec.tickUnitsHi = 1U << 30; }) == Reject::capacity);
  CHECK(with([](auto& spec) { spec.strikeUnitsHi = 1U << 30; }) == Reject::capacity);
  CHECK(with([](auto& spec) { spec.decimals = 7; }) == Reject::badCommand);
  CHECK(with([](auto& spec) { spec.halted = 2; }) == Reject::badCommand);
  CHECK(with([](auto&) {}) == Reject::ok);
  CHECK(with([](auto& spec) { spec.inst = 3, spec.underlying = 2; }) == Reject::badCommand);
  for (u32 inst = 3; inst <= kMaxInstruments; ++inst) {
    REQUIRE(game.addInstrument(Game::scalar(inst)) == Reject::ok);
  }
  CHECK(game.addInstrument(Game::scalar(kMaxInstruments + 1)) == Reject::capacity);
}

TEST_CASE("any words at all are answered") {
  Game game;
  Random random(1);
  for (u32 n = 0; n < 200'000; ++n) {
    Command command{};
    for (u32& word : command.word) {
      const u32 shape = random.below(8);
      word = shape == 0 ? random.next() : shape == 1 ? 0 - random.below(9) : random.below(9);
    }
    command.word[0] = random.below(16);
    REQUIRE(static_cast<u32>(game.engine.step(command)) <= static_cast<u32>(Reject::capacity));
  }
}

}  // namespace mm::test

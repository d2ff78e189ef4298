#include <doctest/doctest.h>

#include <set>

#include "support/drive.h"
#include "support/game.h"

namespace mm::test {

TEST_CASE("the same commands give the same hash, wherever memory puts things") {
  Game a;
  Game b;
  b.buy(kAlice, 1, 5);
  b.cancel(kAlice, 1);
  a.buy(kBob, 1, 7);
  a.cancel(kBob, 1);
  for (Game* game : {&a, &b}) {
    game->buy(kAlice, 10, 100);
    game->quote(kBob, 99, 5, 101, 5);
  }
  CHECK(a.engine.stateHash() == b.engine.stateHash());
}

TEST_CASE("everything that matters is in the hash") {
  std::set<u64> hashes;
  const auto note = [&](Game& game) { CHECK(hashes.insert(game.engine.stateHash()).second); };
  Game game;
  note(game);
  game.buy(kAlice, 10, 100), note(game);
  game.buy(kBob, 10, 100), note(game);
  game.replace(kAlice, 1, {}, 9), note(game);
  game.sell(kCarol, 1, 100), note(game);
  game.halt(true), note(game);
  game.setLimits(kAlice, 1, 1, 1), note(game);
  game.addInstrument(Game::scalar(2)), note(game);
  game.settle(100), note(game);

  Game first;
  Game second;
  for (const u32 user : {kAlice, kBob}) first.buy(user, 1, 100);
  for (const u32 user : {kBob, kAlice}) second.buy(user, 1, 100);
  CHECK(first.engine.stateHash() != second.engine.stateHash());
}

TEST_CASE("a refused command does not change the hash") {
  Engine engine;
  CommandStream stream(99);
  u32 refused = 0;
  for (u32 n = 0; n < 5'000; ++n) {
    const u64 before = engine.stateHash();
    const Command command = stream.next();
    const Reject reject = engine.step(command);
    if (reject != Reject::ok) {
      REQUIRE(engine.stateHash() == before);
      REQUIRE(engine.eventCount() == 0);
      ++refused;
    }
    feedBack(stream, engine, reject, command.word[1]);
  }
  CHECK(refused > 1'000);
}

namespace {

/// Whether a change of nothing but the lowest bit of `part` changes the hash.
template <class Part>
bool isHashed(const Engine& engine, Part& part) {
  const u64 before = engine.stateHash();
  auto& lowest = reinterpret_cast<u8&>(part);
  lowest ^= u8{1};
  const bool differs = engine.stateHash() != before;
  lowest ^= u8{1};
  CHECK(engine.stateHash() == before);
  return differs;
}

}  // namespace

TEST_CASE("each part of the state is in the hash for itself") {
  Game game;
  game.addInstrument(Game::option(InstrumentKind::call, 100));
  game.sell(kBob, 3, 100);
  game.buy(kAlice, 5, 100);
  game.sell(kBob, 7, 102);
  Engine& engine = game.engine;
  State& state = engine.state();
  const auto hashed = [&](auto& part) { return isHashed(engine, part); };

  CHECK(hashed(state.nextOrderId));
  CHECK(hashed(state.nextTradeId));
  for (const u32 inst : {1U, 2U}) {
    Instrument& instrument = state.instrument(inst);
    CHECK(hashed(instrument.kind));
    CHECK(hashed(instrument.underlying));
    CHECK(hashed(instrument.tickUnits));
    for (auto* money : {&instrument.strikeUnits, &instrument.markUnits}) {
      for (u32 word = 0; word < 4; ++word) CHECK(hashed(reinterpret_cast<u8*>(money)[4 * word]));
    }
    CHECK(hashed(instrument.decimals));
    CHECK(hashed(instrument.lotSize));
    CHECK(hashed(instrument.minTicks));
    CHECK(hashed(instrument.maxTicks));
    CHECK(hashed(instrument.lastTicks));
    CHECK(hashed(instrument.halted));
    CHECK(hashed(instrument.settled));
    for (BookSide& side : instrument.book) CHECK(hashed(side.orderCount));
  }
  for (const u32 id : {2U, 3U}) {  // A bid that has traded, an ask that has not.
    Order& order = state.orders[state.ids.find(id)];
    CHECK(hashed(order.id));
    CHECK(hashed(order.userId));
    CHECK(hashed(order.leaves));
    CHECK(hashed(order.filled));
    CHECK(hashed(order.flags));
    CHECK(hashed(state.level(order.level).price));
  }
  for (const u32 userId : {kAlice, kCarol}) {
    User& user = state.user(userId);
    CHECK(hashed(user.limits.maxPosition));
    CHECK(hashed(user.limits.maxOrderQty));
    CHECK(hashed(user.limits.maxOpenOrders));
    CHECK(hashed(user.openOrders));
    for (const u32 inst : {1U, 2U}) {
      Position& position = user.position(inst);
      CHECK(hashed(position.qty));
      CHECK(hashed(position.basis));
      for (auto* money : {&position.cost, &position.cash}) {
        for (u32 word = 0; word < 4; ++word) CHECK(hashed(reinterpret_cast<u8*>(money)[4 * word]));
      }
      for (i32& working : position.working) CHECK(hashed(working));
    }
  }
}

}  // namespace mm::test

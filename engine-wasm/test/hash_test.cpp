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

}  // namespace mm::test

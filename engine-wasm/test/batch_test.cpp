/// A batch does what its commands do one by one.

#include <doctest/doctest.h>

#include <cstring>
#include <vector>

#include "support/drive.h"
#include "support/game.h"

namespace mm::test {

namespace {

struct Recording {
  std::vector<Command> commands;
  std::vector<Reject> rejects;
  std::vector<u32> eventCounts;
  std::vector<Event> events;
  u64 hash = 0;
};

Recording record(u32 seed, u32 count) {
  Recording recording;
  CommandStream stream(seed);
  Engine engine;
  for (u32 n = 0; n < count; ++n) {
    recording.commands.push_back(stream.next());
    const Reject reject = engine.step(recording.commands.back());
    recording.rejects.push_back(reject);
    recording.eventCounts.push_back(engine.eventCount());
    for (u32 i = 0; i < engine.eventCount(); ++i) recording.events.push_back(engine.event(i));
    feedBack(stream, engine, reject, recording.commands.back().word[1]);
  }
  recording.hash = engine.stateHash();
  return recording;
}

void replay(const Recording& recording, u32 batchSize, bool keepEvents) {
  Engine engine;
  std::vector<BatchResult> results(batchSize);
  const auto total = static_cast<u32>(recording.commands.size());
  std::size_t event = 0;
  for (u32 at = 0; at < total;) {
    const u32 wanted = batchSize < total - at ? batchSize : total - at;
    const u32 done = engine.batch(&recording.commands[at], wanted, keepEvents, results.data());
    REQUIRE(done > 0);
    if (!keepEvents) REQUIRE(done == wanted);
    u32 events = 0;
    for (u32 i = 0; i < done; ++i) {
      REQUIRE(results[i].reject == static_cast<u32>(recording.rejects[at + i]));
      REQUIRE(results[i].eventCount == recording.eventCounts[at + i]);
      events += results[i].eventCount;
    }
    if (keepEvents) {
      REQUIRE(engine.eventCount() == events);
      for (u32 i = 0; i < events; ++i) {
        REQUIRE(std::memcmp(&engine.event(i), &recording.events[event++], sizeof(Event)) == 0);
      }
    }
    at += done;
  }
  REQUIRE(engine.stateHash() == recording.hash);
}

}  // namespace

TEST_CASE("batches of any size do what single commands do") {
  for (u32 seed = 1; seed <= 10; ++seed) {
    const Recording recording = record(seed, 3'000);
    for (const u32 batchSize : {1U, 7U, kBatchCommands}) {
      replay(recording, batchSize, false);
      replay(recording, batchSize, true);
    }
  }
}

TEST_CASE("a batch of nothing does nothing") {
  Game game;
  CHECK(game.engine.batch(nullptr, 0, true, nullptr) == 0);
}

TEST_CASE("a batch stops before events of others could cost a command its memory") {
  constexpr u32 kBlocks = 23;
  Game game(kBlocks * kBlockBytes);
  game.setLimits(kAlice, kMaxPosition, 10, kMaxOpenOrders);
  game.buy(kAlice, 1, 100);
  REQUIRE(game.sell(kBob, 1, 100) == Reject::ok);  // Takes the only block of events.
  while (game.buy(kAlice, 1, 100) == Reject::ok) {
  }
  // More trades than that block holds, three a command, each of which alone would find room.
  std::vector<Command> commands(2 * kEventsPerBlock);
  for (Command& command : commands) {
    command = test::record(LimitOrder{kindOf(CommandKind::limitOrder), kBob, 1, 1, 100, 3, 1, 0});
  }
  std::vector<BatchResult> results(commands.size());
  u32 filled = 0;
  for (u32 at = 0; at < commands.size();) {
    const u32 done = game.engine.batch(&commands[at], static_cast<u32>(commands.size()) - at, true,
                                       results.data());
    REQUIRE(done > 0);
    for (u32 i = 0; i < done; ++i) filled += results[i].reject == 0 ? 1 : 0;
    at += done;
  }
  CHECK(filled == commands.size());
}

TEST_CASE("a command that is refused for itself is done, and the batch goes on") {
  Game game;
  AddInstrument dear = Game::option(InstrumentKind::call, 0);
  dear.kind = kindOf(CommandKind::addInstrument);
  dear.strikeUnitsHi = 1U << 30;
  const Command commands[] = {
      test::record(LimitOrder{kindOf(CommandKind::limitOrder), kBob, 1, 1, 100, 1, 0, 0}),
      test::record(dear),
      test::record(LimitOrder{kindOf(CommandKind::limitOrder), kAlice, 1, 0, 100, 1, 0, 0}),
  };
  BatchResult results[3]{};
  REQUIRE(game.engine.batch(commands, 3, true, results) == 3);
  CHECK(results[1].reject == static_cast<u32>(Reject::capacity));
  CHECK(results[2].eventCount == 1);
  CHECK(game.held(kAlice) == 1);
}

TEST_CASE("a batch leaves the outcome of its last command") {
  Game game;
  const Command commands[] = {
      test::record(LimitOrder{kindOf(CommandKind::limitOrder), kAlice, 1, 0, 100, 7, 0, 0}),
      test::record(Cancel{kindOf(CommandKind::cancel), kAlice, 9}),
  };
  BatchResult results[2]{};
  REQUIRE(game.engine.batch(commands, 1, true, results) == 1);
  CHECK(game.engine.outcome().leaves == 7);
  REQUIRE(game.engine.batch(commands, 2, true, results) == 2);
  CHECK(game.engine.outcome().orderId == 0);
  CHECK(game.engine.outcome().leaves == 0);
}

}  // namespace mm::test

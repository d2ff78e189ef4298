/// \file
/// Golden vectors: seeded streams whose events and final state are known. The same file is run
/// through the WebAssembly facade (worker/engine/golden.test.ts), so that both builds are one
/// engine. With MM_WRITE_VECTORS set, writes the file anew instead: only for a wanted change of
/// behaviour.

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/drive.h"

namespace mm::test {

namespace {

const std::string kPath = MM_VECTORS "/streams.txt";

void addEvent(WordHash& hash, const Event& event) {
  for (const u32 word :
       {u32{event.kind}, u32{event.inst}, u32{event.side}, u32{event.reason}, event.status}) {
    hash.add(word);
  }
  for (const i32 word : {event.price, event.qty, event.filled, event.leaves}) hash.add(word);
  for (const u32 word : {event.userId, event.orderId, event.contraUserId, event.contraOrderId}) {
    hash.add(word);
  }
  for (const i32 word : {event.contraFilled, event.contraLeaves}) hash.add(word);
  for (const u32 word : {event.tradeId, event.units0, event.units1}) hash.add(word);
}

void addOutcome(WordHash& hash, const Outcome& outcome) {
  hash.add(outcome.orderId);
  hash.add(outcome.filled);
  hash.add(outcome.leaves);
  hash.add(outcome.status);
  hash.add(outcome.cancelled);
}

/// \returns a line of the file: seed, commands, hash of all answers, state hash.
std::string run(u32 seed, u32 commands) {
  Engine engine;
  CommandStream stream(seed);
  WordHash hash;
  for (u32 n = 0; n < commands; ++n) {
    const Command command = stream.next();
    const Reject reject = engine.step(command);
    hash.add(static_cast<u32>(reject));
    addOutcome(hash, engine.outcome());
    for (u32 i = 0; i < engine.eventCount(); ++i) addEvent(hash, engine.event(i));
    feedBack(stream, engine, reject, command.word[1]);
  }
  char line[80];
  std::snprintf(line, sizeof line, "%u %u %08x %016llx", seed, commands, hash.value(),
                static_cast<unsigned long long>(engine.stateHash()));
  return line;
}

struct Vector {
  u32 seed;
  u32 commands;
};
constexpr Vector kVectors[] = {{1, 100}, {2, 2'000}, {3, 2'000}, {4, 5'000}, {5, 20'000}};

}  // namespace

TEST_CASE("the golden vectors come out as committed") {
  if (std::getenv("MM_WRITE_VECTORS") != nullptr) {
    std::ofstream file(kPath);
    file << "# seed, commands, hash of rejects, outcomes and events, state hash\n";
    for (const Vector& vector : kVectors) file << run(vector.seed, vector.commands) << '\n';
    return;
  }
  std::ifstream file(kPath);
  std::string line;
  u32 count = 0;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    u32 seed = 0;
    u32 commands = 0;
    std::istringstream(line) >> seed >> commands;
    CHECK(run(seed, commands) == line);
    ++count;
  }
  CHECK(count == std::size(kVectors));
}

}  // namespace mm::test

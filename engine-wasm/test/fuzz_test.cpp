/// \file
/// Compares the engine with the reference model, command by command, on seeded streams of every
/// kind of command. Now and then an engine restored from a snapshot takes over, so that the model
/// checks it as well, while the original runs along. A failure prints the seed and the number of
/// the command; MM_FUZZ_SEED and MM_FUZZ_COMMANDS replay or lengthen a run.

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "engine.h"
#include "support/difference.h"
#include "support/drive.h"
#include "support/environment.h"
#include "support/snapshots.h"

namespace mm::test {

namespace {

constexpr u32 kEpisodeCommands = 2'000;

/// Amounts of money are left alone: other tests have those that are too large.
bool isMoney(const Command& command, u32 word) {
  switch (static_cast<CommandKind>(command.word[0])) {
    case CommandKind::addInstrument:
      return word >= 4;
    case CommandKind::setTick:
    case CommandKind::settle:
    case CommandKind::resettle:
      return word == 2 || word == 3;
    default:
      return false;
  }
}

/// Now and then overwrites a word, so that records that make no sense are met too.
void corrupt(Command& command, Random& random) {
  if (!random.oneIn(100)) return;
  const u32 words[] = {0, 1, 2, 3, 7, 14, 0x8000'0000U, 0xffff'ffffU};
  const u32 word = random.below(8);
  if (!isMoney(command, word)) command.word[word] = words[random.below(8)];
}

/// An engine, and the one whose snapshot it was restored from, if it was: both have the same
/// future.
class Lineage {
 public:
  Engine& engine() { return *engine_; }

  /// \returns what differs between the two; empty if nothing does.
  std::string step(const Command& command) {
    const Reject reject = engine_->step(command);
    if (original_ && original_->step(command) != reject) return "reject after a restore";
    if (original_ && !sameAnswers(*engine_, *original_)) return "answer after a restore";
    reject_ = reject;
    return "";
  }
  Reject reject() const { return reject_; }

  /// Puts a restored engine in the engine's place.
  std::string passOn() {
    const u64 hash = engine_->stateHash();
    if (original_ && original_->stateHash() != hash) return "hash some time after a restore";
    const Words words = snapshotOf(*engine_);
    if (words.empty() || engine_->stateHash() != hash) return "hash after a snapshot";
    auto restored = std::make_unique<Engine>();
    if (restoreInto(*restored, words) != Restore::ok) return "a snapshot is refused: state";
    if (restored->stateHash() != hash) return "hash after a restore";
    original_ = std::move(engine_);
    engine_ = std::move(restored);
    return "";
  }

 private:
  static bool sameAnswers(const Engine& a, const Engine& b) {
    if (!same(a.outcome(), b.outcome()) || a.eventCount() != b.eventCount()) return false;
    for (u32 i = 0; i < a.eventCount(); ++i) {
      if (!same(a.event(i), b.event(i))) return false;
    }
    return true;
  }

  std::unique_ptr<Engine> engine_ = std::make_unique<Engine>();
  std::unique_ptr<Engine> original_;
  Reject reject_ = Reject::ok;
};

std::string runEpisode(u32 seed, u32 commands) {
  constexpr u32 kCommandsPerSnapshot = 400;
  Lineage lineage;
  Model model;
  CommandStream stream(seed);
  Random random(~seed);
  Random snapshots(~seed * 3);
  for (u32 n = 0; n < commands; ++n) {
    Command command = stream.next();
    corrupt(command, random);
    const auto at = [&](const std::string& what) {
      return what + " differs at seed " + std::to_string(seed) + ", command " + std::to_string(n) +
             " of kind " + std::to_string(command.word[0]);
    };
    if (const std::string what = lineage.step(command); !what.empty()) return at(what);
    Engine& engine = lineage.engine();
    const Reject reject = lineage.reject();
    const Reject expected = model.step(command);
    if (reject != expected) {
      return at("reject " + std::to_string(static_cast<u32>(reject)) + " for " +
                std::to_string(static_cast<u32>(expected)));
    }
    if (!same(engine.outcome(), model.outcome)) return at("outcome");
    if (!sameEvents(engine, model)) return at("events");
    if (n % 16 == 0 || n + 1 == commands) {
      if (const std::string what = difference(engine, model); !what.empty()) return at(what);
    }
    feedBack(stream, engine, reject, command.word[1]);
    if (snapshots.oneIn(kCommandsPerSnapshot) || n + 1 == commands) {
      if (const std::string what = lineage.passOn(); !what.empty()) return at(what);
    }
  }
  return "";
}

}  // namespace

TEST_CASE("the engine agrees with the reference model") {
  const u32 seed = fromEnvironment("MM_FUZZ_SEED", 1);
  const u32 commands = fromEnvironment("MM_FUZZ_COMMANDS", 1'000'000);
  for (u32 done = 0; done < commands; done += kEpisodeCommands) {
    const u32 episode = seed + done / kEpisodeCommands;
    const std::string failure = runEpisode(episode, std::min(commands - done, kEpisodeCommands));
    REQUIRE_MESSAGE(failure.empty(), failure);
  }
  MESSAGE("seed " << seed << ", " << commands << " commands");
}

}  // namespace mm::test

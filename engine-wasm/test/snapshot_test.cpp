/// Tests that a snapshot is the whole state: an engine made from it goes on as the original, and
/// other bytes are refused with a code.

#include "snapshot/snapshot.h"

#include <doctest/doctest.h>

#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include "support/drive.h"
#include "support/game.h"
#include "support/snapshots.h"

namespace mm::test {

namespace {

/// Executes a command on both and compares all that a host sees.
void stepBoth(CommandStream& stream, Engine& a, Engine& b) {
  const Command command = stream.next();
  const Reject reject = a.step(command);
  REQUIRE(b.step(command) == reject);
  REQUIRE(std::memcmp(&a.outcome(), &b.outcome(), sizeof(Outcome)) == 0);
  REQUIRE(a.eventCount() == b.eventCount());
  for (u32 i = 0; i < a.eventCount(); ++i) {
    REQUIRE(std::memcmp(&a.event(i), &b.event(i), sizeof(Event)) == 0);
  }
  feedBack(stream, a, reject, command.word[1]);
}

void run(CommandStream& stream, Engine& engine, u32 commands) {
  for (u32 n = 0; n < commands; ++n) {
    const Command command = stream.next();
    feedBack(stream, engine, engine.step(command), command.word[1]);
  }
}

/// Makes a change look intended.
void sign(Words& words) {
  Engine engine;
  engine.makeSnapshotRoom(static_cast<u32>(words.size() * sizeof(u32)));
  for (u32 i = 0; i < words.size(); ++i) engine.state().events.word(i) = words[i];
  const u64 digest = snapshot::digest(engine.state(), static_cast<u32>(words.size()));
  words[snapshot::kDigestWords] = static_cast<u32>(digest);
  words[snapshot::kDigestWords + 1] = static_cast<u32>(digest >> 32);
}

constexpr u32 kPositionWords = 11;

/// Where the words of a user begin.
u32 userAt(const Words& words, u32 userId) {
  constexpr u32 kCounters = 3;
  constexpr u32 kInstrumentWords = 19;
  const u32 instruments = words[snapshot::kHeadWords + kCounters - 1];
  u32 at = snapshot::kHeadWords + kCounters + instruments * kInstrumentWords;
  while (words[at] != userId) {
    const u32 orderCount = at + 4 + instruments * kPositionWords;
    at = orderCount + 1 + words[orderCount] * 4;
  }
  return at;
}

/// Where the words of a position in the only instrument begin.
u32 positionAt(const Words& words, u32 userId) {
  return userAt(words, userId) + 4;
}

/// Where the words of a user's order begin, in a game of one instrument.
u32 orderAt(const Words& words, u32 userId, u32 orderId) {
  u32 at = positionAt(words, userId) + kPositionWords + 1;
  while (words[at] != orderId) at += 4;
  return at;
}

/// The first word of the books.
u32 booksAt(const Words& words) {
  const u32 last = userAt(words, kCarol);  // The last user of a Game, who has no orders here.
  return last + 4 + kPositionWords + 1 + 1;
}

/// Restores a snapshot with a change that all its sums agree to.
template <class Change>
Restore forge(const Words& original, Change change) {
  Words words = original;
  change(words);
  words[snapshot::kCountWord] = static_cast<u32>(words.size());
  sign(words);
  Engine reader;
  restoreInto(reader, words);
  const u64 hash = reader.stateHash();
  words[snapshot::kStateHashWords] = static_cast<u32>(hash);
  words[snapshot::kStateHashWords + 1] = static_cast<u32>(hash >> 32);
  Engine engine;
  return restoreInto(engine, words);
}

}  // namespace

TEST_CASE("an instrument settled past the integers of its grid is restored") {
  Game game;
  AddInstrument wide = Game::scalar(2);
  wide.tickUnitsLo = 1'000'000;
  REQUIRE(game.addInstrument(wide) == Reject::ok);
  REQUIRE(game.settle(1, 6, 2) == Reject::ok);
  Engine restored;
  REQUIRE(restoreInto(restored, snapshotOf(game.engine)) == Restore::ok);
  CHECK(restored.stateHash() == game.engine.stateHash());
}

TEST_CASE("an engine goes on from a snapshot as if nothing had been") {
  for (u32 seed = 1; seed <= 60; ++seed) {
    CommandStream stream(seed);
    Engine original;
    run(stream, original, 37 * seed);
    const u64 hash = original.stateHash();
    const Words words = snapshotOf(original);
    CHECK(original.stateHash() == hash);
    Engine restored;
    REQUIRE(restoreInto(restored, words) == Restore::ok);
    REQUIRE(restored.stateHash() == hash);
    for (u32 n = 0; n < 400; ++n) stepBoth(stream, original, restored);
    REQUIRE(restored.stateHash() == original.stateHash());
    REQUIRE(snapshotOf(restored) == snapshotOf(original));
  }
}

TEST_CASE("money of any size comes back") {
  Game game;
  AddInstrument dear = Game::option(InstrumentKind::put, 0, 2);
  dear.strikeUnitsHi = 1U << 20;
  dear.tickUnitsLo = 1'000'000;
  REQUIRE(game.addInstrument(dear) == Reject::ok);
  for (i32 round = 0; round < 100; ++round) {
    for (const i32 price : {kMaxTicks, -kMaxTicks}) {
      const Side side = price < 0 ? Side::sell : Side::buy;
      game.limit(kBob, opposite(side), 10'000, price, Tif::gfd, false, 2);
      REQUIRE(game.limit(kAlice, side, 10'000, price, Tif::gfd, false, 2) == Reject::ok);
    }
  }
  game.limit(kBob, Side::sell, 9'999, -kMaxTicks, Tif::gfd, false, 2);
  game.limit(kAlice, Side::buy, 9'999, -kMaxTicks, Tif::gfd, false, 2);
  for (const bool isSettled : {false, true}) {
    if (isSettled) REQUIRE(game.settle(-kMaxExact, 0) == Reject::ok);
    Engine restored;
    REQUIRE(restoreInto(restored, snapshotOf(game.engine)) == Restore::ok);
    CHECK(restored.stateHash() == game.engine.stateHash());
    CHECK(cashOf(restored.position(kAlice, 2)) == game.cash(kAlice, 2));
    CHECK(costOf(restored.position(kBob, 2)) == costOf(game.position(kBob, 2)));
    InstrumentResult instrument{};
    restored.instrument(2, instrument);
    CHECK(markOf(instrument) == markOf(game.instrument(2)));
  }
}

TEST_CASE("a settlement can be corrected after a restore") {
  Game game;
  game.addInstrument(Game::option(InstrumentKind::call, 100, 2));
  for (const u32 inst : {1U, 2U}) {
    game.limit(kBob, Side::sell, 10, 100, Tif::gfd, false, inst);
    REQUIRE(game.limit(kAlice, Side::buy, 10, 100, Tif::gfd, false, inst) == Reject::ok);
  }
  REQUIRE(game.settle(105) == Reject::ok);
  Engine restored;
  REQUIRE(restoreInto(restored, snapshotOf(game.engine)) == Restore::ok);
  const Command correction = record(Resettle{kindOf(CommandKind::resettle), 1, 250, 0, 0});
  for (Engine* engine : {&game.engine, &restored}) {
    REQUIRE(engine->step(correction) == Reject::ok);
    CHECK(cashOf(engine->position(kAlice, 1)) == 1'500);
    CHECK(cashOf(engine->position(kAlice, 2)) == 500);
  }
  CHECK(restored.stateHash() == game.engine.stateHash());
}

TEST_CASE("a snapshot of the format before is read, and written in this one") {
  std::ifstream file(MM_VECTORS "/snapshot-1.txt");
  std::string line;
  Words words;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream numbers(line);
    for (u32 word = 0; numbers >> std::hex >> word;) words.push_back(word);
  }
  REQUIRE(words.size() > snapshot::kHeadWords);
  REQUIRE(words[snapshot::kFormatWord] == 1);
  Engine engine;
  REQUIRE(restoreInto(engine, words) == Restore::ok);  // Its own hash says that it is the same.
  Engine again;
  REQUIRE(restoreInto(again, snapshotOf(engine)) == Restore::ok);
  CHECK(again.stateHash() == engine.stateHash());
  ++words[snapshot::kAbiWord];
  Engine other;
  CHECK(restoreInto(other, words) == Restore::otherVersion);
}

TEST_CASE("an empty engine has a snapshot too") {
  Engine empty;
  Engine restored;
  CHECK(restoreInto(restored, snapshotOf(empty)) == Restore::ok);
  CHECK(restored.stateHash() == empty.stateHash());
}

TEST_CASE("a book of more levels than a block holds comes back") {
  Game game;
  game.setLimits(kAlice, kMaxPosition, 10, kMaxOpenOrders);
  for (i32 i = 0; i < 5'000; ++i) REQUIRE(game.buy(kAlice, 1, i * 777) == Reject::ok);
  Engine restored;
  REQUIRE(restoreInto(restored, snapshotOf(game.engine)) == Restore::ok);
  CHECK(restored.stateHash() == game.engine.stateHash());
}

TEST_CASE("only a new engine takes a snapshot") {
  Game game;
  game.buy(kAlice, 1, 100);
  const u64 hash = game.engine.stateHash();
  CHECK(restoreInto(game.engine, snapshotOf(game.engine)) == Restore::engineInUse);
  CHECK(game.engine.stateHash() == hash);
}

TEST_CASE("what is no snapshot, or of another version, is refused") {
  Game game;
  const Words words = snapshotOf(game.engine);
  const auto with = [&](auto change) {
    Words changed = words;
    change(changed);
    Engine engine;
    return restoreInto(engine, changed);
  };
  CHECK(with([](Words& w) { w.clear(); }) == Restore::notASnapshot);
  CHECK(with([](Words& w) { w.resize(3); }) == Restore::notASnapshot);
  CHECK(with([](Words& w) { w.pop_back(); }) == Restore::notASnapshot);
  CHECK(with([](Words& w) { w.push_back(0); }) == Restore::notASnapshot);
  CHECK(with([](Words& w) { ++w[snapshot::kMagicWord]; }) == Restore::notASnapshot);
  CHECK(with([](Words& w) { ++w[snapshot::kFormatWord]; }) == Restore::otherVersion);
  CHECK(with([](Words& w) { ++w[snapshot::kAbiWord]; }) == Restore::otherVersion);
  CHECK(with([](Words& w) { ++w[snapshot::kDigestWords]; }) == Restore::damaged);
  CHECK(with([](Words& w) { ++w[snapshot::kStateHashWords]; }) == Restore::nonsense);
  Engine engine;
  REQUIRE(engine.makeSnapshotRoom(64));
  CHECK(engine.restore(~3U) == Restore::notASnapshot);
  CHECK(engine.restore(41) == Restore::notASnapshot);
}

TEST_CASE("damage anywhere is noticed") {
  Engine original;
  CommandStream stream(7);
  run(stream, original, 1'500);
  const Words words = snapshotOf(original);
  Random random(7);
  for (u32 n = 0; n < 2'000; ++n) {
    Words damaged = words;
    damaged[random.below(static_cast<u32>(words.size()))] ^= 1U << random.below(32);
    Engine engine;
    REQUIRE(restoreInto(engine, damaged) != Restore::ok);
  }
}

TEST_CASE("nonsense under a good digest is refused as well, and never traps") {
  Engine original;
  CommandStream stream(8);
  run(stream, original, 1'500);
  const Words words = snapshotOf(original);
  Random random(8);
  for (u32 n = 0; n < 4'000; ++n) {
    Words forged = words;
    for (u32 changes = 1 + random.below(3); changes > 0; --changes) {
      const u32 at = snapshot::kHeadWords +
                     random.below(static_cast<u32>(words.size()) - snapshot::kHeadWords);
      forged[at] = random.oneIn(2) ? forged[at] ^ 1U << random.below(32)
                                   : forged[random.below(static_cast<u32>(words.size()))];
    }
    if (forged == words) continue;
    sign(forged);
    Engine engine;
    REQUIRE(restoreInto(engine, forged) != Restore::ok);
  }
}

TEST_CASE("memory that cannot hold a snapshot is an answer, on both sides") {
  Game game;
  game.setLimits(kAlice, kMaxPosition, 10, kMaxOpenOrders);
  for (i32 i = 0; i < 5'000; ++i) REQUIRE(game.buy(kAlice, 1, i) == Reject::ok);
  const Words words = snapshotOf(game.engine);
  Engine small(12 * kBlockBytes);
  CHECK(restoreInto(small, words) == Restore::noMemory);
  Engine tiny(4 * kBlockBytes);
  CHECK(restoreInto(tiny, words) == Restore::noMemory);

  Game full(24 * kBlockBytes);
  full.setLimits(kAlice, kMaxPosition, 10, kMaxOpenOrders);
  while (full.buy(kAlice, 1, 100) == Reject::ok) {
  }
  const u64 hash = full.engine.stateHash();
  CHECK(full.engine.snapshot() == 0);
  CHECK(full.engine.stateHash() == hash);
}

TEST_CASE("a forged state that commands could not have led to is refused") {
  Game game;
  game.buy(kAlice, 10, 100);
  game.buy(kAlice, 10, 99);
  game.buy(kAlice, 10, 98);
  game.sell(kBob, 10, 102);
  const Words words = snapshotOf(game.engine);
  const auto with = [&](auto change) { return forge(words, change); };
  const u32 books = booksAt(words);
  REQUIRE(words[books] == 1);  // One order,
  REQUIRE(words[books + 1] == 100);
  REQUIRE(words[books + 2] == 1);  // the first.
  const u32 asks = books + 3 * 3 + 1;
  REQUIRE(words[asks + 1] == 102);
  constexpr u32 kCost = 2;
  constexpr u32 kCash = 6;

  CHECK(with([](Words&) {}) == Restore::ok);
  CHECK(with([&](Words& w) {  // Who has lost what to whom, nobody can tell.
          w[positionAt(w, kAlice) + kCash] = 50;
          w[positionAt(w, kBob) + kCash] = 0U - 50;
          for (u32 i = 1; i < 4; ++i) w[positionAt(w, kBob) + kCash + i] = ~0U;
        }) == Restore::ok);
  CHECK(with([](Words& w) {  // More than there are trades for, twice.
          w[positionAt(w, kAlice) + kCash + 3] = 0x4000'0000U;
          w[positionAt(w, kBob) + kCash + 3] = 0xc000'0000U;
        }) == Restore::nonsense);
  CHECK(with([](Words& w) { w[positionAt(w, kAlice) + kCost + 3] = 0x4000'0000U; }) ==
        Restore::nonsense);
  CHECK(with([](Words& w) { w[positionAt(w, kAlice) + kCash] = 50; }) == Restore::nonsense);
  CHECK(with([](Words& w) {  // A contract from nowhere.
          w[positionAt(w, kAlice)] = 1;
          w[positionAt(w, kAlice) + 1] = 1;
        }) == Restore::nonsense);
  CHECK(with([](Words& w) { w.push_back(0); }) == Restore::nonsense);
  CHECK(with([](Words& w) { w.pop_back(); }) == Restore::nonsense);
  CHECK(with([&](Words& w) { w.erase(w.begin() + books, w.begin() + books + 3); }) ==
        Restore::nonsense);
  CHECK(with([&](Words& w) { w[asks + 1] = 101; }) == Restore::ok);
  CHECK(with([&](Words& w) { w[asks + 1] = 100; }) == Restore::nonsense);
  CHECK(with([&](Words& w) { w[asks + 1] = 97; }) == Restore::nonsense);
  CHECK(with([](Words& w) { w[snapshot::kHeadWords] = 9; }) == Restore::ok);
  CHECK(with([](Words& w) { w[snapshot::kHeadWords] = 4; }) == Restore::nonsense);
  CHECK(with([&](Words& w) { w[books + 5] = 1; }) == Restore::nonsense);
  CHECK(with([&](Words& w) { w[books + 2] = 4; }) == Restore::nonsense);  // An ask among bids.
  CHECK(with([](Words& w) {
          for (u32 id = 1; id <= 2; ++id) w[orderAt(w, kAlice, id) + 3] = kMaxOrderQty;
          w[orderAt(w, kAlice, 3) + 3] = 1;
        }) == Restore::nonsense);
  CHECK(with([](Words& w) { w[orderAt(w, kAlice, 1) + 1] |= u32{Order::kQuote} << 8; }) ==
        Restore::ok);
  CHECK(with([](Words& w) {
          for (u32 id = 1; id <= 2; ++id) w[orderAt(w, kAlice, id) + 1] |= u32{Order::kQuote} << 8;
        }) == Restore::nonsense);
}

TEST_CASE("a forged settlement is refused") {
  Game game;
  game.sell(kBob, 10, 100);
  game.buy(kAlice, 10, 100);
  const Words open = snapshotOf(game.engine);
  REQUIRE(game.settle(105) == Reject::ok);
  const Words words = snapshotOf(game.engine);
  constexpr u32 kSettledQty = kPositionWords - 1;
  constexpr u32 kSettled = snapshot::kHeadWords + 3 + 8;  // Of the first instrument.
  REQUIRE(words[positionAt(words, kAlice) + kSettledQty] == 10);
  REQUIRE(words[kSettled] == 1);
  const auto setBoth = [](Words& w, u32 qty) {
    w[positionAt(w, kAlice) + kSettledQty] = qty;
    w[positionAt(w, kBob) + kSettledQty] = 0U - qty;
  };
  CHECK(forge(words, [](Words&) {}) == Restore::ok);
  CHECK(forge(words, [](Words& w) { w[kSettled] = 2; }) == Restore::nonsense);
  CHECK(forge(words, [](Words& w) { w[positionAt(w, kAlice) + kSettledQty] = 11; }) ==
        Restore::nonsense);
  CHECK(forge(words, [&](Words& w) { setBoth(w, u32{kMaxPosition} + 1); }) == Restore::nonsense);
  CHECK(forge(open, [&](Words& w) { setBoth(w, 10); }) == Restore::nonsense);
}

}  // namespace mm::test

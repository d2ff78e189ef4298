/// \file
/// libFuzzer on the raw interface: any words as commands, any words as a snapshot, and questions in
/// between. Nothing may trap, and every state has to come back the same from its snapshot.

#include <cstdlib>
#include <cstring>
#include <memory>

#include "engine.h"
#include "snapshot/snapshot.h"

namespace mm {
namespace {

/// The fuzzer's bytes as small numbers mostly, because most fields only make sense when small.
class Input {
 public:
  Input(const u8* data, std::size_t size) : at_(data), end_(data + size) {}

  bool isEmpty() const { return at_ == end_; }
  u8 byte() { return at_ == end_ ? u8{0} : *at_++; }

  u32 word() {
    constexpr u8 kWhole = 250;
    const u8 first = byte();
    if (first < 192) return first % 32;
    if (first < kWhole) return 0 - u32{first % 32U};
    u32 whole = 0;
    for (int i = 0; i < 4; ++i) whole = whole << 8 | byte();
    return whole;
  }

  Command command() {
    Command command{};
    command.word[0] = byte() % 16U;
    const u32 words = 1 + byte() % 13U;
    for (u32 i = 1; i < words; ++i) command.word[i] = word();
    return command;
  }

 private:
  const u8* at_;
  const u8* end_;
};

void check(bool holds) {
  if (!holds) std::abort();
}

std::unique_ptr<Engine> makeEngine() {
  constexpr u32 kMemoryBytes = 48 * kBlockBytes;  // Little, so that it runs out.
  return std::make_unique<Engine>(kMemoryBytes);
}

/// An engine in which most commands make sense, so that the fuzzer need not find that out.
std::unique_ptr<Engine> makeRoom() {
  auto engine = makeEngine();
  for (u32 user = 1; user <= 4; ++user) {
    engine->step({{static_cast<u32>(CommandKind::setLimits), user, 1'000'000, 1'000'000, 1'000}});
  }
  for (u32 inst = 1; inst <= 3; ++inst) {
    const u32 type = inst - 1;
    engine->step({{static_cast<u32>(CommandKind::addInstrument), inst, type, type == 0 ? 0U : 1U,
                   type == 0 ? 0U : 10U, 0, 1, 0, 0, 1, static_cast<u32>(-kMaxTicks),
                   static_cast<u32>(kMaxTicks), 0}});
  }
  return engine;
}

void askEverything(const Engine& engine, Input& input) {
  const u32 a = input.word();
  const u32 b = input.word();
  i32 levels[2 * 8];
  engine.depth(a, Side::buy, b, 8, levels);
  engine.depth(a, Side::sell, b, 8, levels);
  engine.best(a, Side::sell);
  engine.position(a, b);
  OrderResult order{};
  engine.order(a, order);
  engine.orderAfter(a, b, order);
  InstrumentResult instrument{};
  engine.instrument(a, instrument);
}

/// Moves the state through a snapshot into another engine, unless memory is short.
void passOn(std::unique_ptr<Engine>& engine) {
  const u64 hash = engine->stateHash();
  const u32 bytes = engine->snapshot();
  check(engine->stateHash() == hash);
  auto next = std::make_unique<Engine>();
  if (bytes == 0 || !next->makeSnapshotRoom(bytes)) return;
  for (u32 i = 0; i < bytes / sizeof(u32); ++i) {
    next->state().events.word(i) = engine->state().events.word(i);
  }
  check(next->restore(bytes) == Restore::ok);
  check(next->stateHash() == hash);
  engine = std::move(next);
}

/// Restores the fuzzer's words as a snapshot, with a head that gets them read.
void restoreAnything(Input& input) {
  auto engine = makeEngine();
  const u32 count = snapshot::kHeadWords + input.byte();
  if (!engine->makeSnapshotRoom(count * u32{sizeof(u32)})) return;
  EventBuffer& blocks = engine->state().events;
  for (u32 i = 0; i < count; ++i) blocks.word(i) = input.word();
  blocks.word(snapshot::kMagicWord) = snapshot::kMagic;
  blocks.word(snapshot::kFormatWord) = snapshot::kFormatVersion;
  blocks.word(snapshot::kAbiWord) = kAbiVersion;
  blocks.word(snapshot::kCountWord) = count;
  const u64 digest = snapshot::digest(engine->state(), count);
  blocks.word(snapshot::kDigestWords) = static_cast<u32>(digest);
  blocks.word(snapshot::kDigestWords + 1) = static_cast<u32>(digest >> 32);
  engine->restore(count * u32{sizeof(u32)});
}

void run(Input& input) {
  auto engine = makeRoom();
  while (!input.isEmpty()) {
    const u8 what = input.byte();
    if (what < 240) {
      check(engine->step(input.command()) <= Reject::capacity);
    } else if (what < 250) {
      askEverything(*engine, input);
    } else if (what < 254) {
      passOn(engine);
    } else {
      restoreAnything(input);
    }
  }
}

}  // namespace
}  // namespace mm

extern "C" int LLVMFuzzerTestOneInput(const mm::u8* data, std::size_t size) {
  mm::Input input(data, size);
  mm::run(input);
  return 0;
}

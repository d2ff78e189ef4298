/// \file
/// Snapshots as a host handles them: words out of one engine, and into another.

#pragma once

#include <vector>

#include "engine.h"

namespace mm::test {

using Words = std::vector<u32>;

inline Words snapshotOf(Engine& engine) {
  Words words(engine.snapshot() / sizeof(u32));
  for (u32 i = 0; i < words.size(); ++i) words[i] = engine.state().events.word(i);
  return words;
}

inline Restore restoreInto(Engine& engine, const Words& words) {
  const auto bytes = static_cast<u32>(words.size() * sizeof(u32));
  if (!engine.makeSnapshotRoom(bytes)) return Restore::noMemory;
  for (u32 i = 0; i < words.size(); ++i) engine.state().events.word(i) = words[i];
  return engine.restore(bytes);
}

}  // namespace mm::test

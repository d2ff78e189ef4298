/// \file
/// The events of the command being executed, in blocks that the host reads where they lie.

#pragma once

#include <cstring>

#include "memory/arena.h"
#include "memory/invariant.h"

namespace mm {

/// Writes an event's first four bytes as the one word that the host will read: a word that was
/// stored in parts is slow to load soon after.
inline void setHead(Event& event, EventKind kind, u32 inst, Side side, CancelReason reason) {
  const u32 head = static_cast<u32>(kind) | inst << 8 | static_cast<u32>(side) << 16 |
                   static_cast<u32>(reason) << 24;
  std::memcpy(static_cast<void*>(&event), &head, sizeof head);
}

class EventBuffer {
 public:
  static constexpr u32 kMaxBlocks = 2048;
  static constexpr u32 kWordsPerEvent = sizeof(Event) / sizeof(u32);
  static constexpr u32 kWordsPerBlock = kEventsPerBlock * kWordsPerEvent;
  static_assert(kEventsPerBlock * sizeof(Event) == kBlockBytes);

  explicit EventBuffer(Arena& arena) : arena_(arena) {}

  void clear() { count_ = 0; }
  u32 count() const { return count_; }

  /// Makes sure that `count` more events fit. \returns false if memory is exhausted.
  bool reserve(u32 count) { return count <= room() || addBlocks(count); }

  /// \returns the next event with unspecified content; there has to be room for it.
  Event& append() {
    require(room() != 0);
    return at(count_++);
  }

  Event& at(u32 i) const {
    const u32 block = blocks_[i / kEventsPerBlock];
    return arena_.at(Ref<Event>{block + i % kEventsPerBlock * u32{sizeof(Event)}});
  }

  /// A word of the blocks, to write or read a snapshot. The words overwrite the events, so clear
  /// these first. \pre i < wordCapacity().
  u32& word(u32 i) const {
    const u32 block = blocks_[i / kWordsPerBlock];
    return arena_.at(Ref<u32>{block + i % kWordsPerBlock * u32{sizeof(u32)}});
  }
  u32 wordCapacity() const { return blockCount_ * kWordsPerBlock; }

  const u32& countForHost() const { return count_; }
  const u32* blocksForHost() const { return blocks_; }

 private:
  u32 room() const { return blockCount_ * kEventsPerBlock - count_; }

  /// Stays out of line: every command asks for room, and blocks are added rarely.
  [[gnu::noinline]] bool addBlocks(u32 count) {
    while (count > room()) {
      if (blockCount_ == kMaxBlocks) return false;
      const u32 block = arena_.takeBlocks(1);
      if (block == 0) return false;
      blocks_[blockCount_++] = block;
    }
    return true;
  }

  Arena& arena_;
  u32 count_ = 0;
  u32 blockCount_ = 0;
  u32 blocks_[kMaxBlocks]{};
};

}  // namespace mm

/// \file
/// The events of the command being executed, in blocks that the host reads where they lie.

#pragma once

#include "arena.h"
#include "invariant.h"

namespace mm {

class EventBuffer {
 public:
  static constexpr u32 kMaxBlocks = 2048;
  static_assert(kEventsPerBlock * sizeof(Event) == kBlockBytes);

  explicit EventBuffer(Arena& arena) : arena_(arena) {}

  void clear() { count_ = 0; }
  u32 count() const { return count_; }

  /// Makes sure that `count` more events fit. \returns false if memory is exhausted.
  bool reserve(u32 count) {
    while (u64{count_} + count > u64{blockCount_} * kEventsPerBlock) {
      if (!addBlock()) return false;
    }
    return true;
  }

  /// \returns the next event with unspecified content; there has to be room for it.
  Event& append() {
    require(count_ < blockCount_ * kEventsPerBlock);
    return at(count_++);
  }

  Event& at(u32 i) const {
    const u32 block = blocks_[i / kEventsPerBlock];
    return arena_.at(Ref<Event>{block + i % kEventsPerBlock * u32{sizeof(Event)}});
  }

  const u32& countForHost() const { return count_; }
  const u32* blocksForHost() const { return blocks_; }

 private:
  bool addBlock() {
    if (blockCount_ == kMaxBlocks) return false;
    const u32 block = arena_.takeBlocks(1);
    if (block == 0) return false;
    blocks_[blockCount_++] = block;
    return true;
  }

  Arena& arena_;
  u32 count_ = 0;
  u32 blockCount_ = 0;
  u32 blocks_[kMaxBlocks]{};
};

}  // namespace mm

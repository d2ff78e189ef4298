/// \file
/// A pool of equal records in the arena. Given-back records are reused last in, first out, so that
/// the working set stays in cache. Taking never fails: callers reserve first, before they change
/// anything, and so a command that memory cannot hold is refused whole.

#pragma once

#include <cstring>
#include <type_traits>

#include "arena.h"
#include "invariant.h"

namespace mm {

template <class T>
class Slab {
  static_assert(std::is_trivially_copyable_v<T>);
  static_assert(sizeof(T) >= sizeof(u32) && sizeof(T) <= kBlockBytes);

 public:
  explicit Slab(Arena& arena) : arena_(arena) {}

  T& operator[](Ref<T> ref) const { return arena_.at(ref); }

  /// Makes sure that `count` records can be taken. \returns false if memory is exhausted.
  bool reserve(u32 count) {
    while (spare_ < count) {
      if (!addBlock()) return false;
    }
    return true;
  }

  /// \returns a record with unspecified content.
  Ref<T> take() {
    require(spare_ != 0);
    --spare_;
    Ref<T> ref = free_;
    if (ref) {
      std::memcpy(&free_.offset, &arena_.at(ref), sizeof(u32));
    } else {
      ref.offset = next_;
      next_ += sizeof(T);
    }
    return ref;
  }

  void give(Ref<T> ref) {
    std::memcpy(static_cast<void*>(&arena_.at(ref)), &free_.offset, sizeof(u32));
    free_ = ref;
    ++spare_;
  }

 private:
  static constexpr u32 kPerBlock = kBlockBytes / sizeof(T);

  bool addBlock() {
    const u32 block = arena_.takeBlocks(1);
    if (block == 0) return false;
    for (; next_ != end_; next_ += sizeof(T)) {
      --spare_;  // `give` counts it again.
      give(Ref<T>{next_});
    }
    next_ = block;
    end_ = block + kPerBlock * static_cast<u32>(sizeof(T));
    spare_ += kPerBlock;
    return true;
  }

  Arena& arena_;
  Ref<T> free_;
  u32 next_ = 0;  ///< The first record of the newest block that was never taken.
  u32 end_ = 0;
  u32 spare_ = 0;  ///< Records that can be taken without another block.
};

}  // namespace mm

/// \file
/// A pool of equal records in the arena. Given-back records are reused last in, first out, so that
/// the working set stays in cache. Taking never fails: callers reserve first, before they change
/// anything, and so a command that memory cannot hold is refused whole.

#pragma once

#include <cstring>
#include <type_traits>

#include "memory/arena.h"
#include "memory/invariant.h"

namespace mm {

template <class T>
class Slab {
  static_assert(std::is_trivially_copyable_v<T>);
  static_assert(sizeof(T) >= sizeof(u32) && sizeof(T) <= kBlockBytes);

 public:
  explicit Slab(Arena& arena) : arena_(arena) {}

  T& operator[](Ref<T> ref) const { return arena_.at(ref); }

  /// Makes sure that `count` records can be taken. \returns false if memory is exhausted.
  bool reserve(u32 count) { return spare_ >= count || addBlocks(count); }

  /// \returns a record with unspecified content.
  Ref<T> take() {
    const Ref<T> ref = free_;
    require(bool{ref});
    --spare_;
    std::memcpy(&free_.offset, &arena_.at(ref), sizeof(u32));
    return ref;
  }

  void give(Ref<T> ref) {
    std::memcpy(static_cast<void*>(&arena_.at(ref)), &free_.offset, sizeof(u32));
    free_ = ref;
    ++spare_;
  }

 private:
  static constexpr u32 kPerBlock = kBlockBytes / sizeof(T);

  /// Stays out of line: every command asks for room, and blocks are added rarely.
  [[gnu::noinline]] bool addBlocks(u32 count) {
    while (spare_ < count) {
      const u32 block = arena_.takeBlocks(1);
      if (block == 0) return false;
      // Goes backwards, so that records are taken in the order of their addresses.
      for (u32 i = kPerBlock; i-- > 0;) give({block + i * static_cast<u32>(sizeof(T))});
    }
    return true;
  }

  Arena& arena_;
  Ref<T> free_;    ///< The first free record; each names the next in its first word.
  u32 spare_ = 0;  ///< Free records.
};

}  // namespace mm

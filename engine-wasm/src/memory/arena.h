/// \file
/// The one growing region of memory, for everything of variable size: the linear memory past the
/// static data in WebAssembly, a lazily committed reservation natively. It hands out 16 KiB blocks
/// and does not know their content.

#pragma once

#include "mm/abi.h"

namespace mm {

inline constexpr u32 kBlockBytes = 16 * 1024;

/// A 32-bit handle of a T in the arena; 0 is none. In WebAssembly it is the address itself.
template <class T>
struct Ref {
  u32 offset = 0;

  explicit constexpr operator bool() const { return offset != 0; }
  friend constexpr bool operator==(Ref a, Ref b) { return a.offset == b.offset; }
  friend constexpr bool operator!=(Ref a, Ref b) { return a.offset != b.offset; }
};

class Arena {
 public:
  /// \param limitBytes the most that the native reservation may grow to; WebAssembly's limit is
  /// the module's.
  explicit Arena(u32 limitBytes);
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  template <class T>
  T& at(Ref<T> ref) const {
#ifdef __wasm__
    return *reinterpret_cast<T*>(ref.offset);
#else
    return *reinterpret_cast<T*>(base_ + ref.offset);
#endif
  }

  /// \returns the offset of `count` adjoining blocks, or 0 if memory is exhausted.
  u32 takeBlocks(u32 count);
  void giveBlocks(u32 offset, u32 count);

 private:
  bool growTo(u32 end);

#ifndef __wasm__
  unsigned char* base_;
#endif
  u32 end_;              ///< Offset of the next new block.
  u32 limit_;            ///< Offset that `end_` may reach before memory has to grow.
  Ref<u32> freeBlocks_;  ///< Single blocks given back, each naming the next in its first word.
};

}  // namespace mm

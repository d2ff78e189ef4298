#include "memory/arena.h"

#ifdef __wasm__
extern "C" unsigned char __heap_base;
#else
#include <sys/mman.h>

#include "memory/invariant.h"
#endif

namespace mm {

#ifdef __wasm__

namespace {
constexpr u32 kPageBytes = 64 * 1024;
}

Arena::Arena(u32) {
  const u32 heapBase = reinterpret_cast<u32>(&__heap_base);
  end_ = (heapBase + 63) & ~63U;
  limit_ = static_cast<u32>(__builtin_wasm_memory_size(0)) * kPageBytes;
}

Arena::~Arena() = default;

bool Arena::growTo(u32 end) {
  const u32 pages = (end - limit_ + kPageBytes - 1) / kPageBytes;
  if (__builtin_wasm_memory_grow(0, pages) == static_cast<__SIZE_TYPE__>(-1)) return false;
  limit_ += pages * kPageBytes;
  return true;
}

#else

Arena::Arena(u32 limitBytes)
    : base_(static_cast<unsigned char*>(mmap(nullptr, limitBytes, PROT_READ | PROT_WRITE,
                                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0))),
      end_(kBlockBytes),  // Offset 0 stays unused: it is the null handle.
      limit_(limitBytes) {
  require(base_ != MAP_FAILED);
}

Arena::~Arena() {
  munmap(base_, limit_);
}

bool Arena::growTo(u32) {
  return false;
}

#endif

u32 Arena::takeBlocks(u32 count) {
  if (count == 1 && freeBlocks_) {
    const u32 offset = freeBlocks_.offset;
    freeBlocks_.offset = at(freeBlocks_);
    return offset;
  }
  const u64 end = u64{end_} + u64{count} * kBlockBytes;
  if (end > limit_ && (end > 0xffff'0000U || !growTo(static_cast<u32>(end)))) return 0;
  const u32 offset = end_;
  end_ = static_cast<u32>(end);
  return offset;
}

void Arena::giveBlocks(u32 offset, u32 count) {
  for (u32 i = 0; i < count; ++i) {
    const Ref<u32> block{offset + i * kBlockBytes};
    at(block) = freeBlocks_.offset;
    freeBlocks_ = block;
  }
}

}  // namespace mm

/// Tests that the arena's blocks and a slab's records are all given out, and none twice.

#include <doctest/doctest.h>

#include <iterator>
#include <set>

#include "book/order.h"
#include "memory/slab.h"

namespace mm::test {

TEST_CASE("an arena hands out all it has, and no more") {
  Arena arena(4 * kBlockBytes);  // The first stays unused: its offset means none.
  std::set<u32> blocks;
  for (u32 i = 0; i < 3; ++i) {
    const u32 block = arena.takeBlocks(1);
    CHECK(block != 0);
    CHECK(block + kBlockBytes <= 4 * kBlockBytes);
    CHECK(blocks.insert(block).second);
  }
  CHECK(arena.takeBlocks(1) == 0);
  CHECK(Arena(4 * kBlockBytes).takeBlocks(3) != 0);
  CHECK(Arena(4 * kBlockBytes).takeBlocks(4) == 0);
  CHECK(Arena(4 * kBlockBytes).takeBlocks(~0U) == 0);
}

TEST_CASE("blocks that were given back are handed out again, one at a time") {
  Arena arena(8 * kBlockBytes);
  const u32 first = arena.takeBlocks(3);
  REQUIRE(first != 0);
  arena.giveBlocks(first, 3);
  const u32 pair = arena.takeBlocks(2);
  CHECK(pair == first + 3 * kBlockBytes);  // Adjoining ones are new ones.
  std::set<u32> again;
  for (u32 i = 0; i < 3; ++i) again.insert(arena.takeBlocks(1));
  CHECK(again == std::set<u32>{first, first + kBlockBytes, first + 2 * kBlockBytes});
  CHECK(arena.takeBlocks(1) == pair + 2 * kBlockBytes);
}

TEST_CASE("what a slab has reserved can be taken, each record apart from the others") {
  constexpr u32 kBytes = sizeof(Order);
  constexpr u32 kRecords = 3 * (kBlockBytes / kBytes) + 1;
  Arena arena(8 * kBlockBytes);
  Slab<Order> orders(arena);
  REQUIRE(orders.reserve(kRecords));
  std::set<u32> offsets;
  for (u32 i = 0; i < kRecords; ++i) {
    const u32 offset = orders.take().offset;
    CHECK(offset % kBlockBytes + kBytes <= kBlockBytes);
    const auto next = offsets.lower_bound(offset);
    if (next != offsets.end()) REQUIRE(offset + kBytes <= *next);
    if (next != offsets.begin()) REQUIRE(*std::prev(next) + kBytes <= offset);
    offsets.insert(offset);
  }
}

TEST_CASE("a slab whose arena is exhausted says so, and takes back what it gave") {
  constexpr u32 kPerBlock = kBlockBytes / sizeof(Order);
  Arena arena(2 * kBlockBytes);
  Slab<Order> orders(arena);
  CHECK(orders.reserve(kPerBlock));
  CHECK(!orders.reserve(kPerBlock + 1));
  Ref<Order> last;
  for (u32 i = 0; i < kPerBlock; ++i) last = orders.take();
  CHECK(!orders.reserve(1));
  orders.give(last);
  REQUIRE(orders.reserve(1));
  CHECK(orders.take() == last);
}

}  // namespace mm::test

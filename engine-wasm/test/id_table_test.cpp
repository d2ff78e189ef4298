#include "book/id_table.h"

#include <doctest/doctest.h>

#include <vector>

namespace mm::test {

TEST_CASE("ids that share a bucket are all found, before and after the table grows") {
  Arena arena(4 * 1024 * 1024);
  Slab<Order> orders(arena);
  IdTable ids(arena, orders);
  CHECK(!ids.find(1));

  constexpr u32 kOrders = 5'000;
  const auto idOf = [](u32 n) { return (n % 8) * 0x1000'0000U + n / 8 + 1; };
  std::vector<Ref<Order>> refs;
  for (u32 n = 0; n < kOrders; ++n) {
    REQUIRE(orders.reserve(1));
    REQUIRE(ids.reserve(1));
    refs.push_back(orders.take());
    orders[refs[n]].id = idOf(n);
    ids.insert(refs[n]);
  }
  for (u32 n = 0; n < kOrders; ++n) REQUIRE(ids.find(idOf(n)) == refs[n]);

  for (u32 n = 0; n < kOrders; n += 3) ids.remove(refs[n]);
  for (u32 n = 0; n < kOrders; ++n) {
    REQUIRE(ids.find(idOf(n)) == (n % 3 == 0 ? Ref<Order>{} : refs[n]));
  }
}

TEST_CASE("a table that has grown gives its old memory back") {
  Arena arena(4 * kBlockBytes);  // One unused, one for a small table, two for the next.
  Slab<Order> orders(arena);
  IdTable ids(arena, orders);
  constexpr u32 kSmallTableIds = kBlockBytes / sizeof(Ref<Order>) / 2;
  REQUIRE(ids.reserve(kSmallTableIds));
  CHECK(arena.takeBlocks(3) == 0);
  REQUIRE(ids.reserve(kSmallTableIds + 1));
  CHECK(orders.reserve(1));
  CHECK(!ids.reserve(2 * kSmallTableIds + 1));
}

TEST_CASE("a table is empty whatever its memory held before") {
  Arena arena(8 * kBlockBytes);
  const u32 used = arena.takeBlocks(1);
  std::memset(static_cast<void*>(&arena.at(Ref<u8>{used})), 0x40, kBlockBytes);
  arena.giveBlocks(used, 1);
  Slab<Order> orders(arena);
  IdTable ids(arena, orders);
  REQUIRE(ids.reserve(1));
  REQUIRE(orders.reserve(1));
  const Ref<Order> order = orders.take();
  orders[order].id = 1;
  ids.insert(order);
  CHECK(ids.find(1) == order);
  for (u32 id = 2; id < 5'000; ++id) REQUIRE(!ids.find(id));
}

}  // namespace mm::test

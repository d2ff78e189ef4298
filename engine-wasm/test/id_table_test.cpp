#include "id_table.h"

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

}  // namespace mm::test

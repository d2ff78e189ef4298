/// Tests of exact arithmetic: products at the edge of their words, and the precision of fractions.

#include "accounts/money.h"

#include <doctest/doctest.h>

#include <initializer_list>

#include "support/command_stream.h"

namespace mm::test {

TEST_CASE("a product is exact, or says that it needs more than 63 bits") {
  constexpr u64 kTooLarge = ~u64{0};
  constexpr u64 kLargest = 0x7fff'ffff'ffff'ffffU;
  CHECK(saturatingProduct(0, 7) == 0);
  CHECK(saturatingProduct(0x1'ffff'ffffU, 3) == 0x5'ffff'fffdU);
  CHECK(saturatingProduct(0x7fff'ffffU, 0xffff'ffffU) == 0x7fff'fffe'8000'0001U);
  CHECK(saturatingProduct(kLargest, 1) == kLargest);
  CHECK(saturatingProduct(kLargest / 2, 2) == kLargest - 1);
  CHECK(saturatingProduct(kLargest / 2 + 1, 2) == kTooLarge);
  CHECK(saturatingProduct(kTooLarge, 1) == kTooLarge);
}

TEST_CASE("what a host gives ends at its bound, on both sides") {
  for (const i64 sign : {1, -1}) {
    CHECK(isExact(sign * kMaxExact));
    CHECK(!isExact(sign * (kMaxExact + 1)));
  }
  CHECK(!isExact(join(0, 0x8000'0000U)));
}

TEST_CASE("the money of a fill is exact at every size") {
  const i64 prices[] = {0,
                        1,
                        -1,
                        0xffff'ffff,
                        -0x1'0000'0000,
                        0x7fff'ffff'ffff'ffff,
                        -0x7fff'ffff'ffff'ffff,
                        123'456'789'012'345'678};
  for (const i64 price : prices) {
    for (const i32 qty : {1, 2, 3, 999'999, kMaxOrderQty}) {
      CHECK(product(price, qty) == i128{price} * qty);
    }
  }
}

TEST_CASE("a portion is exact where the quotient is whole, and cut towards zero") {
  const i128 one = i128{1} << 32;
  CHECK(portion(kMaxCost, kMaxPosition, kMaxPosition) == kMaxCost);
  CHECK(portion(kMaxCost, kMaxPosition - 1, kMaxPosition) == kMaxCost / kMaxPosition * 999'999);
  CHECK(portion(-kMaxCost, 1, kMaxPosition) == -kMaxCost / kMaxPosition);
  CHECK(portion(one, 1, 3) == 0x5555'5555);
  CHECK(portion(2 * one, 1, 3) == 0xaaaa'aaaa);
  CHECK(portion(-one, 1, 3) == -0x5555'5555);
  CHECK(portion(-13 * one / 2, 4, 13) == -2 * one);
  CHECK(portion(-7 * one, 0, 5) == 0);
}

TEST_CASE("a portion of any size is what long multiplication says") {
  Random random(3);
  for (u32 n = 0; n < 20'000; ++n) {
    u128 whole = 0;
    for (u32 i = 0; i < 4; ++i) whole = whole << 32 | random.next();
    whole >>= 23 + random.below(100);  // So that it and the largest numerator have 128 bits.
    const u32 denominator = 1 + random.below(kMaxPosition);
    const u32 numerator = random.below(denominator + 1);
    const auto expected = static_cast<i128>(whole * numerator / denominator);
    REQUIRE(portion(static_cast<i128>(whole), numerator, denominator) == expected);
    REQUIRE(portion(-static_cast<i128>(whole), numerator, denominator) == -expected);
  }
}

}  // namespace mm::test

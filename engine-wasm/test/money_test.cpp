/// Exact arithmetic: products at the edge of their words, and what a fraction keeps.

#include "money.h"

#include <doctest/doctest.h>

#include <initializer_list>

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

TEST_CASE("money ends at its bound, on both sides") {
  for (const i64 sign : {1, -1}) {
    CHECK(isMoney(sign * kMaxMoney));
    CHECK(!isMoney(sign * (kMaxMoney + 1)));

    constexpr u32 kFactor = 6'361;  // A divisor of kMaxMoney.
    i64 value = sign * (kMaxMoney / kFactor);
    REQUIRE(scaleMoney(value, kFactor));
    CHECK(value == sign * kMaxMoney);
    REQUIRE(!scaleMoney(value, 2));
    CHECK(value == sign * kMaxMoney);
    value = sign * (kMaxMoney / 2 + 1);
    CHECK(!scaleMoney(value, 2));
  }
  CHECK(!isMoney(join(0, 0x8000'0000U)));
}

TEST_CASE("fine money scales exactly where the quotient is whole, and cuts towards zero") {
  FineMoney amount{kMaxMoney, 0xffff'ffffU};
  amount.scale(kMaxPosition, kMaxPosition);
  CHECK(amount.whole == kMaxMoney);
  CHECK(amount.fraction == 0xffff'ffffU);

  FineMoney third{1, 0};
  third.scale(1, 3);
  CHECK(third.whole == 0);
  CHECK(third.fraction == 0x5555'5555U);

  FineMoney twoThirds{2, 0};
  twoThirds.scale(1, 3);
  CHECK(twoThirds.whole == 0);
  CHECK(twoThirds.fraction == 0xaaaa'aaaaU);

  FineMoney minusThird{-1, 0};
  minusThird.scale(1, 3);
  CHECK(minusThird.whole == -1);
  CHECK(minusThird.fraction == 0xaaaa'aaabU);

  FineMoney nothing{-7, 0x8000'0000U};
  nothing.scale(0, 5);
  CHECK(nothing.whole == 0);
  CHECK(nothing.fraction == 0);
}

TEST_CASE("fine money of a negative average keeps its fraction when nothing is cut") {
  FineMoney amount{-7, 0x8000'0000U};  // -6.5
  amount.scale(4, 13);
  CHECK(amount.whole == -2);
  CHECK(amount.fraction == 0);
}

}  // namespace mm::test

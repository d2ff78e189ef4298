#include "accounts/money.h"

namespace mm {

/// Divides by long division on 32-bit digits, so that no 128-bit helper is called. With the
/// quotient q and the rest r of `fine` and the denominator, the portion is q * numerator +
/// r * numerator / denominator: exactly, and no product is larger than the arguments.
i128 portion(i128 fine, u32 numerator, u32 denominator) {
  const u128 whole = magnitude(fine);
  const u64 low = static_cast<u64>(whole);
  const u64 high = static_cast<u64>(whole >> 64);

  const u64 part2 = high / denominator * numerator;
  const u64 rest2 = high % denominator << 32 | low >> 32;
  const u64 part1 = rest2 / denominator * numerator;
  const u64 rest1 = rest2 % denominator << 32 | (low & 0xffff'ffffU);
  const u64 part0 = rest1 / denominator * numerator;
  const u64 rest0 = rest1 % denominator;
  const u64 last = rest0 * numerator / denominator;

  const u128 part = (u128{part2} << 64) + (u128{part1} << 32) + part0 + last;
  return fine < 0 ? -static_cast<i128>(part) : static_cast<i128>(part);
}

}  // namespace mm

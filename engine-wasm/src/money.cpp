#include "money.h"

namespace mm {

namespace {

void negate(FineMoney& amount) {
  amount.whole = -amount.whole - (amount.fraction != 0 ? 1 : 0);
  amount.fraction = 0 - amount.fraction;
}

}  // namespace

/// Schoolbook multiplication and long division on 32-bit digits: both factors are below 2 ** 21, so
/// every intermediate fits 64 bits and no 128-bit helper is called.
void FineMoney::scale(u32 numerator, u32 denominator) {
  const bool negative = whole < 0;
  if (negative) negate(*this);

  const u64 digit0 = u64{fraction} * numerator;
  const u64 digit1 = (static_cast<u64>(whole) & 0xffff'ffffU) * numerator + (digit0 >> 32);
  const u64 digit2 = (static_cast<u64>(whole) >> 32) * numerator + (digit1 >> 32);

  const u64 high = digit2 / denominator;
  const u64 rest2 = digit2 % denominator << 32 | (digit1 & 0xffff'ffffU);
  const u64 rest1 = rest2 % denominator << 32 | (digit0 & 0xffff'ffffU);
  whole = static_cast<i64>(high << 32 | rest2 / denominator);
  fraction = static_cast<u32>(rest1 / denominator);

  if (negative) negate(*this);
}

}  // namespace mm

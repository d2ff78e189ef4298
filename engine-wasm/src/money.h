/// \file
/// Exact arithmetic on money: two-word transport, checked products, and an amount with a binary
/// fraction for average costs. No product or sum leaves `kMaxMoney` unnoticed.

#pragma once

#include "mm/abi.h"

namespace mm {

inline i64 join(u32 lo, u32 hi) {
  return static_cast<i64>(u64{hi} << 32 | lo);
}
inline u32 lowWord(i64 value) {
  return static_cast<u32>(static_cast<u64>(value));
}
inline u32 highWord(i64 value) {
  return static_cast<u32>(static_cast<u64>(value) >> 32);
}

inline u64 magnitude(i64 value) {
  return value < 0 ? 0 - static_cast<u64>(value) : static_cast<u64>(value);
}

inline u64 larger(u64 a, u64 b) {
  return a > b ? a : b;
}

inline bool isMoney(i64 value) {
  return magnitude(value) <= u64{kMaxMoney};
}

/// `a * b`, or all ones if that needs more than 63 bits.
inline u64 saturatingProduct(u64 a, u32 b) {
  const u64 low = (a & 0xffff'ffffU) * b;
  const u64 high = (a >> 32) * b + (low >> 32);
  if (high >> 31 != 0) return ~u64{0};
  return high << 32 | (low & 0xffff'ffffU);
}

/// `value *= factor` if the product is money. \returns whether it was.
inline bool scaleMoney(i64& value, u32 factor) {
  const u64 product = saturatingProduct(magnitude(value), factor);
  if (product > u64{kMaxMoney}) return false;
  value = value < 0 ? -static_cast<i64>(product) : static_cast<i64>(product);
  return true;
}

inline u32 powerOfTen(u32 exponent) {
  u32 power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

/// An amount in units of 2 ** -32 of a money unit: `whole + fraction / 2 ** 32`.
struct FineMoney {
  i64 whole = 0;
  u32 fraction = 0;

  /// Becomes `this * numerator / denominator`, cut towards zero, for numerator <= denominator.
  [[gnu::noinline]] void scale(u32 numerator, u32 denominator);
};

}  // namespace mm

/// \file
/// Exact arithmetic on money, which is counted in 128 bits: no game is long or wild enough to fill
/// them, so no trade and no settlement has to check its sums. The bounds below prove that, and the
/// compiler checks them.

#pragma once

#include "mm/abi.h"

namespace mm {

// NOLINTBEGIN(modernize-use-using): only a typedef can be marked as an extension.
__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;
// NOLINTEND(modernize-use-using)

inline i64 join(u32 lo, u32 hi) {
  return static_cast<i64>(u64{hi} << 32 | lo);
}
inline u32 lowWord(i64 value) {
  return static_cast<u32>(static_cast<u64>(value));
}
inline u32 highWord(i64 value) {
  return static_cast<u32>(static_cast<u64>(value) >> 32);
}
/// The i-th 32-bit word, lowest first.
inline u32 wordOf(i128 value, u32 i) {
  return static_cast<u32>(static_cast<u128>(value) >> 32 * i);
}

inline u64 magnitude(i64 value) {
  return value < 0 ? 0 - static_cast<u64>(value) : static_cast<u64>(value);
}
inline u128 magnitude(i128 value) {
  return value < 0 ? 0 - static_cast<u128>(value) : static_cast<u128>(value);
}

inline u64 larger(u64 a, u64 b) {
  return a > b ? a : b;
}

/// Whether a host can give the value as a JavaScript number.
inline bool isExact(i64 value) {
  return magnitude(value) <= u64{kMaxExact};
}

/// `a * b`, or all ones if that needs more than 63 bits.
inline u64 saturatingProduct(u64 a, u32 b) {
  const u64 low = (a & 0xffff'ffffU) * b;
  const u64 high = (a >> 32) * b + (low >> 32);
  if (high >> 31 != 0) return ~u64{0};
  return high << 32 | (low & 0xffff'ffffU);
}

/// `a * b` out of two products of 64 bits, because WebAssembly has no wider one and would call a
/// helper for each fill.
inline i128 product(i64 a, i32 b) {
  const i64 low = static_cast<i64>(static_cast<u64>(a) & 0xffff'ffffU) * b;
  const i64 high = (a >> 32) * b;
  return static_cast<i128>(static_cast<u128>(i128{high}) << 32) + low;
}

constexpr u32 powerOfTen(u32 exponent) {
  u32 power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

/// Fine money is money in units of 2 ** -32 of a unit: average costs have a binary fraction.
inline i128 toFine(i128 units) {
  return static_cast<i128>(static_cast<u128>(units) << 32);
}

/// `fine * numerator / denominator`, cut towards zero, for numerator <= denominator < 2 ** 31.
[[gnu::noinline]] i128 portion(i128 fine, u32 numerator, u32 denominator);

/// The bounds of an instrument's money, in the finest units that it may get.
inline constexpr i128 kFinest = powerOfTen(kMaxDecimals);
inline constexpr i128 kMaxStrike = kMaxExact * kFinest;
inline constexpr i128 kMaxMark = kMaxStrike + kMaxExact * kFinest;  ///< A value less a strike.
inline constexpr i128 kMaxUnitPrice = i128{kMaxTickSize} * kMaxTicks * kFinest;
inline constexpr i128 kMaxNotional = kMaxUnitPrice * kMaxOrderQty;
inline constexpr i128 kMaxPayment = kMaxMark * kMaxPosition;
/// The money of a user who was paid in every trade that there are ids for, and at the settlement.
/// No sum over users is larger either: in a trade one user pays another.
inline constexpr i128 kMaxCash = kMaxNotional * (i128{1} << 32) + kMaxPayment * kMaxUserId;
/// Fine money. An average cost is within the traded prices, and its basis within the position.
inline constexpr i128 kMaxCost = kMaxUnitPrice * kMaxPosition * (i128{1} << 32);

/// Leaves room for twice as much, so that a game fits in beside even a forged snapshot's money.
static_assert(kMaxCash < (i128{1} << 126) && kMaxCost < (i128{1} << 126));
/// Three words hold a payment and a mark: Event::units0 to 2, InstrumentResult::markUnits0 to 2.
static_assert(kMaxPayment < (i128{1} << 95) && kMaxMark < (i128{1} << 95));

}  // namespace mm

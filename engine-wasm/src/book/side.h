/// \file
/// The two sides of a market.

#pragma once

#include "mm/abi.h"

namespace mm {

inline constexpr Side kSides[] = {Side::buy, Side::sell};

constexpr u32 index(Side side) {
  return static_cast<u32>(side);
}
constexpr Side opposite(Side side) {
  return side == Side::buy ? Side::sell : Side::buy;
}

/// Whether an order of `side` with limit `price` accepts to trade at `restingPrice`.
constexpr bool reaches(Side side, i32 price, i32 restingPrice) {
  return side == Side::buy ? restingPrice <= price : restingPrice >= price;
}

}  // namespace mm

/// \file
/// A user's limits, positions and list of resting orders.

#pragma once

#include <cstring>

#include "accounts/position.h"

namespace mm {

struct Limits {
  i32 maxPosition = 0;
  i32 maxOrderQty = 0;
  i32 maxOpenOrders = 0;
};

struct User {
  Limits limits;
  i32 openOrders = 0;
  Ref<Order> oldest;  ///< The list is in ascending order of ids.
  Ref<Order> newest;
  Position positions[kMaxInstruments];

  /// Clears limits, holdings and orders. A new user is all zeros, so that no field needs code of
  /// its own.
  void clear() { std::memset(static_cast<void*>(this), 0, sizeof *this); }

  Position& position(u32 inst) { return positions[inst - 1]; }
  const Position& position(u32 inst) const { return positions[inst - 1]; }
};

}  // namespace mm

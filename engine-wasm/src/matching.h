/// \file
/// Price-time priority: an incoming order meets the best resting ones, at their prices.

#pragma once

#include "state.h"

namespace mm::matching {

/// The incoming order, which rests nowhere while it is matched.
struct Taker {
  u32 orderId;
  u32 userId;
  i32 leaves;
  i32 filled;
};

/// Trades `taker` against all that `side` and `price` reach, until it is filled or nothing is left
/// to meet. A resting order of the taker's own is cancelled instead. Reserve the trading first
/// (risk::reserveTrading).
void match(State& state, Instrument& instrument, Side side, i32 price, Taker& taker);

}  // namespace mm::matching

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

  Taker after(i32 traded) const { return {orderId, userId, leaves - traded, filled + traded}; }
};

/// Trades `taker` against all orders that `side` and `price` reach, until it is filled or meets
/// none. A resting order of the same user is cancelled instead. Reserve the trading first
/// (risk::reserveTrading).
/// \returns the quantity that it traded.
i32 match(State& state, Instrument& instrument, Side side, i32 price, const Taker& taker);

}  // namespace mm::matching

/// \file
/// The part that order, replace and quote commands share: a checked order is matched, and its rest
/// stays in the book.

#pragma once

#include "book/matching.h"

namespace mm {

/// Open or partial if something rests, else filled.
inline OrderStatus restingStatus(i32 filled, i32 leaves) {
  if (leaves == 0) return OrderStatus::filled;
  return filled == 0 ? OrderStatus::open : OrderStatus::partial;
}

inline void setOutcome(State& state, const matching::Taker& order) {
  state.outcome.orderId = order.orderId;
  state.outcome.filled = order.filled;
  state.outcome.leaves = order.leaves;
  state.outcome.status = static_cast<u32>(restingStatus(order.filled, order.leaves));
}

/// Matches a new order with these properties; its rest stays in the book. Reserve trading and the
/// place in the book first. \param flags of the order, its side excepted.
matching::Taker enterNew(State& state, Instrument& instrument, User& user, u32 userId, Side side,
                         i32 price, i32 qty, u8 flags);

/// Gives an order that is in no queue a new price and quantity: it is matched, and its rest goes to
/// the back of the queue. Reserve trading and the place in the book first.
matching::Taker enterAgain(State& state, Instrument& instrument, User& user, Ref<Order> ref,
                           i32 price, i32 qty);

/// Writes the event of an order's state after a replace or a quote.
void reportOrder(State& state, const Instrument& instrument, Side side, i32 price,
                 const matching::Taker& order);

}  // namespace mm

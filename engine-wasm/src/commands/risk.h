/// \file
/// Checks before matching, in the order in which their codes win. They change nothing that a user
/// could see.

#pragma once

#include "book/book.h"

namespace mm::risk {

/// An order about to enter, or to enter again at another price or size.
struct Request {
  Instrument& instrument;
  User& user;
  Side side;
  i32 price;
  i32 qty;
  /// The order's present resting quantity (replace, quote), which makes way for `qty`.
  i32 replacedQty;
};

/// `settled` or `halted`, if orders cannot enter.
inline Reject checkOpen(const Instrument& instrument) {
  if (instrument.settled) return Reject::settled;
  if (instrument.halted) return Reject::halted;
  return Reject::ok;
}

/// Quantity and price against the instrument's grid and bounds.
inline Reject checkTerms(const Instrument& instrument, i32 price, i32 qty) {
  if (qty <= 0) return Reject::badQty;
  if (instrument.lotSize != 1 && qty % instrument.lotSize != 0) return Reject::offLot;
  if (price < instrument.minTicks || price > instrument.maxTicks) return Reject::priceOutOfRange;
  return Reject::ok;
}

/// The user's limits. \param addedOrders how many more orders may rest afterwards than do now.
inline Reject checkLimits(const Request& request, i32 addedOrders) {
  const Limits& limits = request.user.limits;
  if (request.qty > limits.maxOrderQty) return Reject::orderQtyLimit;
  if (addedOrders > 0 && request.user.openOrders + addedOrders > limits.maxOpenOrders) {
    return Reject::openOrderLimit;
  }
  // Each of these quantities is a few million at most, so that no sum overflows.
  const Position& position = request.user.position(request.instrument.inst);
  const i32 held = request.side == Side::buy ? position.qty : -position.qty;
  const i32 working = position.working[index(request.side)] - request.replacedQty;
  if (held + working + request.qty > limits.maxPosition) return Reject::positionLimit;
  return Reject::ok;
}

/// Whether others offer the whole of `request.qty` at prices that it accepts.
bool othersFill(State& state, const Request& request);

/// Whether memory and integer ranges hold all trades of a request that crosses. Reserves the
/// events.
[[gnu::noinline]] bool reserveCrossing(State& state, const Request& request, u32 otherEvents);

/// The same for a request that may cross or not. \param otherEvents events of the same command
/// beside those of matching.
inline bool reserveTrading(State& state, const Request& request, u32 otherEvents) {
  if (!book::crosses(state, request.instrument, request.side, request.price)) {
    return state.events.reserve(otherEvents);
  }
  // A copy, so that a request that does not cross can stay in registers.
  const Request crossing = request;
  return reserveCrossing(state, crossing, otherEvents);
}

}  // namespace mm::risk

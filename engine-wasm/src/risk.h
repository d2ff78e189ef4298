/// \file
/// Whether an order may enter: the checks before matching, in the order in which their codes win.
/// Nothing here changes anything a user could see.

#pragma once

#include "state.h"

namespace mm::risk {

/// An order about to enter, or to enter again at another price or size.
struct Request {
  Instrument& instrument;
  User& user;
  Side side;
  i32 price;
  i32 qty;
  /// What the order has resting already (replace, quote): it makes way for `qty`.
  i32 replacedQty;
};

/// `settled` or `halted`, if orders cannot enter.
Reject checkOpen(const Instrument& instrument);

/// Quantity and price against the instrument's grid and bounds.
Reject checkTerms(const Instrument& instrument, i32 price, i32 qty);

/// The user's limits. \param addedOrders how many more orders may rest afterwards than do now.
Reject checkLimits(const Request& request, i32 addedOrders);

/// Whether others offer the whole of `request.qty` at prices that it accepts.
bool othersFill(const State& state, const Request& request);

/// Whether memory and integer ranges hold whatever `request` may trade. Reserves the events.
/// \param otherEvents of the same command, beside those of matching.
bool reserveTrading(State& state, const Request& request, u32 otherEvents);

}  // namespace mm::risk

#include "commands/risk.h"

namespace mm::risk {

namespace {

/// The user's own resting quantity that an order of `request` would reach.
i64 ownReachable(State& state, const Request& request) {
  if (request.user.position(request.instrument.inst).working[index(opposite(request.side))] == 0) {
    return 0;
  }
  i64 qty = 0;
  for (Ref<Order> ref = request.user.oldest; ref; ref = state.orders[ref].newer) {
    const Order& order = state.orders[ref];
    ++state.work;
    if (order.inst == request.instrument.inst && order.side() != request.side &&
        reaches(request.side, request.price, state.level(order.level).price)) {
      qty += order.leaves;
    }
  }
  return qty;
}

}  // namespace

bool othersFill(State& state, const Request& request) {
  const Side side = opposite(request.side);
  const Ladder& ladder = request.instrument.side(side).ladder;
  const i64 offered = ladder.qtyUpTo(state.ladders, side, request.price, state.work);
  if (offered < request.qty) return false;
  return offered - ownReachable(state, request) >= request.qty;
}

bool reserveCrossing(State& state, const Request& request, u32 otherEvents) {
  // Bounds the events: a trade takes a contract at least, a self-trade cancel one of the user's
  // orders.
  const u32 byQty = static_cast<u32>(request.qty + request.user.openOrders);
  const u32 resting = request.instrument.side(opposite(request.side)).orderCount;
  const u32 matches = byQty < resting ? byQty : resting;
  if (!state.events.reserve(otherEvents + matches)) return false;
  return state.nextTradeId <= ~u32{0} - matches;
}

}  // namespace mm::risk

#include "risk.h"

namespace mm::risk {

namespace {

/// The user's own resting quantity that an order of `request` would reach.
i32 ownReachable(const State& state, const Request& request) {
  if (request.user.position(request.instrument.inst).working[index(opposite(request.side))] == 0) {
    return 0;
  }
  i32 qty = 0;
  for (Ref<Order> ref = request.user.oldest; ref; ref = state.orders[ref].newer) {
    const Order& order = state.orders[ref];
    if (order.inst == request.instrument.inst && order.side() != request.side &&
        reaches(request.side, request.price, state.level(order.level).price)) {
      qty += order.leaves;
    }
  }
  return qty;
}

}  // namespace

bool othersFill(const State& state, const Request& request) {
  const Side side = opposite(request.side);
  i64 wanted = i64{request.qty} + ownReachable(state, request);
  for (Ref<Level> ref = book::best(request.instrument, side); ref;) {
    const Level& level = state.level(ref);
    if (!reaches(request.side, request.price, level.price)) return false;
    wanted -= level.qty;
    if (wanted <= 0) return true;
    ref = level.next[index(side)];
  }
  return false;
}

bool reserveCrossing(State& state, const Request& request, u32 otherEvents) {
  // A trade takes a contract at least, a self-trade cancel one of the user's own orders.
  const u32 byQty = static_cast<u32>(request.qty + request.user.openOrders);
  const u32 resting = request.instrument.side(opposite(request.side)).orderCount;
  const u32 matches = byQty < resting ? byQty : resting;
  if (!state.events.reserve(otherEvents + matches)) return false;
  return state.nextTradeId <= ~u32{0} - matches;
}

}  // namespace mm::risk

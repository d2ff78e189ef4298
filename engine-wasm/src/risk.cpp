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

/// The worst price at which `request` can trade: that of the level that would fill the rest of it.
/// \pre it crosses.
[[gnu::noinline]] i32 worstReachable(const State& state, const Request& request) {
  const Side side = opposite(request.side);
  i64 wanted = i64{request.qty} + ownReachable(state, request);
  i32 worst = 0;
  for (Ref<Level> ref = book::best(request.instrument, side); ref;) {
    const Level& level = state.level(ref);
    if (!reaches(request.side, request.price, level.price)) break;
    worst = level.price;
    wanted -= level.qty;
    if (wanted <= 0) break;
    ref = level.next[index(side)];
  }
  return worst;
}

/// The largest |notional| of `qty` contracts at any price from `a` to `b`.
u64 largestNotional(const Instrument& instrument, i32 a, i32 b, i32 qty) {
  const u64 ticks = larger(magnitude(a), magnitude(b));
  const u64 unitPrice =
      saturatingProduct(static_cast<u64>(instrument.tickUnits), static_cast<u32>(ticks));
  return saturatingProduct(unitPrice, static_cast<u32>(qty));
}

/// Lowers the running bound to what the positions really hold.
[[gnu::noinline]] void tightenMoneyBound(const State& state, Instrument& instrument) {
  u64 bound = 0;
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    const User* user = state.findUser(userId);
    if (user == nullptr) continue;
    const Position& position = user->position(instrument.inst);
    bound = larger(bound, larger(magnitude(position.cash), magnitude(position.cost.whole)));
  }
  instrument.moneyBound = static_cast<i64>(bound);
}

bool fits(const Instrument& instrument, u64 notional) {
  return notional <= u64{kMaxMoney} - static_cast<u64>(instrument.moneyBound);
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
  Instrument& instrument = request.instrument;
  const Side side = opposite(request.side);
  // A trade takes a contract at least, a self-trade cancel one of the user's own orders.
  const u32 byQty = static_cast<u32>(request.qty + request.user.openOrders);
  const u32 resting = instrument.side(side).orderCount;
  const u32 matches = byQty < resting ? byQty : resting;
  if (!state.events.reserve(otherEvents + matches)) return false;
  if (state.nextTradeId > ~u32{0} - matches) return false;

  const i32 touch = state.level(book::best(instrument, side)).price;
  u64 notional = largestNotional(instrument, touch, request.price, request.qty);
  if (!fits(instrument, notional)) {
    notional = largestNotional(instrument, touch, worstReachable(state, request), request.qty);
    tightenMoneyBound(state, instrument);
    if (!fits(instrument, notional)) return false;
  }
  return true;
}

}  // namespace mm::risk

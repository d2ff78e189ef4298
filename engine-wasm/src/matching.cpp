#include "matching.h"

#include "book.h"

namespace mm::matching {

namespace {

/// Writes the trade of `qty` between `taker` and the resting `maker`, both already reduced.
void report(State& state, Side side, i32 price, i32 qty, const Order& maker, const Taker& taker) {
  Event& event = state.events.append();
  event.kind = static_cast<u8>(EventKind::trade);
  event.inst = maker.inst;
  event.side = static_cast<u8>(side);
  event.reason = 0;
  event.status = static_cast<u32>(maker.leaves == 0 ? OrderStatus::filled : OrderStatus::partial);
  event.price = price;
  event.qty = qty;
  event.filled = maker.filled;
  event.leaves = maker.leaves;
  event.userId = maker.userId;
  event.orderId = maker.id;
  event.contraUserId = taker.userId;
  event.contraOrderId = taker.orderId;
  event.contraFilled = taker.filled;
  event.contraLeaves = taker.leaves;
  event.tradeId = state.nextTradeId++;
  event.reserved = 0;
  event.unitsLo = 0;
  event.unitsHi = 0;
}

template <Side side>
void matchSide(State& state, Instrument& instrument, i32 price, Taker& taker) {
  constexpr Side makerSide = opposite(side);
  User& takerUser = state.user(taker.userId);
  Position& takerPosition = takerUser.position(instrument.inst);
  while (taker.leaves > 0) {
    const Ref<Level> best = book::best(instrument, makerSide);
    if (!best) return;
    const Level& level = state.level(best);
    if (!reaches(side, price, level.price)) return;

    const Ref<Order> makerRef = level.first;
    Order& maker = state.orders[makerRef];
    if (maker.userId == taker.userId) {
      book::cancel(state, instrument, takerUser, makerRef, CancelReason::selfTrade);
      continue;
    }

    User& makerUser = state.user(maker.userId);
    const i32 qty = taker.leaves < maker.leaves ? taker.leaves : maker.leaves;
    const i64 unitPrice = level.price * instrument.tickUnits;
    const i32 tradePrice = level.price;
    book::reduce(state, makerUser, makerRef, qty);
    maker.filled += qty;
    taker.leaves -= qty;
    taker.filled += qty;
    makerUser.position(instrument.inst).fill(makerSide, qty, unitPrice);
    takerPosition.fill(side, qty, unitPrice);
    instrument.moneyBound += static_cast<i64>(magnitude(unitPrice * qty));
    instrument.lastTicks = tradePrice;
    report(state, side, tradePrice, qty, maker, taker);
    if (maker.leaves == 0) {
      book::dequeue(state, instrument, makerUser, makerRef);
      book::destroy(state, makerUser, makerRef);
    }
  }
}

}  // namespace

void match(State& state, Instrument& instrument, Side side, i32 price, Taker& taker) {
  if (side == Side::buy) {
    matchSide<Side::buy>(state, instrument, price, taker);
  } else {
    matchSide<Side::sell>(state, instrument, price, taker);
  }
}

}  // namespace mm::matching

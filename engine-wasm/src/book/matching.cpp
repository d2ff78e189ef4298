#include "book/matching.h"

#include "book/book.h"

namespace mm::matching {

namespace {

/// Writes the trade of `qty` between the resting `maker`, already reduced, and `taker`, who has
/// traded `traded` with it.
void report(State& state, Side side, i32 price, i32 qty, const Order& maker, const Taker& taker,
            i32 traded) {
  Event& event = state.events.append();
  setHead(event, EventKind::trade, maker.inst, side, CancelReason::requested);
  event.status = static_cast<u32>(maker.leaves == 0 ? OrderStatus::filled : OrderStatus::partial);
  event.price = price;
  event.qty = qty;
  event.filled = maker.filled;
  event.leaves = maker.leaves;
  event.userId = maker.userId;
  event.orderId = maker.id;
  event.contraUserId = taker.userId;
  event.contraOrderId = taker.orderId;
  event.contraFilled = taker.filled + traded;
  event.contraLeaves = taker.leaves - traded;
  event.tradeId = state.nextTradeId++;
  event.units0 = 0;
  event.units1 = 0;
  event.units2 = 0;
}

template <Side side>
i32 matchSide(State& state, Instrument& instrument, i32 price, const Taker& taker) {
  constexpr Side makerSide = opposite(side);
  User& takerUser = state.user(taker.userId);
  Position& takerPosition = takerUser.position(instrument.inst);
  i32 left = taker.leaves;
  while (left > 0) {
    const Ref<Level> best = book::best(instrument, makerSide);
    if (!best) break;
    const Level& level = state.level(best);
    if (!reaches(side, price, level.price)) break;

    const Ref<Order> makerRef = level.first;
    Order& maker = state.orders[makerRef];
    if (maker.userId == taker.userId) {
      book::cancel(state, instrument, takerUser, makerRef, CancelReason::selfTrade);
      continue;
    }

    User& makerUser = state.user(maker.userId);
    const i32 tradePrice = level.price;
    const i64 unitPrice = tradePrice * instrument.tickUnits;
    const bool fillsMaker = left >= maker.leaves;
    const i32 qty = fillsMaker ? maker.leaves : left;
    left -= qty;
    if (fillsMaker) {
      book::dequeue(state, instrument, makerUser, makerRef);
      maker.leaves = 0;
    } else {
      book::reduce(state, makerUser, makerRef, qty);
    }
    maker.filled += qty;
    makerUser.position(instrument.inst).fill(makerSide, qty, unitPrice);
    takerPosition.fill(side, qty, unitPrice);
    report(state, side, tradePrice, qty, maker, taker, taker.leaves - left);
    instrument.lastTicks = tradePrice;
    if (fillsMaker) book::destroy(state, makerUser, makerRef);
  }
  return taker.leaves - left;
}

}  // namespace

i32 match(State& state, Instrument& instrument, Side side, i32 price, const Taker& taker) {
  return side == Side::buy ? matchSide<Side::buy>(state, instrument, price, taker)
                           : matchSide<Side::sell>(state, instrument, price, taker);
}

}  // namespace mm::matching

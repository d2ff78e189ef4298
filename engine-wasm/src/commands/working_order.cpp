#include "commands/working_order.h"

#include "book/book.h"

namespace mm {

matching::Taker enterNew(State& state, Instrument& instrument, User& user, u32 userId, Side side,
                         i32 price, i32 qty, u8 flags) {
  const matching::Taker entering{state.nextOrderId++, userId, qty, 0};
  const i32 traded = book::crosses(state, instrument, side, price)
                         ? matching::match(state, instrument, side, price, entering)
                         : 0;
  const matching::Taker taker = entering.after(traded);
  if (taker.leaves > 0) {
    const Ref<Order> ref = state.orders.take();
    Order& order = state.orders[ref];
    order.id = taker.orderId;
    order.leaves = taker.leaves;
    order.filled = taker.filled;
    order.userId = static_cast<u16>(userId);
    order.inst = instrument.inst;
    order.flags = static_cast<u8>(flags | (side == Side::sell ? Order::kSell : 0));
    book::adopt(state, user, ref);
    book::enqueue(state, instrument, user, ref, price);
    book::requireNotCrossed(state, instrument);
  }
  return taker;
}

matching::Taker enterAgain(State& state, Instrument& instrument, User& user, Ref<Order> ref,
                           i32 price, i32 qty) {
  Order& order = state.orders[ref];
  const matching::Taker entering{order.id, order.userId, qty, order.filled};
  const i32 traded = matching::match(state, instrument, order.side(), price, entering);
  const matching::Taker taker = entering.after(traded);
  order.leaves = taker.leaves;
  order.filled = taker.filled;
  if (taker.leaves > 0) {
    book::enqueue(state, instrument, user, ref, price);
    book::requireNotCrossed(state, instrument);
  } else {
    book::destroy(state, user, ref);
  }
  return taker;
}

void reportOrder(State& state, const Instrument& instrument, Side side, i32 price,
                 const matching::Taker& order) {
  Event& event = state.events.append();
  event = {};
  setHead(event, EventKind::order, instrument.inst, side, CancelReason::requested);
  event.status = static_cast<u32>(restingStatus(order.filled, order.leaves));
  event.price = price;
  event.qty = order.filled + order.leaves;
  event.filled = order.filled;
  event.leaves = order.leaves;
  event.userId = order.userId;
  event.orderId = order.orderId;
}

}  // namespace mm

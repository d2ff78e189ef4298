#include "working_order.h"

#include "book.h"

namespace mm {

matching::Taker enterNew(State& state, Instrument& instrument, User& user, u32 userId, Side side,
                         i32 price, i32 qty, u8 flags) {
  matching::Taker taker{state.nextOrderId++, userId, qty, 0};
  matching::match(state, instrument, side, price, taker);
  if (taker.leaves > 0) {
    Order order{};
    order.id = taker.orderId;
    order.leaves = taker.leaves;
    order.filled = taker.filled;
    order.userId = static_cast<u16>(userId);
    order.inst = instrument.inst;
    order.flags = static_cast<u8>(flags | (side == Side::sell ? Order::kSell : 0));
    book::enqueue(state, instrument, user, book::create(state, user, order), price);
    book::requireNotCrossed(state, instrument);
  }
  return taker;
}

matching::Taker enterAgain(State& state, Instrument& instrument, User& user, Ref<Order> ref,
                           i32 price, i32 qty) {
  Order& order = state.orders[ref];
  matching::Taker taker{order.id, order.userId, qty, order.filled};
  matching::match(state, instrument, order.side(), price, taker);
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
  event.kind = static_cast<u8>(EventKind::order);
  event.inst = instrument.inst;
  event.side = static_cast<u8>(side);
  event.status = static_cast<u32>(restingStatus(order.filled, order.leaves));
  event.price = price;
  event.qty = order.filled + order.leaves;
  event.filled = order.filled;
  event.leaves = order.leaves;
  event.userId = order.userId;
  event.orderId = order.orderId;
}

}  // namespace mm

#include "book/book.h"

namespace mm::book {

void adopt(State& state, User& owner, Ref<Order> ref) {
  Order& order = state.orders[ref];
  const Ref<Order> older = owner.newest;
  order.older = older;
  order.newer = {};
  (older ? state.orders[older].newer : owner.oldest) = ref;
  owner.newest = ref;
  ++owner.openOrders;
  state.ids.insert(ref);
  if (order.isQuote()) owner.position(order.inst).quote[index(order.side())] = ref;
}

void enqueue(State& state, Instrument& instrument, User& owner, Ref<Order> ref, i32 price) {
  Order& order = state.orders[ref];
  const Side side = order.side();
  BookSide& bookSide = instrument.side(side);
  order.level = bookSide.ladder.findOrAdd(state.ladders, side, price);
  Level& level = state.level(order.level);
  order.ahead = level.last;
  order.behind = {};
  (level.last ? state.orders[level.last].behind : level.first) = ref;
  level.last = ref;
  state.ladders.addQty(order.level, order.leaves);
  ++bookSide.orderCount;
  owner.position(instrument.inst).working[index(side)] += order.leaves;
}

void dequeue(State& state, Instrument& instrument, User& owner, Ref<Order> ref) {
  Order& order = state.orders[ref];
  const Side side = order.side();
  BookSide& bookSide = instrument.side(side);
  Level& level = state.level(order.level);
  (order.ahead ? state.orders[order.ahead].behind : level.first) = order.behind;
  (order.behind ? state.orders[order.behind].ahead : level.last) = order.ahead;
  state.ladders.addQty(order.level, -order.leaves);
  --bookSide.orderCount;
  owner.position(instrument.inst).working[index(side)] -= order.leaves;
  if (!level.first) {
    require(level.qty == 0);
    bookSide.ladder.remove(state.ladders, side, order.level);
  }
}

void destroy(State& state, User& owner, Ref<Order> ref) {
  const Order& order = state.orders[ref];
  (order.older ? state.orders[order.older].newer : owner.oldest) = order.newer;
  (order.newer ? state.orders[order.newer].older : owner.newest) = order.older;
  --owner.openOrders;
  if (order.isQuote()) owner.position(order.inst).quote[index(order.side())] = {};
  state.ids.remove(ref);
  state.orders.give(ref);
}

void reduce(State& state, User& owner, Ref<Order> ref, i32 byQty) {
  Order& order = state.orders[ref];
  order.leaves -= byQty;
  state.ladders.addQty(order.level, -byQty);
  owner.position(order.inst).working[index(order.side())] -= byQty;
}

void cancel(State& state, Instrument& instrument, User& owner, Ref<Order> ref,
            CancelReason reason) {
  const Order& order = state.orders[ref];
  Event& event = state.events.append();
  event = {};
  setHead(event, EventKind::cancelled, order.inst, order.side(), reason);
  event.status = static_cast<u32>(OrderStatus::cancelled);
  event.price = state.level(order.level).price;
  event.qty = order.leaves;
  event.filled = order.filled;
  event.userId = order.userId;
  event.orderId = order.id;
  dequeue(state, instrument, owner, ref);
  destroy(state, owner, ref);
}

void cancelAll(State& state, Instrument& instrument, CancelReason reason) {
  for (const Side side : kSides) {
    while (const Ref<Level> level = best(instrument, side)) {
      const Ref<Order> ref = state.level(level).first;
      cancel(state, instrument, state.user(state.orders[ref].userId), ref, reason);
    }
  }
}

void requireNotCrossed(const State& state, const Instrument& instrument) {
  const Ref<Level> bid = best(instrument, Side::buy);
  const Ref<Level> ask = best(instrument, Side::sell);
  if (!bid || !ask) return;
  require(state.level(bid).price < state.level(ask).price);
}

}  // namespace mm::book

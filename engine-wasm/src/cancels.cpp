/// \file
/// Cancels by their owner. They are taken in every state of the instrument.

#include "book.h"
#include "commands.h"

namespace mm::commands {

namespace {

/// Cancels those of the user's orders that `chosen` picks, by ascending id.
template <class Predicate>
Reject cancelWhere(State& state, const User& user, Predicate chosen) {
  if (!state.events.reserve(static_cast<u32>(user.openOrders))) return Reject::capacity;
  state.outcome = {};
  for (Ref<Order> ref = user.oldest; ref;) {
    const Ref<Order> next = state.orders[ref].newer;
    if (chosen(state.orders[ref])) {
      book::cancel(state, ref, CancelReason::requested);
      ++state.outcome.cancelled;
    }
    ref = next;
  }
  return Reject::ok;
}

}  // namespace

Reject cancel(State& state, const Cancel& command) {
  if (state.findUser(command.userId) == nullptr) return Reject::badCommand;
  const Ref<Order> ref = state.ids.find(command.orderId);
  if (!ref || state.orders[ref].userId != command.userId) return Reject::noSuchOrder;
  const Order& order = state.orders[ref];
  state.outcome = {order.id, order.filled, 0, static_cast<u32>(OrderStatus::cancelled), 1};
  book::dequeue(state, ref);
  book::destroy(state, ref);
  return Reject::ok;
}

Reject cancelInstrument(State& state, const CancelInstrument& command) {
  const User* user = state.findUser(command.userId);
  if (user == nullptr) return Reject::badCommand;
  if (state.findInstrument(command.inst) == nullptr) return Reject::noSuchInstrument;
  return cancelWhere(state, *user, [&](const Order& order) { return order.inst == command.inst; });
}

Reject cancelAll(State& state, const CancelAll& command) {
  const User* user = state.findUser(command.userId);
  if (user == nullptr || command.sides == 0 || command.sides > 3) return Reject::badCommand;
  return cancelWhere(state, *user, [&](const Order& order) {
    return (command.sides >> index(order.side()) & 1) != 0;
  });
}

}  // namespace mm::commands

/// \file
/// Cancels by their owner. They are taken in every state of the instrument.

#include "book/book.h"
#include "commands/commands.h"

namespace mm::commands {

namespace {

/// Cancels those of the user's orders that `chosen` picks, by ascending id.
template <class Predicate>
Reject cancelWhere(State& state, User& user, Predicate chosen) {
  if (!state.events.reserve(static_cast<u32>(user.openOrders))) return Reject::capacity;
  state.outcome = {};
  for (Ref<Order> ref = user.oldest; ref;) {
    const Ref<Order> next = state.orders[ref].newer;
    if (chosen(state.orders[ref])) {
      Instrument& instrument = state.instrument(state.orders[ref].inst);
      book::cancel(state, instrument, user, ref, CancelReason::requested);
      ++state.outcome.cancelled;
    } else {
      ++state.work;
    }
    ref = next;
  }
  return Reject::ok;
}

}  // namespace

Reject cancel(State& state, const Cancel& command) {
  User* user = state.findUser(command.userId);
  if (user == nullptr) return Reject::badCommand;
  const Ref<Order> ref = state.ids.find(command.orderId);
  if (!ref || state.orders[ref].userId != command.userId) return Reject::noSuchOrder;
  const Order& order = state.orders[ref];
  state.outcome = {order.id, order.filled, 0, static_cast<u32>(OrderStatus::cancelled), 1};
  book::dequeue(state, state.instrument(order.inst), *user, ref);
  book::destroy(state, *user, ref);
  return Reject::ok;
}

Reject cancelInstrument(State& state, const CancelInstrument& command) {
  User* user = state.findUser(command.userId);
  if (user == nullptr) return Reject::badCommand;
  if (state.findInstrument(command.inst) == nullptr) return Reject::noSuchInstrument;
  return cancelWhere(state, *user, [&](const Order& order) { return order.inst == command.inst; });
}

Reject cancelAll(State& state, const CancelAll& command) {
  User* user = state.findUser(command.userId);
  if (user == nullptr || command.sides == 0 || command.sides > 3) return Reject::badCommand;
  return cancelWhere(state, *user, [&](const Order& order) {
    return (command.sides >> index(order.side()) & 1) != 0;
  });
}

}  // namespace mm::commands

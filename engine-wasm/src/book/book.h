/// \file
/// Resting orders: they enter a book and leave it here, and their owners' totals change with them.
/// Every change to a queue goes through here. Callers hand in the order's instrument and owner,
/// which they have at hand.

#pragma once

#include "state.h"

namespace mm::book {

/// Makes room for `count` more resting orders. \returns false if memory is exhausted.
inline bool reserve(State& state, u32 count) {
  return state.orders.reserve(count) && state.ladders.reserve(count) && state.ids.reserve(count);
}

inline Ref<Level> best(const Instrument& instrument, Side side) {
  return instrument.side(side).ladder.best();
}

/// Whether an order of `side` at `price` would meet a resting one, the same user's included.
inline bool crosses(const State& state, const Instrument& instrument, Side side, i32 price) {
  const Ref<Level> touch = best(instrument, opposite(side));
  return touch && reaches(side, price, state.level(touch).price);
}

/// Registers a filled-in record of the slab as an order of `owner`, to be found by its id. The
/// order is in no queue yet. Reserve first.
void adopt(State& state, User& owner, Ref<Order> ref);

/// Puts an order that is in no queue at the back of the queue at `price`.
void enqueue(State& state, Instrument& instrument, User& owner, Ref<Order> ref, i32 price);

/// Takes an order out of its queue; it stays its owner's.
void dequeue(State& state, Instrument& instrument, User& owner, Ref<Order> ref);

/// Frees an order that is in no queue.
void destroy(State& state, User& owner, Ref<Order> ref);

/// Lowers the resting quantity of an order, in its place.
void reduce(State& state, User& owner, Ref<Order> ref, i32 byQty);

/// Takes an order out of its queue, frees it, and writes an event.
void cancel(State& state, Instrument& instrument, User& owner, Ref<Order> ref, CancelReason reason);

/// Cancels all orders of an instrument, bids first, each side best first. Reserve events first.
void cancelAll(State& state, Instrument& instrument, CancelReason reason);

/// The number of orders that rest in an instrument.
inline u32 orderCount(const Instrument& instrument) {
  return instrument.book[0].orderCount + instrument.book[1].orderCount;
}

/// Traps if bids and asks overlap.
void requireNotCrossed(const State& state, const Instrument& instrument);

}  // namespace mm::book

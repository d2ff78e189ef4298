/// \file
/// A user's two-sided quote: one bid and one ask in an instrument, replaced together.

#include "book/book.h"
#include "commands/commands.h"
#include "commands/risk.h"
#include "commands/working_order.h"

namespace mm::commands {

namespace {

/// One side of the quote: the wanted one, and the resting order that it replaces.
struct QuoteSide {
  Side side;
  i32 price;
  i32 qty;
  Ref<Order> resting;
  i32 restingQty;
  bool keepsPlace;  ///< Same price, no more quantity: it stays in its queue.

  bool wanted() const { return qty != 0; }
};

QuoteSide compare(const State& state, const Position& position, Side side, i32 price, i32 qty) {
  QuoteSide result{side, price, qty, position.quote[index(side)], 0, false};
  if (result.resting) {
    const Order& order = state.orders[result.resting];
    result.restingQty = order.leaves;
    result.keepsPlace = state.level(order.level).price == price && qty <= order.leaves && qty != 0;
  }
  return result;
}

Reject check(State& state, Instrument& instrument, User& user, const QuoteSide (&sides)[2]) {
  const auto request = [&](const QuoteSide& side) {
    return risk::Request{instrument, user, side.side, side.price, side.qty, side.restingQty};
  };
  i32 addedOrders = 0;
  for (const QuoteSide& side : sides) {
    addedOrders += (side.wanted() ? 1 : 0) - (side.resting ? 1 : 0);
    if (!side.wanted()) continue;
    const Reject reject = risk::checkTerms(instrument, side.price, side.qty);
    if (reject != Reject::ok) return reject;
  }
  if (sides[0].wanted() && sides[1].wanted() && sides[0].price >= sides[1].price) {
    return Reject::badCommand;
  }
  for (const QuoteSide& side : sides) {
    if (!side.wanted() || side.keepsPlace) continue;
    const Reject reject = risk::checkLimits(request(side), addedOrders);
    if (reject != Reject::ok) return reject;
  }

  // Reserves trading for each side as if it were alone: with the bid below the ask, in a book that
  // is not crossed, one side trades at most.
  constexpr u32 kOtherEvents = 2;  // One for each side: its cancel or its rest.
  for (const QuoteSide& side : sides) {
    if (!side.wanted() || side.keepsPlace) continue;
    if (!risk::reserveTrading(state, request(side), kOtherEvents)) return Reject::capacity;
  }
  if (state.nextOrderId > ~u32{0} - 2 || !state.events.reserve(kOtherEvents) ||
      !book::reserve(state, 2)) {
    return Reject::capacity;
  }
  return Reject::ok;
}

/// Takes the sides that do not keep their place out of the book, so that the new side of the quote
/// cannot meet the old other one.
void makeWay(State& state, Instrument& instrument, User& user, const QuoteSide& side) {
  if (!side.resting || side.keepsPlace) return;
  if (side.wanted()) {
    book::dequeue(state, instrument, user, side.resting);
  } else {
    book::cancel(state, instrument, user, side.resting, CancelReason::requested);
    ++state.outcome.cancelled;
  }
}

matching::Taker place(State& state, Instrument& instrument, User& user, u32 userId,
                      const QuoteSide& side) {
  if (side.keepsPlace) {
    book::reduce(state, user, side.resting, side.restingQty - side.qty);
    const Order& order = state.orders[side.resting];
    return {order.id, userId, order.leaves, order.filled};
  }
  if (side.resting) return enterAgain(state, instrument, user, side.resting, side.price, side.qty);
  return enterNew(state, instrument, user, userId, side.side, side.price, side.qty, Order::kQuote);
}

}  // namespace

Reject quote(State& state, const Quote& command) {
  User* user = state.findUser(command.userId);
  if (user == nullptr) return Reject::badCommand;
  Instrument* instrument = state.findInstrument(command.inst);
  if (instrument == nullptr) return Reject::noSuchInstrument;

  // Takes a quote that pulls both sides in any state, since that is a cancel.
  if (command.bidQty != 0 || command.askQty != 0) {
    const Reject reject = risk::checkOpen(*instrument);
    if (reject != Reject::ok) return reject;
  }
  const Position& position = user->position(command.inst);
  const QuoteSide sides[2] = {
      compare(state, position, Side::buy, command.bid, command.bidQty),
      compare(state, position, Side::sell, command.ask, command.askQty),
  };
  const Reject reject = check(state, *instrument, *user, sides);
  if (reject != Reject::ok) return reject;

  state.outcome = {};
  for (const QuoteSide& side : sides) makeWay(state, *instrument, *user, side);
  for (const QuoteSide& side : sides) {
    if (!side.wanted()) continue;
    const matching::Taker result = place(state, *instrument, *user, command.userId, side);
    reportOrder(state, *instrument, side.side, side.price, result);
  }
  return Reject::ok;
}

}  // namespace mm::commands

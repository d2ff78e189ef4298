/// \file
/// New orders and their replacement.

#include "book/book.h"
#include "commands/commands.h"
#include "commands/risk.h"
#include "commands/working_order.h"

namespace mm::commands {

namespace {

/// Matches a checked order; its rest stays in the book (GFD) or is dropped (IOC, FOK).
[[gnu::always_inline]] inline Reject enter(State& state, const risk::Request& request, u32 userId,
                                           Tif tif, bool postOnly) {
  Instrument& instrument = request.instrument;
  const bool mayRest = tif == Tif::gfd;
  if (const Reject reject = risk::checkLimits(request, mayRest ? 1 : 0); reject != Reject::ok) {
    return reject;
  }
  if (postOnly && book::crosses(state, instrument, request.side, request.price)) {
    return Reject::postOnlyWouldCross;
  }
  if (tif == Tif::fok) {
    const risk::Request whole = request;
    if (!risk::othersFill(state, whole)) return Reject::fokUnfilled;
  }

  if (state.nextOrderId == ~u32{0} || !risk::reserveTrading(state, request, 0) ||
      (mayRest && !book::reserve(state, 1))) {
    return Reject::capacity;
  }

  if (mayRest) {
    const u8 flags = postOnly ? Order::kPostOnly : u8{0};
    setOutcome(state, enterNew(state, instrument, request.user, userId, request.side, request.price,
                               request.qty, flags));
    return Reject::ok;
  }
  const matching::Taker taker{state.nextOrderId++, userId, request.qty, 0};
  const i32 traded = matching::match(state, instrument, request.side, request.price, taker);
  const auto status = traded == request.qty ? OrderStatus::filled : OrderStatus::cancelled;
  state.outcome = {taker.orderId, traded, 0, static_cast<u32>(status), 0};
  return Reject::ok;
}

}  // namespace

Reject limitOrder(State& state, const LimitOrder& command) {
  const bool immediate =
      command.tif == static_cast<u32>(Tif::ioc) || command.tif == static_cast<u32>(Tif::fok);
  if (command.side > 1 || command.postOnly > 1) return Reject::badCommand;
  if (command.tif != static_cast<u32>(Tif::gfd) && (!immediate || command.postOnly != 0)) {
    return Reject::badCommand;
  }
  User* user = state.findUser(command.userId);
  if (user == nullptr) return Reject::badCommand;
  Instrument* instrument = state.findInstrument(command.inst);
  if (instrument == nullptr) return Reject::noSuchInstrument;

  Reject reject = risk::checkOpen(*instrument);
  if (reject == Reject::ok) reject = risk::checkTerms(*instrument, command.price, command.qty);
  if (reject != Reject::ok) return reject;
  const risk::Request request{*instrument,   *user,       static_cast<Side>(command.side),
                              command.price, command.qty, 0};
  return enter(state, request, command.userId, static_cast<Tif>(command.tif),
               command.postOnly != 0);
}

Reject marketOrder(State& state, const MarketOrder& command) {
  if (command.side > 1 || command.tif > static_cast<u32>(Tif::fok)) return Reject::badCommand;
  User* user = state.findUser(command.userId);
  if (user == nullptr) return Reject::badCommand;
  Instrument* instrument = state.findInstrument(command.inst);
  if (instrument == nullptr) return Reject::noSuchInstrument;

  const auto side = static_cast<Side>(command.side);
  const i32 price = side == Side::buy ? instrument->maxTicks : instrument->minTicks;
  Reject reject = risk::checkOpen(*instrument);
  if (reject == Reject::ok) reject = risk::checkTerms(*instrument, price, command.qty);
  if (reject != Reject::ok) return reject;
  const risk::Request request{*instrument, *user, side, price, command.qty, 0};
  const Tif tif = command.tif == static_cast<u32>(Tif::fok) ? Tif::fok : Tif::ioc;
  return enter(state, request, command.userId, tif, false);
}

Reject replace(State& state, const Replace& command) {
  if (command.hasPrice > 1 || command.hasQty > 1) return Reject::badCommand;
  User* user = state.findUser(command.userId);
  if (user == nullptr) return Reject::badCommand;
  const Ref<Order> ref = state.ids.find(command.orderId);
  if (!ref || state.orders[ref].userId != command.userId) return Reject::noSuchOrder;

  const Order& order = state.orders[ref];
  const Side side = order.side();
  Instrument& instrument = state.instrument(order.inst);
  const i32 oldPrice = state.level(order.level).price;
  const i32 price = command.hasPrice != 0 ? command.price : oldPrice;
  const i32 qty = command.hasQty != 0 ? command.qty : order.leaves;

  Reject reject = risk::checkOpen(instrument);
  if (reject == Reject::ok) reject = risk::checkTerms(instrument, price, qty);
  if (reject != Reject::ok) return reject;

  matching::Taker result{order.id, command.userId, qty, order.filled};
  if (price == oldPrice && qty < order.leaves) {
    // Skips the limits: a smaller quantity lowers what they bound. The order keeps its place.
    if (!state.events.reserve(1)) return Reject::capacity;
    book::reduce(state, *user, ref, order.leaves - qty);
  } else {
    const risk::Request request{instrument, *user, side, price, qty, order.leaves};
    reject = risk::checkLimits(request, 0);
    if (reject != Reject::ok) return reject;
    if (order.postOnly() && book::crosses(state, instrument, side, price)) {
      return Reject::postOnlyWouldCross;
    }
    if (!risk::reserveTrading(state, request, 1) || !book::reserve(state, 1)) {
      return Reject::capacity;
    }
    book::dequeue(state, instrument, *user, ref);
    result = enterAgain(state, instrument, *user, ref, price, qty);
  }
  reportOrder(state, instrument, side, price, result);
  setOutcome(state, result);
  return Reject::ok;
}

}  // namespace mm::commands

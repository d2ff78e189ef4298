#include "model.h"

#include <algorithm>
#include <set>

#include "../support/records.h"

namespace mm::test {

namespace {

Side other(Side side) {
  return side == Side::buy ? Side::sell : Side::buy;
}

bool accepts(Side side, i32 limit, i32 price) {
  return side == Side::buy ? price <= limit : price >= limit;
}

i64 tenTo(u32 exponent) {
  return exponent == 0 ? 1 : 10 * tenTo(exponent - 1);
}

i64 money(u32 lo, u32 hi) {
  return static_cast<i64>(static_cast<u64>(hi) << 32 | lo);
}

/// `cost * held / basis`, towards zero, bit by bit of what is held, so that no product is too
/// large.
i128 partOf(i128 cost, i32 held, i32 basis) {
  i128 whole = 0;
  i128 rest = 0;  // Of the basis, with the cost's sign.
  for (i32 bit = 30; bit >= 0; --bit) {
    whole *= 2;
    rest *= 2;
    if ((held >> bit & 1) != 0) {
      whole += cost / basis;
      rest += cost % basis;
    }
    whole += rest / basis;
    rest %= basis;
  }
  return whole;
}

OrderStatus statusOf(const ModelOrder& order) {
  if (order.leaves == 0) return OrderStatus::filled;
  return order.filled == 0 ? OrderStatus::open : OrderStatus::partial;
}

Event eventOf(EventKind kind, u32 inst) {
  Event event{};
  event.kind = static_cast<u8>(kind);
  event.inst = static_cast<u8>(inst);
  return event;
}

void setUnits(Event& event, i128 units) {
  event.units0 = static_cast<u32>(units & 0xffff'ffff);
  event.units1 = static_cast<u32>(units >> 32 & 0xffff'ffff);
  event.units2 = static_cast<u32>(units >> 64 & 0xffff'ffff);
}

/// Ticks are worth a million at most, and prices in units have 63 bits.
bool isGridTooLarge(i64 tick, u32 decimals, i32 min, i32 max) {
  const i128 furthest = std::max(std::abs(i64{min}), std::abs(i64{max}));
  return tick > 1'000'000 * tenTo(decimals) || furthest * tick >= i128{1} << 63;
}

}  // namespace

Reject Model::step(const Command& command) {
  events.clear();
  outcome = {};
  const u32 user = command.word[1];
  const bool known = users.count(user) != 0;
  switch (static_cast<CommandKind>(command.word[0])) {
    case CommandKind::addInstrument:
      return addInstrument(as<AddInstrument>(command));
    case CommandKind::setLimits:
      return setLimits(as<SetLimits>(command));
    case CommandKind::limitOrder: {
      const auto c = as<LimitOrder>(command);
      if (c.postOnly > 1 || (c.postOnly == 1 && c.tif != 0)) return Reject::badCommand;
      return newOrder(c.userId, c.inst, c.side, c.price, c.qty, c.tif, c.postOnly == 1, false);
    }
    case CommandKind::marketOrder: {
      const auto c = as<MarketOrder>(command);
      if (c.tif > 2) return Reject::badCommand;
      return newOrder(c.userId, c.inst, c.side, 0, c.qty, c.tif == 2 ? 2 : 1, false, true);
    }
    case CommandKind::replace:
      return replace(as<Replace>(command));
    case CommandKind::cancel:
      return cancel(as<Cancel>(command));
    case CommandKind::cancelInstrument: {
      const auto c = as<CancelInstrument>(command);
      if (!known) return Reject::badCommand;
      if (c.inst == 0 || c.inst > instruments.size()) return Reject::noSuchInstrument;
      cancelWhere(CancelReason::requested, [&](const ModelOrder& order) {
        return order.userId == user && order.inst == c.inst;
      });
      return Reject::ok;
    }
    case CommandKind::cancelAll: {
      const auto c = as<CancelAll>(command);
      if (!known || c.sides < 1 || c.sides > 3) return Reject::badCommand;
      cancelWhere(CancelReason::requested, [&](const ModelOrder& order) {
        return order.userId == user && (c.sides & (order.side == Side::buy ? 1U : 2U)) != 0;
      });
      return Reject::ok;
    }
    case CommandKind::quote:
      return quote(as<Quote>(command));
    case CommandKind::halt: {
      const auto c = as<Halt>(command);
      if (c.on > 1) return Reject::badCommand;
      const Reject reject = open(c.inst);
      if (reject == Reject::noSuchInstrument || reject == Reject::settled) return reject;
      instruments[c.inst - 1].halted = c.on == 1;
      return Reject::ok;
    }
    case CommandKind::pullQuotes: {
      const auto c = as<PullQuotes>(command);
      if (open(c.inst) == Reject::noSuchInstrument) return Reject::noSuchInstrument;
      cancelInstrument(c.inst, CancelReason::pulled);
      outcome.cancelled = static_cast<u32>(events.size());
      return Reject::ok;
    }
    case CommandKind::setTick:
      return setTick(as<SetTick>(command));
    case CommandKind::settle:
      return settle(as<Settle>(command));
    case CommandKind::resettle:
      return resettle(as<Resettle>(command));
    case CommandKind::retire:
      return retire(as<Retire>(command));
  }
  return Reject::badCommand;
}

Reject Model::addInstrument(const AddInstrument& c) {
  const i64 tick = money(c.tickUnitsLo, c.tickUnitsHi);
  const i64 strike = money(c.strikeUnitsLo, c.strikeUnitsHi);
  const bool next = c.inst == instruments.size() + 1;
  const bool known = c.inst >= 1 && c.inst <= instruments.size();
  if (!next && !(known && instruments[c.inst - 1].retired)) return Reject::badCommand;
  if (c.inst > kMaxInstruments) return Reject::capacity;
  if (c.lotSize < 1 || c.lotSize > kMaxOrderQty || c.halted > 1 || c.type > 2) {
    return Reject::badCommand;
  }
  if (c.type == 0) {
    if (c.underlying != 0 || strike != 0) return Reject::badCommand;
  } else {
    if (c.underlying == 0 || c.underlying > instruments.size()) return Reject::badCommand;
    const ModelInstrument& underlying = instruments[c.underlying - 1];
    if (underlying.kind != InstrumentKind::scalar) return Reject::badCommand;
    if (underlying.settled) return Reject::settled;
    if (strike >= i64{1} << 53 || strike <= -(i64{1} << 53)) return Reject::capacity;
  }
  if (tick <= 0 || c.decimals > 6 || c.minTicks > c.maxTicks || c.minTicks < -kMaxTicks ||
      c.maxTicks > kMaxTicks) {
    return Reject::badCommand;
  }
  if (isGridTooLarge(tick, c.decimals, c.minTicks, c.maxTicks)) return Reject::capacity;
  const ModelInstrument added{static_cast<InstrumentKind>(c.type),
                              c.underlying,
                              strike,
                              tick,
                              c.decimals,
                              c.lotSize,
                              c.minTicks,
                              c.maxTicks,
                              c.halted == 1,
                              false,
                              false,
                              0,
                              kNoPrice,
                              false};
  if (next) instruments.push_back(added);
  instruments[c.inst - 1] = added;
  return Reject::ok;
}

Reject Model::retire(const Retire& c) {
  if (c.inst == 0 || c.inst > instruments.size() || instruments[c.inst - 1].retired) {
    return Reject::noSuchInstrument;
  }
  for (const ModelInstrument& one : instruments) {
    if (one.underlying == c.inst) return Reject::badCommand;
  }
  cancelInstrument(c.inst, CancelReason::pulled);
  outcome = {};
  outcome.cancelled = static_cast<u32>(events.size());
  for (const auto& [userId, limits] : users) positions.erase({userId, c.inst});
  instruments[c.inst - 1] = {
      InstrumentKind::scalar, 0, 0, 1, 0, 1, 0, 0, false, true, false, 0, kNoPrice, true};
  return Reject::ok;
}

Reject Model::setLimits(const SetLimits& c) {
  const auto within = [](i32 value, i32 max) { return value >= 0 && value <= max; };
  if (c.userId < 1 || c.userId > kMaxUserId || !within(c.maxPosition, kMaxPosition) ||
      !within(c.maxOrderQty, kMaxOrderQty) || !within(c.maxOpenOrders, kMaxOpenOrders)) {
    return Reject::badCommand;
  }
  users[c.userId] = c;
  return Reject::ok;
}

Reject Model::newOrder(u32 userId, u32 inst, u32 sideCode, i32 price, i32 qty, u32 tif,
                       bool postOnly, bool market) {
  if (sideCode > 1 || tif > 2 || users.count(userId) == 0) return Reject::badCommand;
  const Side side = static_cast<Side>(sideCode);
  Reject reject = open(inst);
  if (reject != Reject::ok) return reject;
  if (market) price = side == Side::buy ? instruments[inst - 1].max : instruments[inst - 1].min;
  reject = terms(inst, price, qty);
  if (reject != Reject::ok) return reject;
  reject = limits(userId, inst, side, qty, 0, tif == 0 ? 1 : 0);
  if (reject != Reject::ok) return reject;
  if (postOnly && crosses(inst, side, price)) return Reject::postOnlyWouldCross;
  if (tif == 2 && othersOffer(userId, inst, side, price) < qty) return Reject::fokUnfilled;

  ModelOrder order{nextOrder_++, userId, inst, side, price, qty, 0, postOnly, false, arrivals_++};
  match(order);
  OrderStatus status = statusOf(order);
  if (order.leaves > 0 && tif == 0) {
    orders.push_back(order);
  } else if (order.leaves > 0) {
    order.leaves = 0;
    status = OrderStatus::cancelled;
  }
  outcome = {order.id, order.filled, order.leaves, static_cast<u32>(status), 0};
  return Reject::ok;
}

Reject Model::replace(const Replace& c) {
  if (c.hasPrice > 1 || c.hasQty > 1 || users.count(c.userId) == 0) return Reject::badCommand;
  ModelOrder* found = find(c.orderId);
  if (found == nullptr || found->userId != c.userId) return Reject::noSuchOrder;
  ModelOrder order = *found;
  const i32 price = c.hasPrice == 1 ? c.price : order.price;
  const i32 qty = c.hasQty == 1 ? c.qty : order.leaves;
  Reject reject = open(order.inst);
  if (reject == Reject::ok) reject = terms(order.inst, price, qty);
  if (reject != Reject::ok) return reject;
  if (price == order.price && qty < order.leaves) {
    found->leaves = qty;
    order.leaves = qty;
  } else {
    reject = limits(c.userId, order.inst, order.side, qty, order.leaves, 0);
    if (reject != Reject::ok) return reject;
    if (order.postOnly && crosses(order.inst, order.side, price)) return Reject::postOnlyWouldCross;
    remove(order.id);
    order.price = price;
    order.leaves = qty;
    order.arrival = arrivals_++;
    match(order);
    if (order.leaves > 0) orders.push_back(order);
  }
  report(order);
  outcome = {order.id, order.filled, order.leaves, static_cast<u32>(statusOf(order)), 0};
  return Reject::ok;
}

Reject Model::cancel(const Cancel& c) {
  if (users.count(c.userId) == 0) return Reject::badCommand;
  const ModelOrder* order = find(c.orderId);
  if (order == nullptr || order->userId != c.userId) return Reject::noSuchOrder;
  outcome = {order->id, order->filled, 0, static_cast<u32>(OrderStatus::cancelled), 1};
  remove(c.orderId);
  return Reject::ok;
}

Reject Model::quote(const Quote& c) {
  if (users.count(c.userId) == 0) return Reject::badCommand;
  const Reject state = open(c.inst);
  if (state == Reject::noSuchInstrument) return state;
  if ((c.bidQty != 0 || c.askQty != 0) && state != Reject::ok) return state;

  struct Wish {
    Side side;
    i32 price;
    i32 qty;
    bool keeps;
  };
  Wish wishes[] = {{Side::buy, c.bid, c.bidQty, false}, {Side::sell, c.ask, c.askQty, false}};
  int added = 0;
  for (Wish& wish : wishes) {
    const ModelOrder* old = quoteOf(c.userId, c.inst, wish.side);
    wish.keeps =
        old != nullptr && wish.qty != 0 && old->price == wish.price && wish.qty <= old->leaves;
    added += (wish.qty != 0 ? 1 : 0) - (old != nullptr ? 1 : 0);
    if (wish.qty == 0) continue;
    const Reject reject = terms(c.inst, wish.price, wish.qty);
    if (reject != Reject::ok) return reject;
  }
  if (c.bidQty != 0 && c.askQty != 0 && c.bid >= c.ask) return Reject::badCommand;
  for (const Wish& wish : wishes) {
    if (wish.qty == 0 || wish.keeps) continue;
    const ModelOrder* old = quoteOf(c.userId, c.inst, wish.side);
    const i64 replaced = old == nullptr ? 0 : old->leaves;
    const Reject reject = limits(c.userId, c.inst, wish.side, wish.qty, replaced, added);
    if (reject != Reject::ok) return reject;
  }

  ModelOrder moved[2] = {};
  for (int i = 0; i < 2; ++i) {
    const ModelOrder* old = quoteOf(c.userId, c.inst, wishes[i].side);
    if (old == nullptr || wishes[i].keeps) continue;
    moved[i] = *old;
    if (wishes[i].qty == 0) {
      cancelOne(old->id, CancelReason::requested);
      ++outcome.cancelled;
    } else {
      remove(old->id);
    }
  }
  for (int i = 0; i < 2; ++i) {
    const Wish& wish = wishes[i];
    if (wish.qty == 0) continue;
    if (wish.keeps) {
      ModelOrder* old = quoteOf(c.userId, c.inst, wish.side);
      old->leaves = wish.qty;
      report(*old);
      continue;
    }
    ModelOrder order{moved[i].id, c.userId,        c.inst, wish.side, wish.price,
                     wish.qty,    moved[i].filled, false,  true,      arrivals_++};
    if (order.id == 0) order.id = nextOrder_++;
    match(order);
    if (order.leaves > 0) orders.push_back(order);
    report(order);
  }
  return Reject::ok;
}

Reject Model::setTick(const SetTick& c) {
  const Reject state = open(c.inst);
  if (state == Reject::noSuchInstrument || state == Reject::settled) return state;
  const i64 tick = money(c.tickUnitsLo, c.tickUnitsHi);
  ModelInstrument& instrument = instruments[c.inst - 1];
  if (tick <= 0 || c.decimals > 6 || c.minTicks > c.maxTicks || c.minTicks < -kMaxTicks ||
      c.maxTicks > kMaxTicks) {
    return Reject::badCommand;
  }
  if (isGridTooLarge(tick, c.decimals, c.minTicks, c.maxTicks)) return Reject::capacity;
  if (c.decimals < instrument.decimals) return Reject::badCommand;
  cancelInstrument(c.inst, CancelReason::pulled);
  outcome.cancelled = static_cast<u32>(events.size());
  refine(c.inst, c.decimals);
  if (instrument.last != kNoPrice) {
    const i128 units = static_cast<i128>(instrument.last) * instrument.tick;
    const i128 ticks = units / tick;
    const bool expressible = ticks * tick == units && ticks <= kMaxTicks && ticks >= -kMaxTicks &&
                             units < i128{1} << 63 && -units < i128{1} << 63;
    instrument.last = expressible ? static_cast<i32>(ticks) : kNoPrice;
  }
  instrument.tick = tick;
  instrument.min = c.minTicks;
  instrument.max = c.maxTicks;
  return Reject::ok;
}

Reject Model::settle(const Settle& c) {
  if (c.decimals > 6) return Reject::badCommand;
  const Reject state = open(c.inst);
  if (state == Reject::noSuchInstrument || instruments[c.inst - 1].retired) {
    return Reject::noSuchInstrument;
  }
  if (state == Reject::settled) return state;
  const i64 value = money(c.valueLo, c.valueHi);
  if (value >= i64{1} << 53 || value <= -(i64{1} << 53)) return Reject::capacity;
  std::vector<u32> affected;
  for (u32 inst = 1; inst <= instruments.size(); ++inst) {
    const ModelInstrument& instrument = instruments[inst - 1];
    if (inst == c.inst || (instrument.underlying == c.inst && !instrument.settled)) {
      affected.push_back(inst);
    }
  }
  for (const u32 inst : affected) cancelInstrument(inst, CancelReason::settled);
  for (const u32 inst : affected) {
    setMark(inst, value, c.decimals);
    instruments[inst - 1].settledWithUnderlying = inst != c.inst;
    payAll(inst, instruments[inst - 1].mark);
  }
  return Reject::ok;
}

/// A correction takes the former payment back and pays anew.
Reject Model::resettle(const Resettle& c) {
  if (c.decimals > 6) return Reject::badCommand;
  const Reject state = open(c.inst);
  if (state == Reject::noSuchInstrument || instruments[c.inst - 1].retired) {
    return Reject::noSuchInstrument;
  }
  if (state != Reject::settled) return Reject::badCommand;
  const i64 value = money(c.valueLo, c.valueHi);
  if (value >= i64{1} << 53 || value <= -(i64{1} << 53)) return Reject::capacity;
  for (u32 inst = 1; inst <= instruments.size(); ++inst) {
    const ModelInstrument& instrument = instruments[inst - 1];
    const bool follows = instrument.underlying == c.inst && instrument.settledWithUnderlying;
    if (inst != c.inst && !follows) continue;
    for (auto& [key, position] : positions) {
      if (key.second != inst) continue;
      position.cash -= instrument.mark * position.settledQty;
      position.qty = position.settledQty;
    }
    setMark(inst, value, c.decimals);
    payAll(inst, instruments[inst - 1].mark);
  }
  return Reject::ok;
}

void Model::setMark(u32 inst, i64 value, u32 decimals) {
  refine(inst, std::max(decimals, instruments[inst - 1].decimals));
  ModelInstrument& instrument = instruments[inst - 1];
  const i128 spot = i128{value} * tenTo(instrument.decimals - decimals);
  i128 mark = spot;
  if (instrument.kind == InstrumentKind::call) mark = std::max<i128>(spot - instrument.strike, 0);
  if (instrument.kind == InstrumentKind::put) mark = std::max<i128>(instrument.strike - spot, 0);
  instrument.settled = true;
  instrument.mark = mark;
  Event event = eventOf(EventKind::settled, inst);
  setUnits(event, mark);
  events.push_back(event);
}

void Model::payAll(u32 inst, i128 mark) {
  for (auto& [key, position] : positions) {
    if (key.second != inst || position.qty == 0) continue;
    Event event = eventOf(EventKind::payout, inst);
    event.userId = key.first;
    event.qty = position.qty;
    setUnits(event, position.qty * mark);
    events.push_back(event);
    position.cash += position.qty * mark;
    position.settledQty = position.qty;
    position.qty = 0;
    position.basis = 0;
    position.cost = 0;
  }
}

void Model::refine(u32 inst, u32 decimals) {
  ModelInstrument& instrument = instruments[inst - 1];
  const i64 factor = tenTo(decimals - instrument.decimals);
  instrument.decimals = decimals;
  instrument.strike *= factor;
  instrument.tick *= factor;
  for (auto& [key, position] : positions) {
    if (key.second != inst) continue;
    position.cash *= factor;
    position.cost *= factor;
  }
}

template <class Chosen>
void Model::cancelWhere(CancelReason reason, Chosen chosen) {
  std::set<u32> ids;
  for (const ModelOrder& order : orders) {
    if (chosen(order)) ids.insert(order.id);
  }
  for (const u32 id : ids) cancelOne(id, reason);
  outcome.cancelled = static_cast<u32>(ids.size());
}

void Model::cancelInstrument(u32 inst, CancelReason reason) {
  for (const Side side : {Side::buy, Side::sell}) {
    while (const ModelOrder* order = bestOf(inst, side)) cancelOne(order->id, reason);
  }
}

void Model::cancelOne(u32 id, CancelReason reason) {
  const ModelOrder& order = *find(id);
  Event event = eventOf(EventKind::cancelled, order.inst);
  event.side = static_cast<u8>(order.side);
  event.reason = static_cast<u8>(reason);
  event.status = static_cast<u32>(OrderStatus::cancelled);
  event.price = order.price;
  event.qty = order.leaves;
  event.filled = order.filled;
  event.userId = order.userId;
  event.orderId = order.id;
  events.push_back(event);
  remove(id);
}

void Model::remove(u32 id) {
  orders.erase(std::find_if(orders.begin(), orders.end(),
                            [&](const ModelOrder& order) { return order.id == id; }));
}

void Model::report(const ModelOrder& order) {
  Event event = eventOf(EventKind::order, order.inst);
  event.side = static_cast<u8>(order.side);
  event.status = static_cast<u32>(statusOf(order));
  event.price = order.price;
  event.qty = order.filled + order.leaves;
  event.filled = order.filled;
  event.leaves = order.leaves;
  event.userId = order.userId;
  event.orderId = order.id;
  events.push_back(event);
}

Reject Model::open(u32 inst) const {
  if (inst == 0 || inst > instruments.size()) return Reject::noSuchInstrument;
  if (instruments[inst - 1].settled) return Reject::settled;
  return instruments[inst - 1].halted ? Reject::halted : Reject::ok;
}

Reject Model::terms(u32 inst, i32 price, i32 qty) const {
  const ModelInstrument& instrument = instruments[inst - 1];
  if (qty <= 0) return Reject::badQty;
  if (qty % instrument.lot != 0) return Reject::offLot;
  if (price < instrument.min || price > instrument.max) return Reject::priceOutOfRange;
  return Reject::ok;
}

Reject Model::limits(u32 userId, u32 inst, Side side, i32 qty, i64 replaced, int added) const {
  const SetLimits& limits = users.at(userId);
  if (qty > limits.maxOrderQty) return Reject::orderQtyLimit;
  if (added > 0 && openOrders(userId) + added > limits.maxOpenOrders) return Reject::openOrderLimit;
  const auto held = positions.find({userId, inst});
  const i64 position = held == positions.end() ? 0 : held->second.qty;
  const i64 reach = working(userId, inst, side) - replaced + qty;
  if (side == Side::buy && position + reach > limits.maxPosition) return Reject::positionLimit;
  if (side == Side::sell && position - reach < -limits.maxPosition) return Reject::positionLimit;
  return Reject::ok;
}

ModelOrder* Model::bestOf(u32 inst, Side side) {
  ModelOrder* best = nullptr;
  for (ModelOrder& order : orders) {
    if (order.inst != inst || order.side != side) continue;
    const bool better = best == nullptr || (order.price != best->price
                                                ? (order.price > best->price) == (side == Side::buy)
                                                : order.arrival < best->arrival);
    if (better) best = &order;
  }
  return best;
}

ModelOrder* Model::quoteOf(u32 userId, u32 inst, Side side) {
  for (ModelOrder& order : orders) {
    if (order.isQuote && order.userId == userId && order.inst == inst && order.side == side) {
      return &order;
    }
  }
  return nullptr;
}

ModelOrder* Model::find(u32 id) {
  for (ModelOrder& order : orders) {
    if (order.id == id) return &order;
  }
  return nullptr;
}

bool Model::crosses(u32 inst, Side side, i32 price) {
  const ModelOrder* best = bestOf(inst, other(side));
  return best != nullptr && accepts(side, price, best->price);
}

i64 Model::othersOffer(u32 userId, u32 inst, Side side, i32 price) const {
  i64 sum = 0;
  for (const ModelOrder& order : orders) {
    if (order.inst == inst && order.side != side && order.userId != userId &&
        accepts(side, price, order.price)) {
      sum += order.leaves;
    }
  }
  return sum;
}

int Model::openOrders(u32 userId) const {
  return static_cast<int>(std::count_if(orders.begin(), orders.end(), [&](const ModelOrder& order) {
    return order.userId == userId;
  }));
}

i64 Model::working(u32 userId, u32 inst, Side side) const {
  i64 sum = 0;
  for (const ModelOrder& order : orders) {
    if (order.userId == userId && order.inst == inst && order.side == side) sum += order.leaves;
  }
  return sum;
}

std::map<i32, i64> Model::levels(u32 inst, Side side) const {
  std::map<i32, i64> result;
  for (const ModelOrder& order : orders) {
    if (order.inst == inst && order.side == side) result[order.price] += order.leaves;
  }
  return result;
}

void Model::match(ModelOrder& taker) {
  while (taker.leaves > 0) {
    ModelOrder* maker = bestOf(taker.inst, other(taker.side));
    if (maker == nullptr || !accepts(taker.side, taker.price, maker->price)) return;
    if (maker->userId == taker.userId) {
      cancelOne(maker->id, CancelReason::selfTrade);
      continue;
    }
    const i32 qty = std::min(taker.leaves, maker->leaves);
    taker.leaves -= qty;
    taker.filled += qty;
    maker->leaves -= qty;
    maker->filled += qty;
    fill(taker.userId, taker.inst, taker.side, qty, maker->price);
    fill(maker->userId, taker.inst, maker->side, qty, maker->price);
    instruments[taker.inst - 1].last = maker->price;

    Event event = eventOf(EventKind::trade, taker.inst);
    event.side = static_cast<u8>(taker.side);
    event.status = static_cast<u32>(statusOf(*maker));
    event.price = maker->price;
    event.qty = qty;
    event.filled = maker->filled;
    event.leaves = maker->leaves;
    event.userId = maker->userId;
    event.orderId = maker->id;
    event.contraUserId = taker.userId;
    event.contraOrderId = taker.id;
    event.contraFilled = taker.filled;
    event.contraLeaves = taker.leaves;
    event.tradeId = nextTrade_++;
    events.push_back(event);
    if (maker->leaves == 0) remove(maker->id);
  }
}

void Model::fill(u32 userId, u32 inst, Side side, i32 qty, i32 price) {
  ModelPosition& position = positions[{userId, inst}];
  const i64 unitPrice = price * instruments[inst - 1].tick;
  const i32 change = side == Side::buy ? qty : -qty;
  position.cash -= i128{change} * unitPrice;
  const i128 fine = static_cast<i128>(1) << 32;
  const i32 before = position.qty;
  position.qty += change;
  if (position.qty == 0) {
    position.basis = 0;
    position.cost = 0;
  } else if (before == 0 || (before > 0) == (change > 0)) {
    const i32 held = std::abs(before);
    if (held > 0) position.cost = partOf(position.cost, held, position.basis);
    position.cost += i128{unitPrice} * qty * fine;
    position.basis = held + qty;
  } else if ((before > 0) != (position.qty > 0)) {
    position.basis = std::abs(position.qty);
    position.cost = i128{unitPrice} * position.basis * fine;
  }
}

}  // namespace mm::test

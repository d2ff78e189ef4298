#include "command_stream.h"

#include "records.h"

namespace mm::test {

namespace {

constexpr u32 kUsers = 6;

i32 center(u32 inst) {
  return static_cast<i32>(inst % 5) * 20 - 30;
}

}  // namespace

Command CommandStream::next() {
  const u32 n = commands_++;
  lastAdds_ = false;
  if (n < kUsers + 2) return setup();
  const u32 draw = random_.below(1000);
  return draw < 910 ? trade(draw) : host(draw);
}

void CommandStream::sawReject(Reject reject) {
  if (lastAdds_ && reject == Reject::ok && added_ > instruments_) instruments_ = added_;
}

void CommandStream::sawOrder(u32 userId, u32 orderId) {
  seen_[seenCount_++ % kSeen] = {userId, orderId};
}

/// Usually a resting order and its owner, sometimes somebody else.
CommandStream::Seen CommandStream::pickSeen() {
  Seen seen = seen_[random_.below(kSeen)];
  if (random_.oneIn(10)) seen.userId = user();
  return seen;
}

Command CommandStream::setup() {
  return commands_ <= kUsers ? setLimits(commands_) : addInstrument();
}

Command CommandStream::trade(u32 draw) {
  if (draw < 480) return limitOrder();
  if (draw < 530) return marketOrder();
  if (draw < 670) return replace();
  if (draw < 780) {
    const Seen seen = pickSeen();
    return record(Cancel{kindOf(CommandKind::cancel), seen.userId, seen.orderId});
  }
  if (draw < 900) return quote();
  const u32 userId = user();
  if (draw < 906) {
    return record(CancelInstrument{kindOf(CommandKind::cancelInstrument), userId, inst()});
  }
  return record(CancelAll{kindOf(CommandKind::cancelAll), userId, 1 + random_.below(3)});
}

Command CommandStream::host(u32 draw) {
  if (draw < 930) {
    const u32 target = inst();
    return record(Halt{kindOf(CommandKind::halt), target, random_.oneIn(8) ? 1U : 0U});
  }
  if (draw < 934) return record(PullQuotes{kindOf(CommandKind::pullQuotes), inst()});
  if (draw < 940) return setTick();
  if (draw < 943) return settle(CommandKind::settle);
  if (draw < 945) return settle(CommandKind::resettle);
  if (draw < 953) return addInstrument();
  if (draw < 957) return record(Retire{kindOf(CommandKind::retire), inst()});
  return setLimits(user());
}

u32 CommandStream::user() {
  return random_.oneIn(60) ? random_.below(1100) : 1 + random_.below(kUsers);
}

u32 CommandStream::inst() {
  if (random_.oneIn(50) || instruments_ == 0) return random_.below(70);
  const u32 recent = instruments_ < 4 ? instruments_ : 4;
  return instruments_ - random_.below(recent);
}

/// Mostly on the passive side of the instrument's center.
i32 CommandStream::price(u32 inst, u32 side) {
  if (random_.oneIn(100)) {
    const i32 far[] = {kMaxTicks, -kMaxTicks, kMaxTicks + 1};
    return far[random_.below(3)];
  }
  const i32 passive = random_.between(-3, random_.oneIn(10) ? 500 : 10);
  return center(inst) + (side == 0 ? -passive : passive);
}

i32 CommandStream::qty() {
  if (random_.oneIn(40)) {
    const i32 odd[] = {0, -5, 200'000};
    return odd[random_.below(3)];
  }
  const i32 lots = random_.between(1, 6);
  return random_.oneIn(2) ? lots * 5 : lots;
}

Command CommandStream::limitOrder() {
  LimitOrder order{};
  order.kind = kindOf(CommandKind::limitOrder);
  order.userId = user();
  order.inst = inst();
  order.side = random_.below(2);
  order.price = price(order.inst, order.side);
  order.qty = qty();
  order.tif = random_.oneIn(4) ? random_.below(3) : 0;
  order.postOnly = random_.oneIn(6) ? 1 : 0;
  return record(order);
}

Command CommandStream::marketOrder() {
  MarketOrder order{};
  order.kind = kindOf(CommandKind::marketOrder);
  order.userId = user();
  order.inst = inst();
  order.side = random_.below(2);
  order.qty = qty();
  order.tif = random_.below(3);
  return record(order);
}

Command CommandStream::replace() {
  Replace replace{};
  replace.kind = kindOf(CommandKind::replace);
  const Seen seen = pickSeen();
  replace.userId = seen.userId;
  replace.orderId = seen.orderId;
  replace.hasPrice = random_.below(2);
  const u32 like = inst();
  replace.price = price(like, random_.below(2));
  replace.hasQty = random_.below(2);
  replace.qty = qty();
  return record(replace);
}

Command CommandStream::quote() {
  Quote quote{};
  quote.kind = kindOf(CommandKind::quote);
  quote.userId = user();
  quote.inst = inst();
  quote.bid = price(quote.inst, 0);
  quote.bidQty = random_.oneIn(5) ? 0 : qty();
  quote.ask = random_.oneIn(3) ? price(quote.inst, 1) : quote.bid + random_.between(0, 7);
  quote.askQty = random_.oneIn(5) ? 0 : qty();
  return record(quote);
}

Command CommandStream::setTick() {
  SetTick tick{};
  tick.kind = kindOf(CommandKind::setTick);
  tick.inst = inst();
  tick.tickUnitsLo = random_.below(6);
  tick.decimals = random_.below(4);
  const i32 reach = random_.oneIn(4) ? 40 : kMaxTicks;
  tick.minTicks = -reach;
  tick.maxTicks = reach;
  return record(tick);
}

/// A settlement or its correction, whose records are alike.
Command CommandStream::settle(CommandKind kind) {
  Settle settle{};
  settle.kind = kindOf(kind);
  settle.inst = inst();
  const i32 value = random_.between(-100, 300);
  settle.valueLo = static_cast<u32>(value);
  settle.valueHi = value < 0 ? ~0U : 0;
  settle.decimals = random_.below(4);
  return record(settle);
}

Command CommandStream::addInstrument() {
  AddInstrument add{};
  add.kind = kindOf(CommandKind::addInstrument);
  const bool reuses = instruments_ > 0 && random_.oneIn(2);
  add.inst = reuses ? inst() : instruments_ + (random_.oneIn(20) ? random_.below(3) : 1);
  added_ = add.inst;
  add.type = instruments_ == 0 ? 0 : random_.below(3);
  add.underlying = add.type == 0 ? 0 : 1 + random_.below(instruments_);
  add.strikeUnitsLo = add.type == 0 ? 0 : random_.below(60);
  add.tickUnitsLo = 1 + random_.below(4);
  add.decimals = random_.below(3);
  add.lotSize = random_.oneIn(3) ? 5 : 1;
  add.minTicks = random_.oneIn(4) ? 0 : -kMaxTicks;
  add.maxTicks = kMaxTicks;
  add.halted = random_.oneIn(10) ? 1 : 0;
  lastAdds_ = true;
  return record(add);
}

Command CommandStream::setLimits(u32 userId) {
  SetLimits limits{};
  limits.kind = kindOf(CommandKind::setLimits);
  limits.userId = userId;
  limits.maxPosition = random_.oneIn(5) ? random_.between(-1, 100) : 1000;
  limits.maxOrderQty = random_.oneIn(6) ? random_.between(0, 30) : 200;
  limits.maxOpenOrders = random_.oneIn(6) ? random_.between(0, 10) : 100;
  return record(limits);
}

}  // namespace mm::test

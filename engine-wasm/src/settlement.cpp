/// \file
/// The end of an instrument: its final mark, and the payment of every position at it. A scalar
/// takes its options along.

#include "book.h"
#include "commands.h"
#include "units.h"

namespace mm::commands {

namespace {

/// One instrument to settle, with everything worked out before the first change.
struct Plan {
  Instrument* instrument;
  u32 moreDecimals;
  i64 mark;
};

i64 intrinsic(InstrumentKind kind, i64 underlying, i64 strike) {
  switch (kind) {
    case InstrumentKind::call:
      return underlying > strike ? underlying - strike : 0;
    case InstrumentKind::put:
      return strike > underlying ? strike - underlying : 0;
    case InstrumentKind::scalar:
      break;
  }
  return underlying;
}

/// Works out the mark of one instrument. \returns false if its money would not hold it.
bool makePlan(State& state, Instrument& instrument, i64 value, u32 decimals, Plan& plan) {
  const u32 common = decimals > instrument.decimals ? decimals : instrument.decimals;
  plan = {&instrument, common - instrument.decimals, 0};
  i64 underlying = value;
  i64 strike = instrument.strikeUnits;
  if (!scaleMoney(underlying, powerOfTen(common - decimals))) return false;
  if (!scaleMoney(strike, powerOfTen(plan.moreDecimals))) return false;
  if (!units::canRefine(state, instrument, plan.moreDecimals)) return false;
  plan.mark = intrinsic(instrument.kind, underlying, strike);
  return isMoney(plan.mark);
}

/// Whether every payment, and every balance after it, is money. Counts the positions to pay.
bool canPay(const State& state, const Plan& plan, u32& payouts) {
  const u32 factor = powerOfTen(plan.moreDecimals);
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    const User* user = state.findUser(userId);
    if (user == nullptr) continue;
    const Position& position = user->position(plan.instrument->inst);
    if (position.qty == 0) continue;
    ++payouts;
    i64 cash = position.cash;
    i64 payment = plan.mark;
    if (!scaleMoney(cash, factor)) return false;
    if (!scaleMoney(payment, static_cast<u32>(magnitude(position.qty)))) return false;
    if (!isMoney(position.qty < 0 ? cash - payment : cash + payment)) return false;
  }
  return true;
}

void reportSettled(State& state, const Instrument& instrument) {
  Event& event = state.events.append();
  event = {};
  event.kind = static_cast<u8>(EventKind::settled);
  event.inst = instrument.inst;
  event.unitsLo = lowWord(instrument.markUnits);
  event.unitsHi = highWord(instrument.markUnits);
}

void reportPayout(State& state, const Instrument& instrument, u32 userId, i32 qty, i64 units) {
  Event& event = state.events.append();
  event = {};
  event.kind = static_cast<u8>(EventKind::payout);
  event.inst = instrument.inst;
  event.qty = qty;
  event.userId = userId;
  event.unitsLo = lowWord(units);
  event.unitsHi = highWord(units);
}

/// Pays every position, by ascending user id, and checks that the game was zero-sum.
void pay(State& state, const Plan& plan) {
  Instrument& instrument = *plan.instrument;
  units::refine(state, instrument, plan.moreDecimals);
  instrument.settled = true;
  instrument.markUnits = plan.mark;
  reportSettled(state, instrument);
  i64 sumQty = 0;
  i64 sumCash = 0;  // At most kMaxUserId amounts of money, which an i64 holds.
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    User* user = state.findUser(userId);
    if (user == nullptr) continue;
    Position& position = user->position(instrument.inst);
    if (const i32 qty = position.qty; qty != 0) {
      sumQty += qty;
      reportPayout(state, instrument, userId, qty, position.settle(plan.mark));
    }
    sumCash += position.cash;
  }
  require(sumQty == 0 && sumCash == 0);
}

static_assert(u64{kMaxUserId} * u64{kMaxMoney} < u64{1} << 63);

}  // namespace

Reject settle(State& state, const Settle& command) {
  if (command.decimals > kMaxDecimals) return Reject::badCommand;
  Instrument* target = state.findInstrument(command.inst);
  if (target == nullptr) return Reject::noSuchInstrument;
  if (target->settled) return Reject::settled;
  const i64 value = join(command.valueLo, command.valueHi);
  if (!isMoney(value)) return Reject::capacity;

  Plan plans[kMaxInstruments];
  u32 planCount = 0;
  u32 eventCount = 0;
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    Instrument& instrument = state.instrument(inst);
    const bool isItsOption = instrument.underlying == command.inst && !instrument.settled;
    if (&instrument != target && !isItsOption) continue;
    Plan& plan = plans[planCount++];
    if (!makePlan(state, instrument, value, command.decimals, plan)) return Reject::capacity;
    u32 payouts = 0;
    if (!canPay(state, plan, payouts)) return Reject::capacity;
    eventCount += book::orderCount(instrument) + 1 + payouts;
  }
  if (!state.events.reserve(eventCount)) return Reject::capacity;

  for (u32 i = 0; i < planCount; ++i) {
    book::cancelAll(state, *plans[i].instrument, CancelReason::settled);
  }
  for (u32 i = 0; i < planCount; ++i) pay(state, plans[i]);
  return Reject::ok;
}

}  // namespace mm::commands

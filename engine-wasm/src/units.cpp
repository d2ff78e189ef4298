#include "units.h"

#include "invariant.h"

namespace mm::units {

namespace {

/// Multiplies an amount with a fraction; whether the product is money.
bool scaleFineMoney(FineMoney& amount, u32 factor) {
  if (!scaleMoney(amount.whole, factor)) return false;
  const u64 fraction = u64{amount.fraction} * factor;
  amount.whole += static_cast<i64>(fraction >> 32);
  amount.fraction = static_cast<u32>(fraction);
  return isMoney(amount.whole);
}

/// Scales the terms and all positions; without `commit` only tries to, and writes nothing.
bool scaleAll(State& state, Instrument& instrument, u32 factor, bool commit) {
  i64 strike = instrument.strikeUnits;
  i64 tick = instrument.tickUnits;
  if (!scaleMoney(strike, factor) || !scaleMoney(tick, factor)) return false;
  u64 bound = 0;
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    User* user = state.findUser(userId);
    if (user == nullptr) continue;
    Position position = user->position(instrument.inst);
    if (!scaleMoney(position.cash, factor) || !scaleFineMoney(position.cost, factor)) return false;
    bound = larger(bound, larger(magnitude(position.cash), magnitude(position.cost.whole)));
    if (commit) user->position(instrument.inst) = position;
  }
  if (commit) {
    instrument.strikeUnits = strike;
    instrument.tickUnits = tick;
    instrument.moneyBound = static_cast<i64>(bound);
  }
  return true;
}

}  // namespace

Reject checkGrid(i64 tickUnits, u32 decimals, i32 minTicks, i32 maxTicks) {
  if (tickUnits <= 0 || decimals > kMaxDecimals) return Reject::badCommand;
  if (minTicks > maxTicks || minTicks < -kMaxTicks || maxTicks > kMaxTicks) {
    return Reject::badCommand;
  }
  if (!isMoney(tickUnits)) return Reject::capacity;
  const auto furthest = static_cast<u32>(larger(magnitude(minTicks), magnitude(maxTicks)));
  const u64 largest = saturatingProduct(static_cast<u64>(tickUnits), furthest);
  return largest == ~u64{0} ? Reject::capacity : Reject::ok;
}

bool canRefine(State& state, Instrument& instrument, u32 moreDecimals) {
  return moreDecimals == 0 || scaleAll(state, instrument, powerOfTen(moreDecimals), false);
}

void refine(State& state, Instrument& instrument, u32 moreDecimals) {
  if (moreDecimals == 0) return;
  require(scaleAll(state, instrument, powerOfTen(moreDecimals), true));
  instrument.decimals += moreDecimals;
}

}  // namespace mm::units

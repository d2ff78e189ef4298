#include "accounts/units.h"

namespace mm::units {

bool isTick(i64 tickUnits, u32 decimals) {
  return tickUnits > 0 && tickUnits <= i64{kMaxTickSize} * powerOfTen(decimals);
}

Reject checkGrid(i64 tickUnits, u32 decimals, i32 minTicks, i32 maxTicks) {
  if (tickUnits <= 0 || decimals > kMaxDecimals) return Reject::badCommand;
  if (minTicks > maxTicks || minTicks < -kMaxTicks || maxTicks > kMaxTicks) {
    return Reject::badCommand;
  }
  if (!isTick(tickUnits, decimals)) return Reject::capacity;
  const auto furthest =
      static_cast<u32>(larger(magnitude(i64{minTicks}), magnitude(i64{maxTicks})));
  const u64 largest = saturatingProduct(static_cast<u64>(tickUnits), furthest);
  return largest == ~u64{0} ? Reject::capacity : Reject::ok;
}

void refine(State& state, Instrument& instrument, u32 moreDecimals) {
  if (moreDecimals == 0) return;
  const u32 factor = powerOfTen(moreDecimals);
  instrument.decimals += moreDecimals;
  instrument.strikeUnits *= factor;
  instrument.markUnits *= factor;
  instrument.tickUnits *= factor;
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    User* user = state.findUser(userId);
    if (user == nullptr) continue;
    Position& position = user->position(instrument.inst);
    position.cash *= factor;
    position.cost *= factor;
  }
}

}  // namespace mm::units

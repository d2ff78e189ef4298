/// \file
/// Commands of the host, settlement excepted: instruments, limits, halts, the tick.

#include "accounts/units.h"
#include "book/book.h"
#include "commands/commands.h"

namespace mm::commands {

namespace {

/// Makes all of an instrument but its book as if new.
void clear(Instrument& instrument) {
  instrument.strikeUnits = 0;
  instrument.markUnits = 0;
  instrument.tickUnits = 1;
  instrument.kind = InstrumentKind::scalar;
  instrument.underlying = 0;
  instrument.decimals = 0;
  instrument.lotSize = 1;
  instrument.minTicks = 0;
  instrument.maxTicks = 0;
  instrument.lastTicks = kNoPrice;
  instrument.halted = false;
  instrument.settled = false;
  instrument.settledWithUnderlying = false;
  instrument.retired = false;
}

/// Whether an option that is not retired is on the instrument.
bool hasOptions(const State& state, u32 target) {
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    if (state.instrument(inst).underlying == target) return true;
  }
  return false;
}

/// Checks that the kind fits the underlying and the strike.
Reject checkContract(State& state, const AddInstrument& command) {
  if (command.type > static_cast<u32>(InstrumentKind::put)) return Reject::badCommand;
  const i64 strike = join(command.strikeUnitsLo, command.strikeUnitsHi);
  if (command.type == static_cast<u32>(InstrumentKind::scalar)) {
    return command.underlying == 0 && strike == 0 ? Reject::ok : Reject::badCommand;
  }
  const Instrument* underlying = state.findInstrument(command.underlying);
  if (underlying == nullptr || underlying->kind != InstrumentKind::scalar) {
    return Reject::badCommand;
  }
  if (underlying->settled) return Reject::settled;
  return isExact(strike) ? Reject::ok : Reject::capacity;
}

/// The last trade's price in ticks of another grid; kNoPrice if that cannot express it.
i32 lastOnGrid(const Instrument& instrument, u32 factor, i64 tickUnits) {
  if (instrument.lastTicks == kNoPrice) return kNoPrice;
  const auto ticks = static_cast<u32>(magnitude(i64{instrument.lastTicks}));
  const u64 oldUnits = saturatingProduct(static_cast<u64>(instrument.tickUnits), ticks);
  const u64 units = saturatingProduct(oldUnits, factor);
  const auto tick = static_cast<u64>(tickUnits);
  if (units == ~u64{0} || units % tick != 0 || units / tick > u64{kMaxTicks}) return kNoPrice;
  const auto moved = static_cast<i32>(units / tick);
  return instrument.lastTicks < 0 ? -moved : moved;
}

}  // namespace

Reject addInstrument(State& state, const AddInstrument& command) {
  const bool isNext = command.inst == state.instrumentCount + 1;
  const Instrument* former = state.findInstrument(command.inst);
  const bool isFree = former != nullptr && former->retired;
  if (!isNext && !isFree) return Reject::badCommand;
  if (command.inst > kMaxInstruments) return Reject::capacity;
  if (command.lotSize <= 0 || command.lotSize > kMaxOrderQty) return Reject::badCommand;
  if (command.halted > 1) return Reject::badCommand;
  const i64 tickUnits = join(command.tickUnitsLo, command.tickUnitsHi);
  Reject reject = checkContract(state, command);
  if (reject == Reject::ok) {
    reject = units::checkGrid(tickUnits, command.decimals, command.minTicks, command.maxTicks);
  }
  if (reject != Reject::ok) return reject;

  if (isNext) ++state.instrumentCount;
  Instrument& instrument = state.instrument(command.inst);
  clear(instrument);
  instrument.inst = static_cast<u8>(command.inst);
  instrument.kind = static_cast<InstrumentKind>(command.type);
  instrument.underlying = command.underlying;
  instrument.strikeUnits = join(command.strikeUnitsLo, command.strikeUnitsHi);
  instrument.tickUnits = tickUnits;
  instrument.decimals = command.decimals;
  instrument.lotSize = command.lotSize;
  instrument.minTicks = command.minTicks;
  instrument.maxTicks = command.maxTicks;
  instrument.halted = command.halted != 0;
  return Reject::ok;
}

Reject setLimits(State& state, const SetLimits& command) {
  if (command.userId == 0 || command.userId > kMaxUserId) return Reject::badCommand;
  if (command.maxPosition < 0 || command.maxPosition > kMaxPosition) return Reject::badCommand;
  if (command.maxOrderQty < 0 || command.maxOrderQty > kMaxOrderQty) return Reject::badCommand;
  if (command.maxOpenOrders < 0 || command.maxOpenOrders > kMaxOpenOrders) {
    return Reject::badCommand;
  }
  User* user = state.findUser(command.userId);
  if (user == nullptr) {
    if (!state.userRows.reserve(1)) return Reject::capacity;
    state.users[command.userId] = state.userRows.take();
    user = state.findUser(command.userId);
    user->clear();
  }
  user->limits = {command.maxPosition, command.maxOrderQty, command.maxOpenOrders};
  return Reject::ok;
}

Reject halt(State& state, const Halt& command) {
  if (command.on > 1) return Reject::badCommand;
  Instrument* instrument = state.findInstrument(command.inst);
  if (instrument == nullptr) return Reject::noSuchInstrument;
  if (instrument->settled) return Reject::settled;
  instrument->halted = command.on != 0;
  return Reject::ok;
}

Reject pullQuotes(State& state, const PullQuotes& command) {
  Instrument* instrument = state.findInstrument(command.inst);
  if (instrument == nullptr) return Reject::noSuchInstrument;
  const u32 orders = book::orderCount(*instrument);
  if (!state.events.reserve(orders)) return Reject::capacity;
  book::cancelAll(state, *instrument, CancelReason::pulled);
  state.outcome = {};
  state.outcome.cancelled = orders;
  return Reject::ok;
}

Reject setTick(State& state, const SetTick& command) {
  Instrument* instrument = state.findInstrument(command.inst);
  if (instrument == nullptr) return Reject::noSuchInstrument;
  if (instrument->settled) return Reject::settled;
  const i64 tickUnits = join(command.tickUnitsLo, command.tickUnitsHi);
  const Reject reject =
      units::checkGrid(tickUnits, command.decimals, command.minTicks, command.maxTicks);
  if (reject != Reject::ok) return reject;
  if (command.decimals < instrument->decimals) return Reject::badCommand;

  const u32 moreDecimals = command.decimals - instrument->decimals;
  const u32 orders = book::orderCount(*instrument);
  if (!state.events.reserve(orders)) return Reject::capacity;
  book::cancelAll(state, *instrument, CancelReason::pulled);
  instrument->lastTicks = lastOnGrid(*instrument, powerOfTen(moreDecimals), tickUnits);
  units::refine(state, *instrument, moreDecimals);
  instrument->tickUnits = tickUnits;
  instrument->minTicks = command.minTicks;
  instrument->maxTicks = command.maxTicks;
  state.outcome = {};
  state.outcome.cancelled = orders;
  return Reject::ok;
}

Reject retire(State& state, const Retire& command) {
  Instrument* instrument = state.findInstrument(command.inst);
  if (instrument == nullptr || instrument->retired) return Reject::noSuchInstrument;
  if (hasOptions(state, command.inst)) return Reject::badCommand;
  const u32 orders = book::orderCount(*instrument);
  if (!state.events.reserve(orders)) return Reject::capacity;
  book::cancelAll(state, *instrument, CancelReason::pulled);
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    if (User* user = state.findUser(userId); user != nullptr) user->position(command.inst) = {};
  }
  clear(*instrument);
  instrument->settled = true;
  instrument->retired = true;
  state.outcome = {};
  state.outcome.cancelled = orders;
  return Reject::ok;
}

}  // namespace mm::commands

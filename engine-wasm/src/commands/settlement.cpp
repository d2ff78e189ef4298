/// \file
/// The end of an instrument: its final mark, and the payment of every position at it. With a scalar
/// its options are settled, and corrected with it. No value is refused because of earlier trades or
/// payments: money has room for any.

#include "accounts/units.h"
#include "book/book.h"
#include "commands/commands.h"

namespace mm::commands {

namespace {

enum class Phase { open, settled };

/// Whether the value makes sense, and the instrument is in the phase.
Reject check(State& state, u32 inst, i64 value, u32 decimals, Phase phase) {
  if (decimals > kMaxDecimals) return Reject::badCommand;
  const Instrument* target = state.findInstrument(inst);
  if (target == nullptr || target->retired) return Reject::noSuchInstrument;
  if (target->settled && phase == Phase::open) return Reject::settled;
  if (!target->settled && phase == Phase::settled) return Reject::badCommand;
  return isExact(value) ? Reject::ok : Reject::capacity;
}

i128 intrinsic(InstrumentKind kind, i128 underlying, i128 strike) {
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

/// The instruments that a settlement of `target` settles: itself, and its options without a mark.
template <class Visit>
void visitSettled(State& state, u32 target, Visit visit) {
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    Instrument& instrument = state.instrument(inst);
    if (instrument.settled) continue;
    if (inst == target || instrument.underlying == target) visit(instrument);
  }
}

/// The instruments that a correction of `target` corrects: itself, and the options that it took
/// along.
template <class Visit>
void visitCorrected(State& state, u32 target, Visit visit) {
  for (u32 inst = 1; inst <= state.instrumentCount; ++inst) {
    Instrument& instrument = state.instrument(inst);
    const bool follows = instrument.underlying == target && instrument.settledWithUnderlying;
    if (inst == target || follows) visit(instrument);
  }
}

/// \param held the position now, or the one that was settled.
u32 countHolders(const State& state, const Instrument& instrument, i32 Position::* held) {
  u32 holders = 0;
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    const User* user = state.findUser(userId);
    if (user != nullptr && user->position(instrument.inst).*held != 0) ++holders;
  }
  return holders;
}

void report(State& state, EventKind kind, const Instrument& instrument, u32 userId, i32 qty,
            i128 units) {
  Event& event = state.events.append();
  event = {};
  event.kind = static_cast<u8>(kind);
  event.inst = instrument.inst;
  event.qty = qty;
  event.userId = userId;
  event.units0 = wordOf(units, 0);
  event.units1 = wordOf(units, 1);
  event.units2 = wordOf(units, 2);
}

/// Gives the instrument its mark, in its decimals or the value's, whichever are finer. \returns the
/// mark before, in the same decimals.
i128 mark(State& state, Instrument& instrument, i64 value, u32 decimals) {
  if (decimals > instrument.decimals) {
    units::refine(state, instrument, decimals - instrument.decimals);
  }
  const i128 underlying = i128{value} * powerOfTen(instrument.decimals - decimals);
  const i128 formerMark = instrument.markUnits;
  instrument.settled = true;
  instrument.markUnits = intrinsic(instrument.kind, underlying, instrument.strikeUnits);
  report(state, EventKind::settled, instrument, 0, 0, instrument.markUnits);
  return formerMark;
}

/// Pays every position, by ascending user id, and checks that the game was zero-sum.
void pay(State& state, const Instrument& instrument) {
  i64 sumQty = 0;
  i128 sumCash = 0;
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    User* user = state.findUser(userId);
    if (user == nullptr) continue;
    Position& position = user->position(instrument.inst);
    if (const i32 qty = position.qty; qty != 0) {
      sumQty += qty;
      const i128 payment = position.settle(instrument.markUnits);
      report(state, EventKind::payout, instrument, userId, qty, payment);
    }
    sumCash += position.cash;
  }
  require(sumQty == 0 && sumCash == 0);
}

/// Corrects every payout, by ascending user id, and checks that the game is zero-sum still.
void repay(State& state, const Instrument& instrument, i128 formerMark) {
  i64 sumQty = 0;
  i128 sumCash = 0;
  for (u32 userId = 1; userId <= kMaxUserId; ++userId) {
    User* user = state.findUser(userId);
    if (user == nullptr) continue;
    Position& position = user->position(instrument.inst);
    if (const i32 qty = position.settledQty; qty != 0) {
      sumQty += qty;
      const i128 payment = position.resettle(instrument.markUnits, formerMark);
      report(state, EventKind::payout, instrument, userId, qty, payment);
    }
    sumCash += position.cash;
  }
  require(sumQty == 0 && sumCash == 0);
}

}  // namespace

Reject settle(State& state, const Settle& command) {
  const i64 value = join(command.valueLo, command.valueHi);
  const Reject reject = check(state, command.inst, value, command.decimals, Phase::open);
  if (reject != Reject::ok) return reject;

  u32 eventCount = 0;
  visitSettled(state, command.inst, [&](const Instrument& instrument) {
    const u32 holders = countHolders(state, instrument, &Position::qty);
    eventCount += book::orderCount(instrument) + 1 + holders;
  });
  if (!state.events.reserve(eventCount)) return Reject::capacity;

  visitSettled(state, command.inst, [&](Instrument& instrument) {
    book::cancelAll(state, instrument, CancelReason::settled);
  });
  visitSettled(state, command.inst, [&](Instrument& instrument) {
    mark(state, instrument, value, command.decimals);
    instrument.settledWithUnderlying = instrument.inst != command.inst;
    pay(state, instrument);
  });
  return Reject::ok;
}

Reject resettle(State& state, const Resettle& command) {
  const i64 value = join(command.valueLo, command.valueHi);
  const Reject reject = check(state, command.inst, value, command.decimals, Phase::settled);
  if (reject != Reject::ok) return reject;

  u32 eventCount = 0;
  visitCorrected(state, command.inst, [&](const Instrument& instrument) {
    eventCount += 1 + countHolders(state, instrument, &Position::settledQty);
  });
  if (!state.events.reserve(eventCount)) return Reject::capacity;

  visitCorrected(state, command.inst, [&](Instrument& instrument) {
    const i128 formerMark = mark(state, instrument, value, command.decimals);
    repay(state, instrument, formerMark);
  });
  return Reject::ok;
}

}  // namespace mm::commands

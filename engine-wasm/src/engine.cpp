#include "engine.h"

#include "book/book.h"
#include "commands/commands.h"
#include "snapshot/snapshot.h"
#include "snapshot/state_hash.h"

namespace mm {

namespace {

/// Takes the mailbox for the record that `handle` wants. Does not copy it: the host has just
/// written it word by word, and a copy would read it in wider pieces, for which the processor has
/// to wait until the words have left its store buffer.
template <class Record>
[[gnu::noinline]] Reject run(State& state, const Command& command,
                             Reject (*handle)(State&, const Record&)) {
  static_assert(sizeof(Record) <= sizeof(Command));
  return handle(state, reinterpret_cast<const Record&>(command));
}

Reject dispatch(State& state, const Command& command) {
  switch (static_cast<CommandKind>(command.word[0])) {
    case CommandKind::addInstrument:
      return run(state, command, commands::addInstrument);
    case CommandKind::setLimits:
      return run(state, command, commands::setLimits);
    case CommandKind::limitOrder:
      return run(state, command, commands::limitOrder);
    case CommandKind::marketOrder:
      return run(state, command, commands::marketOrder);
    case CommandKind::replace:
      return run(state, command, commands::replace);
    case CommandKind::cancel:
      return run(state, command, commands::cancel);
    case CommandKind::cancelInstrument:
      return run(state, command, commands::cancelInstrument);
    case CommandKind::cancelAll:
      return run(state, command, commands::cancelAll);
    case CommandKind::quote:
      return run(state, command, commands::quote);
    case CommandKind::halt:
      return run(state, command, commands::halt);
    case CommandKind::pullQuotes:
      return run(state, command, commands::pullQuotes);
    case CommandKind::setTick:
      return run(state, command, commands::setTick);
    case CommandKind::settle:
      return run(state, command, commands::settle);
    case CommandKind::resettle:
      return run(state, command, commands::resettle);
    case CommandKind::retire:
      return run(state, command, commands::retire);
  }
  return Reject::badCommand;
}

OrderResult describe(const State& state, const Order& order) {
  return {order.id,
          order.userId,
          order.inst,
          index(order.side()),
          state.level(order.level).price,
          order.filled,
          order.leaves,
          u32{order.postOnly()},
          u32{order.isQuote()}};
}

}  // namespace

Reject Engine::step(const Command& command) {
  state_.events.clear();
  state_.outcome = {};
  return dispatch(state_, command);
}

u32 Engine::snapshot() {
  return snapshot::write(state_);
}

bool Engine::makeSnapshotRoom(u32 bytes) {
  state_.events.clear();
  return state_.events.reserve(bytes / u32{sizeof(Event)} + 1);
}

Restore Engine::restore(u32 bytes) {
  return snapshot::read(state_, bytes);
}

u32 Engine::depth(u32 inst, Side side, u32 skip, u32 count, i32* into) const {
  const Instrument* instrument = state_.findInstrument(inst);
  if (instrument == nullptr) return 0;
  u32 written = 0;
  Ref<Level> ref = book::best(*instrument, side);
  for (; ref && written < count; ref = state_.level(ref).next[index(side)]) {
    if (skip > 0) {
      --skip;
      continue;
    }
    *into++ = state_.level(ref).price;
    *into++ = state_.level(ref).qty;
    ++written;
  }
  return written;
}

i32 Engine::best(u32 inst, Side side) const {
  const Instrument* instrument = state_.findInstrument(inst);
  if (instrument == nullptr) return kNoPrice;
  const Ref<Level> level = book::best(*instrument, side);
  return level ? state_.level(level).price : kNoPrice;
}

PositionResult Engine::position(u32 userId, u32 inst) const {
  const User* user = state_.findUser(userId);
  if (user == nullptr || state_.findInstrument(inst) == nullptr) return {};
  const Position& position = user->position(inst);
  const i128 cost = position.cost;
  const i128 cash = position.cash;
  return {position.qty,
          position.working[index(Side::buy)],
          position.working[index(Side::sell)],
          position.basis,
          wordOf(cost, 0),
          wordOf(cost, 1),
          wordOf(cost, 2),
          wordOf(cost, 3),
          wordOf(cash, 0),
          wordOf(cash, 1),
          wordOf(cash, 2),
          wordOf(cash, 3),
          position.settledQty};
}

bool Engine::order(u32 orderId, OrderResult& into) const {
  const Ref<Order> ref = state_.ids.find(orderId);
  if (!ref) return false;
  into = describe(state_, state_.orders[ref]);
  return true;
}

bool Engine::orderAfter(u32 userId, u32 orderId, OrderResult& into) const {
  const User* user = state_.findUser(userId);
  if (user == nullptr) return false;
  Ref<Order> ref = user->oldest;
  if (orderId != 0) {
    const Ref<Order> previous = state_.ids.find(orderId);
    if (!previous || state_.orders[previous].userId != userId) return false;
    ref = state_.orders[previous].newer;
  }
  if (!ref) return false;
  into = describe(state_, state_.orders[ref]);
  return true;
}

bool Engine::quote(u32 userId, u32 inst, Side side, OrderResult& into) const {
  const User* user = state_.findUser(userId);
  if (user == nullptr || state_.findInstrument(inst) == nullptr) return false;
  const Ref<Order> ref = user->position(inst).quote[index(side)];
  if (!ref) return false;
  into = describe(state_, state_.orders[ref]);
  return true;
}

bool Engine::instrument(u32 inst, InstrumentResult& into) const {
  const Instrument* instrument = state_.findInstrument(inst);
  if (instrument == nullptr) return false;
  into = {instrument->decimals,
          lowWord(instrument->tickUnits),
          highWord(instrument->tickUnits),
          u32{instrument->halted},
          u32{instrument->settled},
          wordOf(instrument->markUnits, 0),
          wordOf(instrument->markUnits, 1),
          wordOf(instrument->markUnits, 2),
          instrument->lastTicks};
  return true;
}

u64 Engine::stateHash() const {
  return mm::stateHash(state_);
}

}  // namespace mm

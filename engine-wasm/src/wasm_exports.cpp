/// \file
/// The exports of the WebAssembly module: one engine an instance, its mailbox and its answers.

#include <cstring>

#include "engine.h"

#define MM_EXPORT(name) extern "C" __attribute__((export_name(#name), used)) auto name

namespace {

constexpr mm::u32 kResultWords = 1024;

mm::Engine engine;
mm::Command command;
mm::u32 result[kResultWords];
mm::Layout layout;

template <class T>
mm::u32 addressOf(const T& object) {
  return reinterpret_cast<mm::u32>(&object);
}

template <class Record>
void answer(const Record& record) {
  static_assert(sizeof(Record) <= sizeof(result));
  std::memcpy(result, &record, sizeof(Record));
}

mm::Side sideOf(mm::u32 side) {
  return (side & 1) == 0 ? mm::Side::buy : mm::Side::sell;
}

}  // namespace

/// \returns the address of the Layout.
MM_EXPORT(mm_layout)()->mm::u32 {
  const mm::State& state = engine.state();
  layout = {mm::kAbiVersion,
            addressOf(command),
            addressOf(engine.outcome()),
            addressOf(result),
            kResultWords,
            addressOf(state.events.countForHost()),
            reinterpret_cast<mm::u32>(state.events.blocksForHost()),
            addressOf(state.work)};
  return addressOf(layout);
}

/// Executes the command in the mailbox. \returns its Reject.
MM_EXPORT(mm_step)()->mm::u32 {
  return static_cast<mm::u32>(engine.step(command));
}

/// Writes a snapshot into the blocks of the events. \returns its bytes; 0: memory is exhausted.
MM_EXPORT(mm_snapshot)()->mm::u32 {
  return engine.snapshot();
}

/// Makes room for a snapshot in the blocks of the events. \returns 0 if memory is exhausted.
MM_EXPORT(mm_snapshot_room)(mm::u32 bytes)->mm::u32 {
  return engine.makeSnapshotRoom(bytes) ? 1 : 0;
}

/// Takes the snapshot that the host has written into those blocks. \returns a Restore.
MM_EXPORT(mm_restore)(mm::u32 bytes)->mm::u32 {
  return static_cast<mm::u32>(engine.restore(bytes));
}

/// Writes up to `count` levels as price, quantity pairs into the result. \returns how many.
MM_EXPORT(mm_depth)(mm::u32 inst, mm::u32 side, mm::u32 skip, mm::u32 count)->mm::u32 {
  if (count > kResultWords / 2) count = kResultWords / 2;
  return engine.depth(inst, sideOf(side), skip, count, reinterpret_cast<mm::i32*>(result));
}

/// \returns the touch in ticks or kNoPrice.
MM_EXPORT(mm_best)(mm::u32 inst, mm::u32 side)->mm::i32 {
  return engine.best(inst, sideOf(side));
}

/// Writes a PositionResult.
MM_EXPORT(mm_position)(mm::u32 userId, mm::u32 inst)->void {
  answer(engine.position(userId, inst));
}

/// Writes an OrderResult. \returns 0 if the order does not rest.
MM_EXPORT(mm_order)(mm::u32 orderId)->mm::u32 {
  mm::OrderResult order{};
  if (!engine.order(orderId, order)) return 0;
  answer(order);
  return 1;
}

/// Writes the OrderResult of a side of the user's quote. \returns 0 if there is none.
MM_EXPORT(mm_quote)(mm::u32 userId, mm::u32 inst, mm::u32 side)->mm::u32 {
  mm::OrderResult order{};
  if (!engine.quote(userId, inst, sideOf(side), order)) return 0;
  answer(order);
  return 1;
}

/// Writes the OrderResult of the user's next order after `orderId` (0: the first). \returns 0 at
/// the end.
MM_EXPORT(mm_order_after)(mm::u32 userId, mm::u32 orderId)->mm::u32 {
  mm::OrderResult order{};
  if (!engine.orderAfter(userId, orderId, order)) return 0;
  answer(order);
  return 1;
}

/// Writes an InstrumentResult. \returns 0 if there is no such instrument.
MM_EXPORT(mm_instrument)(mm::u32 inst)->mm::u32 {
  mm::InstrumentResult instrument{};
  if (!engine.instrument(inst, instrument)) return 0;
  answer(instrument);
  return 1;
}

/// Writes the state hash, low word first.
MM_EXPORT(mm_state_hash)()->void {
  answer(engine.stateHash());
}

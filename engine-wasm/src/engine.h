/// \file
/// The engine as its hosts see it: commands in, reject codes, events and answers out.
/// Deterministic: the same commands give the same events and the same hash, natively and in
/// WebAssembly. Not thread-safe.

#pragma once

#include "state.h"

namespace mm {

class Engine {
 public:
  static constexpr u32 kDefaultMemoryLimitBytes = 64 * 1024 * 1024;

  /// \param memoryLimitBytes of the native build; WebAssembly's limit is the module's.
  explicit Engine(u32 memoryLimitBytes = kDefaultMemoryLimitBytes) : state_(memoryLimitBytes) {}

  /// Executes one command to its end. Its events and outcome stay readable until the next one.
  /// \returns ok, or why nothing was changed.
  Reject step(const Command& command);

  /// Writes the whole state into the blocks of the events, which are gone then.
  /// \returns its bytes, or 0 if memory is exhausted.
  u32 snapshot();

  /// Makes room for a snapshot of `bytes` in the blocks of the events. \returns false if memory is
  /// exhausted.
  bool makeSnapshotRoom(u32 bytes);

  /// Takes over the state of the snapshot in the blocks of the events.
  Restore restore(u32 bytes);

  /// Steps that commands have walked so far, around 2 ** 32: see Layout::work.
  u32 work() const { return state_.work; }

  const Outcome& outcome() const { return state_.outcome; }
  u32 eventCount() const { return state_.events.count(); }
  const Event& event(u32 i) const { return state_.events.at(i); }

  /// Writes price, quantity pairs of up to `count` levels, best first, after skipping `skip`.
  /// \returns how many levels were written.
  u32 depth(u32 inst, Side side, u32 skip, u32 count, i32* into) const;

  /// \returns kNoPrice if that side is empty or there is no such instrument.
  i32 best(u32 inst, Side side) const;

  /// \returns all zeros for an unknown user or instrument.
  PositionResult position(u32 userId, u32 inst) const;

  /// \returns false for an order that does not rest.
  bool order(u32 orderId, OrderResult& into) const;

  /// The user's oldest resting order with an id above `orderId`, which must be 0 or rest itself.
  bool orderAfter(u32 userId, u32 orderId, OrderResult& into) const;

  /// The resting side of the user's quote. \returns false if there is none.
  bool quote(u32 userId, u32 inst, Side side, OrderResult& into) const;

  bool instrument(u32 inst, InstrumentResult& into) const;

  u64 stateHash() const;

  const State& state() const { return state_; }
  State& state() { return state_; }

 private:
  State state_;
};

}  // namespace mm

/// \file
/// Command records for the mailbox, and wide integers of answers.

#pragma once

#include <cstring>

#include "mm/abi.h"

namespace mm::test {

__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

constexpr u32 kindOf(CommandKind kind) {
  return static_cast<u32>(kind);
}

template <class Record>
Command record(const Record& content) {
  static_assert(sizeof(Record) <= sizeof(Command));
  Command command{};
  std::memcpy(&command, &content, sizeof(Record));
  return command;
}

/// A wide integer out of its words, the lowest first.
template <class... Words>
i128 wide(Words... words) {
  u128 value = 0;
  u32 shift = 0;
  ((value |= u128{words} << shift, shift += 32), ...);
  const u32 rest = 128 - shift;
  return static_cast<i128>(value << rest) >> rest;
}
inline i128 cashOf(const PositionResult& position) {
  return wide(position.cash0, position.cash1, position.cash2, position.cash3);
}
/// In 2 ** -32 of a unit.
inline i128 costOf(const PositionResult& position) {
  return wide(position.cost0, position.cost1, position.cost2, position.cost3);
}
inline i128 unitsOf(const Event& event) {
  return wide(event.units0, event.units1, event.units2);
}
inline i128 markOf(const InstrumentResult& instrument) {
  return wide(instrument.markUnits0, instrument.markUnits1, instrument.markUnits2);
}

template <class Record>
Record as(const Command& command) {
  Record content;
  std::memcpy(&content, &command, sizeof(Record));
  return content;
}

}  // namespace mm::test

/// \file
/// Command records as the mailbox takes them.

#pragma once

#include <cstring>

#include "mm/abi.h"

namespace mm::test {

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

template <class Record>
Record as(const Command& command) {
  Record content;
  std::memcpy(&content, &command, sizeof(Record));
  return content;
}

}  // namespace mm::test

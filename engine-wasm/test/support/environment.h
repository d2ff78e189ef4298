/// \file
/// Settings of a test run.

#pragma once

#include <cstdlib>

#include "mm/abi.h"

namespace mm::test {

inline u32 fromEnvironment(const char* name, u32 otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<u32>(std::strtoul(text, nullptr, 10));
}

}  // namespace mm::test

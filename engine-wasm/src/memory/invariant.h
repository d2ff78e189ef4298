/// \file
/// Assertions that stay on in the shipped build: a violated invariant traps, and the host throws
/// the instance away and rebuilds it from its journal.

#pragma once

namespace mm {

inline void require(bool holds) {
  if (__builtin_expect(!holds, 0)) __builtin_trap();
}

}  // namespace mm

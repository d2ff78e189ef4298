/// \file
/// A 64-bit digest of everything that decides the engine's future, and of nothing else, such as
/// addresses in memory.

#pragma once

#include "state.h"

namespace mm {

u64 stateHash(const State& state);

}  // namespace mm

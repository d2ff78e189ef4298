/// \file
/// The units that an instrument's money is counted in: its grid, and the exact change to finer
/// ones.

#pragma once

#include "state.h"

namespace mm::units {

/// Checks that a grid makes sense. \returns badCommand, or capacity if its tick is above
/// `kMaxTickSize` or its largest price in units needs more than 63 bits.
Reject checkGrid(i64 tickUnits, u32 decimals, i32 minTicks, i32 maxTicks);

/// Whether a tick may have so many units.
bool isTick(i64 tickUnits, u32 decimals);

/// Multiplies every amount of the instrument by 10 ** `moreDecimals`.
void refine(State& state, Instrument& instrument, u32 moreDecimals);

}  // namespace mm::units

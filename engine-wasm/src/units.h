/// \file
/// The units that an instrument's money is counted in: its grid, and the exact change to finer
/// ones.

#pragma once

#include "state.h"

namespace mm::units {

/// Whether a grid makes sense. \returns badCommand, or capacity if its largest price in units would
/// leave no room for arithmetic.
Reject checkGrid(i64 tickUnits, u32 decimals, i32 minTicks, i32 maxTicks);

/// Whether every amount of the instrument times 10 ** `moreDecimals` is still money.
bool canRefine(State& state, Instrument& instrument, u32 moreDecimals);

/// Multiplies every amount of the instrument by 10 ** `moreDecimals`. \pre canRefine.
void refine(State& state, Instrument& instrument, u32 moreDecimals);

}  // namespace mm::units

/// \file
/// One function for each command. It checks the whole record, then every reason for a refusal, and
/// only then changes the state: a refused command has changed nothing.

#pragma once

#include "state.h"

namespace mm::commands {

// orders.cpp
Reject limitOrder(State& state, const LimitOrder& command);
Reject marketOrder(State& state, const MarketOrder& command);
Reject replace(State& state, const Replace& command);

// quotes.cpp
Reject quote(State& state, const Quote& command);

// cancels.cpp
Reject cancel(State& state, const Cancel& command);
Reject cancelInstrument(State& state, const CancelInstrument& command);
Reject cancelAll(State& state, const CancelAll& command);

// host.cpp
Reject addInstrument(State& state, const AddInstrument& command);
Reject setLimits(State& state, const SetLimits& command);
Reject halt(State& state, const Halt& command);
Reject pullQuotes(State& state, const PullQuotes& command);
Reject setTick(State& state, const SetTick& command);
Reject retire(State& state, const Retire& command);

// settlement.cpp
Reject settle(State& state, const Settle& command);
Reject resettle(State& state, const Resettle& command);

}  // namespace mm::commands

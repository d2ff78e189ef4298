/** Mistakes in the commands of the host: instruments, limits, halts, and a new tick. */

const file = "src/commands/host.cpp";

/** @type {import("./mutation.d.ts").Mutation[]} */
export const host = [
  {
    name: "option-on-a-settled-underlying",
    thought: "The host knows what is settled.",
    file,
    before: "  if (underlying->settled) return Reject::settled;\n",
    after: "",
    test: "settlement_test",
  },
  {
    name: "option-on-an-option",
    thought: "Anything can be an underlying.",
    file,
    before: "if (underlying == nullptr || underlying->kind != InstrumentKind::scalar) {",
    after: "if (underlying == nullptr) {",
    test: "malformed_test",
  },
  {
    name: "last-instrument-is-one-too-many",
    thought: "The table's size is out of range.",
    file,
    before: "command.inst > kMaxInstruments",
    after: "command.inst >= kMaxInstruments",
    test: "malformed_test",
  },
  {
    name: "largest-limit-is-refused",
    thought: "The largest value is out of range.",
    file,
    before: "command.maxPosition > kMaxPosition",
    after: "command.maxPosition >= kMaxPosition",
    test: "limits_test",
  },
  {
    name: "fresh-memory-is-zero",
    thought: "Memory that nobody has used is empty.",
    file,
    before: "    user->clear();\n",
    after: "",
    test: "capacity_test",
  },
  {
    name: "settled-instrument-can-be-halted",
    thought: "Nothing trades there anyway.",
    file,
    before: `  if (instrument->settled) return Reject::settled;
  instrument->halted`,
    after: "  instrument->halted",
    test: "settlement_test",
  },
  {
    name: "pull-without-room",
    thought: "There is room for a book.",
    file,
    before: `if (!state.events.reserve(orders)) return Reject::capacity;
  book::cancelAll(state, *instrument, CancelReason::pulled);
  state.outcome`,
    after: `if (!state.events.reserve(1)) return Reject::capacity;
  book::cancelAll(state, *instrument, CancelReason::pulled);
  state.outcome`,
    test: "capacity_test",
  },
  {
    name: "new-tick-without-room",
    thought: "There is room for a book.",
    file,
    before: `if (!state.events.reserve(orders)) return Reject::capacity;
  book::cancelAll(state, *instrument, CancelReason::pulled);
  instrument->`,
    after: `if (!state.events.reserve(1)) return Reject::capacity;
  book::cancelAll(state, *instrument, CancelReason::pulled);
  instrument->`,
    test: "capacity_test",
  },
  {
    name: "new-tick-keeps-the-orders",
    thought: "Prices are in ticks, and ticks they stay.",
    file,
    before: `  book::cancelAll(state, *instrument, CancelReason::pulled);
  instrument->lastTicks`,
    after: "  instrument->lastTicks",
    test: "tick_test",
  },
  {
    name: "tick-needs-more-decimals",
    thought: "A new tick is a finer one.",
    file,
    before: "command.decimals < instrument->decimals",
    after: "command.decimals <= instrument->decimals",
    test: "tick_test",
  },
  {
    name: "last-price-on-the-old-decimals",
    thought: "The last price is moved by the ratio of the ticks.",
    file,
    before: "lastOnGrid(*instrument, powerOfTen(moreDecimals), tickUnits)",
    after: "lastOnGrid(*instrument, 1, tickUnits)",
    test: "tick_test",
  },
  {
    name: "last-price-is-rounded",
    thought: "Near enough is good enough for a last price.",
    file,
    before: "units % tick != 0 || ",
    after: "",
    test: "tick_test",
  },
  {
    name: "last-price-past-the-range",
    thought: "A finer tick still has the price.",
    file,
    before: " || units / tick > u64{kMaxTicks}",
    after: "",
    test: "tick_test",
  },
  {
    name: "last-price-loses-its-sign",
    thought: "Prices are positive.",
    file,
    before: "return instrument.lastTicks < 0 ? -moved : moved;",
    after: "return moved;",
    test: "tick_test",
  },
  {
    name: "decimals-short-of-the-most",
    thought: "The most is out of range.",
    file: "src/accounts/units.cpp",
    before: "decimals > kMaxDecimals",
    after: "decimals >= kMaxDecimals",
    test: "tick_test",
  },
  {
    name: "range-of-one-price-is-none",
    thought: "A range has two ends.",
    file: "src/accounts/units.cpp",
    before: "if (minTicks > maxTicks ||",
    after: "if (minTicks >= maxTicks ||",
    test: "tick_test",
  },
  {
    name: "largest-price-is-the-highest",
    thought: "Nothing is larger than the highest price.",
    file: "src/accounts/units.cpp",
    before: "static_cast<u32>(larger(magnitude(i64{minTicks}), magnitude(i64{maxTicks})))",
    after: "static_cast<u32>(magnitude(i64{maxTicks}))",
    test: "tick_test",
  },
  {
    name: "retired-number-is-not-free",
    thought: "Numbers are given once.",
    file,
    before: "  if (!isNext && !isFree) return Reject::badCommand;\n",
    after: "  if (!isNext) return Reject::badCommand;\n",
    test: "retire_test",
  },
  {
    name: "underlying-retires-before-its-options",
    thought: "Who retires a round retires all of it.",
    file,
    before: "  if (hasOptions(state, command.inst)) return Reject::badCommand;\n",
    after: "",
    test: "retire_test",
  },
  {
    name: "holdings-outlive-their-instrument",
    thought: "The next instrument of the number begins with its first trade.",
    file,
    before: "user != nullptr) user->position(command.inst) = {};",
    after: "user != nullptr) user->position(command.inst).qty = 0;",
    test: "retire_test",
  },
];

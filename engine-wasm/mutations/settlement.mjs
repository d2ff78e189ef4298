/** Mistakes at the end of an instrument: payoffs, rounding, units, order of events. */

const file = "src/commands/settlement.cpp";

/** @type {import("./mutation.d.ts").Mutation[]} */
export const settlement = [
  {
    name: "calls-can-owe",
    thought: "A call pays the price over the strike.",
    file,
    before: "return underlying > strike ? underlying - strike : 0;",
    after: "return underlying - strike;",
    test: "settlement_test",
  },
  {
    name: "puts-pay-like-calls",
    thought: "An option pays its distance from the strike, upwards.",
    file,
    before: "return strike > underlying ? strike - underlying : 0;",
    after: "return underlying > strike ? underlying - strike : 0;",
    test: "settlement_test",
  },
  {
    name: "coarse-value-in-fine-units",
    thought: "A value is in the instrument's units.",
    file,
    before: "i128{value} * powerOfTen(instrument.decimals - decimals);",
    after: "i128{value};",
    test: "settlement_test",
  },
  {
    name: "settled-in-the-old-units",
    thought: "The book is closed, units no longer matter.",
    file,
    before: "    units::refine(state, instrument, decimals - instrument.decimals);\n",
    after: "    instrument.decimals = decimals;\n",
    test: "settlement_test",
  },
  {
    name: "settles-what-is-settled",
    thought: "All options of the underlying settle.",
    file,
    before: "    if (instrument.settled) continue;\n",
    after: "",
    test: "settlement_test",
  },
  {
    name: "pays-while-orders-rest",
    thought: "One instrument after the other.",
    file,
    before: `CancelReason::settled);
  });
  visitSettled(state, command.inst, [&](Instrument& instrument) {
    mark`,
    after: `CancelReason::settled);
    mark`,
    test: "settlement_test",
  },
  {
    name: "settlement-looks-pulled",
    thought: "The host takes the orders out.",
    file,
    before: "CancelReason::settled);",
    after: "CancelReason::pulled);",
    test: "settlement_test",
  },
  {
    name: "no-room-for-the-mark",
    thought: "Orders and payouts are all the events.",
    file,
    before: "book::orderCount(instrument) + 1 + holders",
    after: "book::orderCount(instrument) + holders",
    test: "capacity_test",
  },
  {
    name: "no-room-for-payouts",
    thought: "There are few players.",
    file,
    before: ".*held != 0) ++holders;",
    after: ".*held != 0) holders = 1;",
    test: "capacity_test",
  },
  {
    name: "marks-in-64-bits",
    thought: "A mark is a price.",
    file,
    before: "const i128 underlying = i128{value} * powerOfTen",
    after:
      "const i128 underlying = static_cast<i64>(static_cast<u64>(value)) * i64{1} * powerOfTen",
    test: "settlement_test",
  },
  {
    name: "payouts-of-two-words",
    thought: "Nobody is paid more than 64 bits.",
    file,
    before: "event.units2 = wordOf(units, 2);",
    after: "event.units2 = 0;",
    test: "settlement_test",
  },
  {
    name: "values-of-any-size",
    thought: "Money has room for any.",
    file,
    before: "return isExact(value) ? Reject::ok : Reject::capacity;",
    after: "return Reject::ok;",
    test: "settlement_test",
  },
  {
    name: "corrects-what-is-open",
    thought: "The host may settle with any command.",
    file,
    before: "  if (!target->settled && phase == Phase::settled) return Reject::badCommand;\n",
    after: "",
    test: "settlement_test",
  },
  {
    name: "pays-a-correction-on-top",
    thought: "A corrected position is paid.",
    file: "src/accounts/position.h",
    before: "(mark - formerMark) * settledQty",
    after: "mark * settledQty",
    test: "settlement_test",
  },
  {
    name: "corrections-leave-options",
    thought: "An option has its own mark.",
    file,
    before: "instrument.underlying == target && instrument.settledWithUnderlying",
    after: "instrument.underlying == target && instrument.settledWithUnderlying && false",
    test: "settlement_test",
  },
  {
    name: "corrections-take-every-option",
    thought: "All options of the underlying follow.",
    file,
    before: "instrument.settledWithUnderlying = instrument.inst != command.inst;",
    after: "instrument.settledWithUnderlying = instrument.underlying != 0;",
    test: "settlement_test",
  },
  {
    name: "former-mark-in-coarse-units",
    thought: "Only prices and money are refined.",
    file: "src/accounts/units.cpp",
    before: "  instrument.markUnits *= factor;\n",
    after: "",
    test: "settlement_test",
  },
];

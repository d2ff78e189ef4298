/** Mistakes at the end of an instrument: payoffs, rounding, units, order of events. */

const file = "src/settlement.cpp";

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
    before: "  if (!scaleMoney(underlying, powerOfTen(common - decimals))) return false;\n",
    after: "",
    test: "settlement_test",
  },
  {
    name: "fine-value-against-a-coarse-strike",
    thought: "The strike is in the value's units.",
    file,
    before: "  if (!scaleMoney(strike, powerOfTen(plan.moreDecimals))) return false;\n",
    after: "",
    test: "settlement_test",
  },
  {
    name: "settled-in-the-old-units",
    thought: "The book is closed, units no longer matter.",
    file,
    before: "  units::refine(state, instrument, plan.moreDecimals);\n",
    after: "",
    test: "settlement_test",
  },
  {
    name: "payment-checked-for-one-contract",
    thought: "The mark is what is paid.",
    file,
    before: "static_cast<u32>(magnitude(position.qty))",
    after: "1",
    test: "settlement_test",
  },
  {
    name: "balance-checked-in-the-old-units",
    thought: "Cash is cash.",
    file,
    before: "    if (!scaleMoney(cash, factor)) return false;\n",
    after: "    static_cast<void>(factor);\n",
    test: "settlement_test",
  },
  {
    name: "balance-checked-the-wrong-way",
    thought: "Shorts are paid.",
    file,
    before: "position.qty < 0 ? cash - payment : cash + payment",
    after: "position.qty < 0 ? cash + payment : cash - payment",
    test: "settlement_test",
  },
  {
    name: "settles-what-is-settled",
    thought: "All options of the underlying settle.",
    file,
    before: "instrument.underlying == command.inst && !instrument.settled;",
    after: "instrument.underlying == command.inst;",
    test: "settlement_test",
  },
  {
    name: "pays-while-orders-rest",
    thought: "One instrument after the other.",
    file,
    before: `CancelReason::settled);
  }
  for (u32 i = 0; i < planCount; ++i) pay(state, plans[i]);`,
    after: `CancelReason::settled);
    pay(state, plans[i]);
  }`,
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
    before: "book::orderCount(instrument) + 1 + payouts",
    after: "book::orderCount(instrument) + payouts",
    test: "capacity_test",
  },
  {
    name: "no-room-for-payouts",
    thought: "There are few players.",
    file,
    before: "    ++payouts;\n",
    after: "    payouts = 1;\n",
    test: "capacity_test",
  },
];

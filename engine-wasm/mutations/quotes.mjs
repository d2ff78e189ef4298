/** Mistakes in two-sided quotes. */

const file = "src/commands/quotes.cpp";

/** @type {import("./mutation.d.ts").Mutation[]} */
export const quotes = [
  {
    name: "unchanged-side-loses-its-place",
    thought: "Only a decrease keeps its place, as with replace.",
    file,
    before: "price == price && qty <= order.leaves && qty != 0",
    after: "price == price && qty < order.leaves && qty != 0",
    test: "quote_test",
  },
  {
    name: "grown-side-keeps-its-place",
    thought: "Same price, same place.",
    file,
    before: "price == price && qty <= order.leaves && qty != 0",
    after: "price == price && qty != 0",
    test: "quote_test",
  },
  {
    name: "moved-side-keeps-its-place",
    thought: "No more quantity, same place.",
    file,
    before: "state.level(order.level).price == price && qty <= order.leaves",
    after: "qty <= order.leaves",
    test: "quote_test",
  },
  {
    name: "replaced-side-counts-as-another-order",
    thought: "A side is an order.",
    file,
    before: "(side.wanted() ? 1 : 0) - (side.resting ? 1 : 0)",
    after: "(side.wanted() ? 1 : 0)",
    test: "quote_test",
  },
  {
    name: "locked-quote-is-taken",
    thought: "Bid and ask at one price do not cross.",
    file,
    before: "sides[0].price >= sides[1].price",
    after: "sides[0].price > sides[1].price",
    test: "quote_test",
  },
  {
    name: "lowered-limits-catch-a-kept-side",
    thought: "Every side is checked.",
    file,
    before: `    if (!side.wanted() || side.keepsPlace) continue;
    const Reject reject = risk::checkLimits`,
    after: `    if (!side.wanted()) continue;
    const Reject reject = risk::checkLimits`,
    test: "quote_test",
  },
  {
    name: "quote-s-old-rest-counts",
    thought: "The new side is added to what works.",
    file,
    before: "side.price, side.qty, side.restingQty};",
    after: "side.price, side.qty, 0};",
    test: "quote_test",
  },
  {
    name: "old-side-is-in-the-way",
    thought: "One side after the other.",
    file,
    before: `  for (const QuoteSide& side : sides) makeWay(state, *instrument, *user, side);
  for (const QuoteSide& side : sides) {
`,
    after: `  for (const QuoteSide& side : sides) {
    makeWay(state, *instrument, *user, side);
`,
    test: "quote_test",
  },
  {
    name: "pulled-sides-are-not-counted",
    thought: "The event says it.",
    file,
    before: "    ++state.outcome.cancelled;\n",
    after: "",
    test: "quote_test",
  },
  {
    name: "one-sided-quote-ignores-a-halt",
    thought: "Half a quote is a cancel.",
    file,
    before: "if (command.bidQty != 0 || command.askQty != 0) {",
    after: "if (command.bidQty != 0 && command.askQty != 0) {",
    test: "halt_test",
  },
  {
    name: "quotes-are-plain-orders",
    thought: "An order is an order.",
    file,
    before: "side.price, side.qty, Order::kQuote);",
    after: "side.price, side.qty, 0);",
    test: "quote_test",
  },
  {
    name: "quote-reports-one-side-without-room",
    thought: "One event a command.",
    file,
    before: "kOtherEvents = 2;",
    after: "kOtherEvents = 1;",
    test: "capacity_test",
  },
  {
    name: "quote-rests-one-side-without-room",
    thought: "One order a command.",
    file,
    before: "!book::reserve(state, 2)",
    after: "!book::reserve(state, 1)",
    test: "capacity_test",
  },
  {
    name: "quote-takes-one-id",
    thought: "One id a command.",
    file,
    before: "state.nextOrderId > ~u32{0} - 2",
    after: "state.nextOrderId > ~u32{0} - 1",
    test: "capacity_test",
  },
];

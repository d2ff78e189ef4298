/** Mistakes in cancels by their owner. */

const file = "src/commands/cancels.cpp";

/** @type {import("./mutation.d.ts").Mutation[]} */
export const cancels = [
  {
    name: "anybody-cancels",
    thought: "Who knows the id owns the order.",
    file,
    before: "if (!ref || state.orders[ref].userId != command.userId) return Reject::noSuchOrder;",
    after: "if (!ref) return Reject::noSuchOrder;",
    test: "cancel_test",
  },
  {
    name: "cancelled-order-had-filled-nothing",
    thought: "It is cancelled, so it is not filled.",
    file,
    before: "{order.id, order.filled, 0, static_cast",
    after: "{order.id, 0, 0, static_cast",
    test: "cancel_test",
  },
  {
    name: "cancel-in-an-instrument-takes-all",
    thought: "The user wants out.",
    file,
    before: "return order.inst == command.inst; });",
    after: "return order.inst != 0; });",
    test: "cancel_test",
  },
  {
    name: "bids-for-asks",
    thought: "Bit 1 is side 1.",
    file,
    before: "command.sides >> index(order.side()) & 1",
    after: "command.sides >> index(opposite(order.side())) & 1",
    test: "cancel_test",
  },
  {
    name: "newest-first",
    thought: "The newest order is at the head.",
    file,
    before: `  for (Ref<Order> ref = user.oldest; ref;) {
    const Ref<Order> next = state.orders[ref].newer;`,
    after: `  for (Ref<Order> ref = user.newest; ref;) {
    const Ref<Order> next = state.orders[ref].older;`,
    test: "cancel_test",
  },
  {
    name: "mass-cancel-without-room",
    thought: "There is room for what a user may have open.",
    file,
    before:
      "  if (!state.events.reserve(static_cast<u32>(user.openOrders))) return Reject::capacity;\n",
    after: "  if (!state.events.reserve(1)) return Reject::capacity;\n",
    test: "capacity_test",
  },
];

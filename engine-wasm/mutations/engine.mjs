/** Mistakes in the engine's calls: commands and questions. */

const file = "src/engine.cpp";

/** @type {import("./mutation.d.ts").Mutation[]} */
export const engine = [
  {
    name: "events-of-the-command-before",
    thought: "Commands clear what they write.",
    file,
    before: `Reject Engine::step(const Command& command) {
  state_.events.clear();`,
    after: "Reject Engine::step(const Command& command) {",
    test: "limit_test",
  },
  {
    name: "outcome-of-the-command-before",
    thought: "A refused command has no outcome.",
    file,
    before: `  state_.outcome = {};
  return dispatch(state_, command);`,
    after: "  return dispatch(state_, command);",
    test: "ioc_fok_test",
  },
  {
    name: "one-level-too-many",
    thought: "Up to and with the count.",
    file,
    before: "ref && written < count;",
    after: "ref && written <= count;",
    test: "queries_test",
  },
  {
    name: "skipped-levels-count",
    thought: "Skipping is part of the walk.",
    file,
    before: "      --skip;\n      continue;",
    after: "      --skip;\n      ++written;\n      continue;",
    test: "queries_test",
  },
  {
    name: "orders-of-others-are-told",
    thought: "The order before is the user's own.",
    file,
    before: "if (!previous || state_.orders[previous].userId != userId) return false;",
    after: "if (!previous) return false;",
    test: "queries_test",
  },
  {
    name: "best-of-the-other-side",
    thought: "The best price is the one to trade with.",
    file,
    before: "book::best(*instrument, side);\n  return level ?",
    after: "book::best(*instrument, opposite(side));\n  return level ?",
    test: "limit_test",
  },
];

/** Mistakes in what hosts call: single commands, batches, questions. */

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
    name: "batch-keeps-an-old-outcome",
    thought: "Nobody reads outcomes of a batch.",
    file,
    before: `    state_.outcome = {};
    const Reject reject`,
    after: "    const Reject reject",
    test: "batch_test",
  },
  {
    name: "batch-counts-all-events",
    thought: "The buffer knows how many.",
    file,
    before: "events.count() - before}",
    after: "events.count()}",
    test: "batch_test",
  },
  {
    name: "batch-refuses-for-others-events",
    thought: "Refused is refused.",
    file,
    before: "    if (reject == Reject::capacity && before != 0) return done;\n",
    after: "",
    test: "batch_test",
  },
  {
    name: "batch-never-gets-past-a-refusal",
    thought: "Whatever memory refuses is tried again.",
    file,
    before: "if (reject == Reject::capacity && before != 0) return done;",
    after: "if (reject == Reject::capacity) return done;",
    test: "batch_test",
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

/** The first step of a round: players read there what the game is. */

import { expect, test } from "vitest";
import { SeededStream } from "../dealing/random.ts";
import { formats } from "./all.ts";

/** Games that begin with their question: the steps after it say what to do. */
const asking = new Set(["quiz", "width"]);

test.each(formats.map((one) => [one.id, one] as const))(
  "%s begins with its explanation, or with its question",
  (id, { plan, seats }) => {
    const { deal, explanation } = plan({});
    const [first] = deal(new SeededStream("ab".repeat(32)), Math.max(3, seats.min)).script;
    expect(first!.kind).toBe("brief");
    if (asking.has(id)) expect(first!.text).toMatch(/\?/);
    else expect(first!.text).toContain(explanation);
  },
);

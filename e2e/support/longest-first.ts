/** Order of the test files: a fresh machine remembers no times, so the files that take longest are named here. */

import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The longest first; the others follow by their size. */
const longest = [
  "abuse",
  "refusals",
  "journey",
  "round-kills",
  "certify",
  "many-rooms",
  "network",
  "crash",
  "restart",
  "kill-points",
  "hostile",
  "disk",
  "backup",
  "long-session",
  "round",
  "seats",
  "reload",
  "projector",
  "slow-reader",
].map((name) => `/${name}.test.ts`);

function rank({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((end) => moduleId.endsWith(end));
  return at < 0 ? longest.length : at;
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

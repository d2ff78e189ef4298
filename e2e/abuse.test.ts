/**
 * R10: no client, known or not, hurts anybody else. Each attack runs against its own server on the documented machine,
 * beside a room that behaves well. `SECONDS` says how long each attack lasts; from five on all attacks run, not only
 * the first of each kind. `npm run abuse` is the long proof.
 * No times are asserted, for other things run on this machine: they are printed.
 */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bounds } from "./abuse/bounds.ts";
import { Course, type AttackResult } from "./abuse/course.ts";
import { kinds } from "./abuse/kinds.ts";

const seconds = Number(process.env["SECONDS"] ?? 0.3);
const quietSeconds = Math.min(10, seconds / 2);
/** `npm test` has time for the first of each kind only. */
const isLong = seconds >= 5;
const mostInShort = 5;

describe.each(Object.entries(kinds))("%s", (name, kind) => {
  let course: Course;
  const outcomes: AttackResult[] = [];

  beforeAll(async () => {
    course = await Course.open(name, kind);
  });
  afterAll(async () => {
    await course.close();

    console.log(table(name, outcomes));
  });

  test.each(isLong ? kind.attacks : kind.attacks.slice(0, mostInShort))(
    "$name",
    async (attack) => {
      const outcome = await course.run(attack, seconds, quietSeconds);
      outcomes.push(outcome);
      expect(course.server.isRunning).toBe(true);
      await course.good.expectWhole();
      await kind.after?.(course.good);
      expect(outcome.acts).toBeGreaterThanOrEqual(attack.least ?? 1);
      expect(outcome.peakBytes).toBeGreaterThan(0);
      expect(outcome.peakBytes).toBeLessThan(bounds.memoryBytes);
      expect(outcome.diskBytes).toBeLessThan(bounds.diskBytes + seconds * bounds.diskBytesPerSec);
      expect(outcome.logBytes).toBeLessThan(bounds.logBytes);
    },
    seconds * 2_000 + 240_000,
  );
});

function table(name: string, outcomes: readonly AttackResult[]): string {
  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  const ms = ({ p50, p99 }: AttackResult["quiet"]) => `${p50.toFixed(1)}/${p99.toFixed(1)}`;
  const rows = outcomes.map((one) => [
    ...[one.attack, String(one.acts), ms(one.quiet), ms(one.attacked)],
    `${(one.attacked.p99 / one.quiet.p99).toFixed(1)}x`,
    ...[mib(one.peakBytes), mib(one.diskBytes), (one.logBytes / 1_024).toFixed(1)],
  ]);
  const head = ["acts", "quiet p50/p99 ms", "attacked", "ratio", "peak MiB", "disk MiB", "log KiB"];
  return [[name, ...head], ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

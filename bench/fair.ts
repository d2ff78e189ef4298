/**
 * Measures what it takes to count the fair values of a step: of all instruments, to somebody who knows the table, a hand, or
 * all hands. The contract allows 5 ms at a time. Each game has a process of its own: the listing and the first count of it,
 * which no compiler has seen, then the median and the longest of many.
 */

import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { knownIn } from "#game/dealing/deal.ts";
import { SeededStream } from "#game/dealing/random.ts";
import { formatOf } from "#game/formats/all.ts";
import { listingsOf, valuesOf } from "#game/rounds/listing.ts";
import { median, table } from "./statistics.ts";

const cases = [
  { id: "card_sum", seats: 20, params: {} },
  { id: "card_sum", seats: 12, params: {} },
  { id: "card_sum", seats: 20, params: { cards_each: 10, table: 0, signed: true } },
  { id: "card_sum", seats: 60, params: {} },
  { id: "seventeen", seats: 14, params: {} },
  { id: "seventeen", seats: 6, params: {} },
  { id: "suits", seats: 12, params: {} },
  { id: "suits", seats: 6, params: {} },
  { id: "dice", seats: 20, params: {} },
  { id: "dice", seats: 20, params: { faces: 100, dice_each: 10 } },
  { id: "walk", seats: 20, params: {} },
  { id: "parity", seats: 20, params: {} },
  { id: "goal_suit", seats: 5, params: {} },
];
type Case = (typeof cases)[number];
const times = 50;

interface Spent {
  listing: number;
  first: number;
  median: number;
  most: number;
}

const timed = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

function measured({ id, seats, params }: Case): Spent {
  const dealt = formatOf(id)
    ?.plan(params)
    .deal(new SeededStream("ab".repeat(32)), seats);
  if (dealt === undefined) throw new Error(`There is no format ${id}.`);
  const listing = timed(() => listingsOf(dealt));
  const listings = listingsOf(dealt);
  const all = Array.from({ length: seats }, (_, seat) => seat);
  const turned = dealt.deal.table.length > 0 ? 1 : 0;
  const knowns = [[], [0], all].map((hands) => knownIn(dealt.deal, turned, hands));
  const spent = Array.from({ length: times }, () =>
    knowns.map((known) => timed(() => valuesOf(dealt, listings, known))),
  );
  const [first = [], ...later] = spent;
  return {
    ...{ listing, first: Math.max(...first) },
    ...{ median: median(later.flat()), most: Math.max(...later.flat()) },
  };
}

export function benchFair(): void {
  const rows: (string | number)[][] = [
    ["values of a step, ms", "seats", "listing", "first", "median", "most"],
  ];
  for (const one of cases) {
    const words = ["--no-warnings", fileURLToPath(import.meta.url), JSON.stringify(one)];
    const spent = JSON.parse(execFileSync(process.execPath, words, { encoding: "utf8" })) as Spent;
    const params = Object.entries(one.params).map(([name, value]) => `${name} ${value}`);
    const name = [one.id, ...params].join(", ");
    rows.push([name, one.seats, spent.listing, spent.first, spent.median, spent.most]);
  }
  console.log(table(rows));
}

const [file, asked] = process.argv.slice(1);
if (file === fileURLToPath(import.meta.url))
  console.log(JSON.stringify(measured(JSON.parse(asked ?? "{}") as Case)));

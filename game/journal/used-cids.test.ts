/** Cids that a user's room remembers, whatever the outcome of the older ones. */

import { expect, test } from "vitest";
import { limits } from "#protocol";
import { UsedCids } from "./used-cids.ts";

const most = limits.cidsRemembered;

function used(count: number): UsedCids {
  const cids = new UsedCids();
  for (let n = 1; n <= count; n++) cids.use(`c${n}`, n);
  return cids;
}

test("the last ones are remembered with their rows, in the order of use, and no older one", () => {
  const count = 2 * most + 17;
  const cids = used(count);
  const seen: [string, number][] = [];
  cids.forEach((cid, n) => seen.push([cid, n]));
  expect(seen).toEqual(
    Array.from({ length: most }, (_, index) => {
      const n = count - most + 1 + index;
      return [`c${n}`, n];
    }),
  );
  expect(cids.size).toBe(most);
  expect(cids.row(`c${count - most}`)).toBeUndefined();
  expect(cids.row(`c${count - most + 1}`)).toBe(count - most + 1);
});

test("a cid that is used again takes no place of another", () => {
  const cids = used(most);
  cids.use("c5", most + 1);
  expect(cids.row("c5")).toBe(most + 1);
  expect(cids.row("c1")).toBe(1);
  cids.use("new", most + 2);
  expect(cids.row("c1")).toBeUndefined();
  expect(cids.row("c2")).toBe(2);
});

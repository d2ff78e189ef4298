import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

const tenASecond = { perSec: 10, burst: 10 };

test("a bucket lets one large thing through, and makes wait for it", () => {
  const bucket = new TokenBucket(tenASecond, 0);
  expect(bucket.take(0, 25)).toBe(true);
  expect(bucket.take(1_500)).toBe(false);
  expect(bucket.take(1_600)).toBe(true);
  bucket.charge(1_000);
  expect(bucket.take(2_600)).toBe(false);
  expect(bucket.take(2_700)).toBe(true);
});

test("a bucket's debt is one full bucket, or as much as is said", () => {
  const bucket = new TokenBucket(tenASecond, 0);
  bucket.charge(1_000);
  expect(bucket.left(0)).toBe(-10);
  bucket.charge(1_000, 100);
  expect(bucket.left(0)).toBe(-100);
  expect(bucket.take(10_000)).toBe(false);
  expect(bucket.take(10_100)).toBe(true);
});

test("a bucket begins with as much as is said", () => {
  const bucket = new TokenBucket({ ...tenASecond, atFirst: 3 }, 0);
  expect(bucket.tokens).toBe(3);
  expect(bucket.left(200)).toBe(5);
});

test("a share of the rate fills a share of the bucket, and one token at least", () => {
  const bucket = new TokenBucket({ ...tenASecond, atFirst: 0 }, 0);
  expect(bucket.left(200, 1 / 2)).toBe(1);
  expect(bucket.left(10_000, 1 / 2)).toBe(5);
  expect(bucket.left(20_000, 1 / 64)).toBe(1);
});

test("a clock that runs backwards adds nothing", () => {
  const bucket = new TokenBucket({ ...tenASecond, atFirst: 1 }, 1_000);
  expect(bucket.left(0)).toBe(1);
  expect(bucket.left(100)).toBe(2);
});

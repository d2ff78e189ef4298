/** Reading frames: what is a request, and what is said of what is none. */

import { describe, expect, test } from "vitest";
import { errorText, limits, parseRequest, requestSchemas } from "./index.ts";

const order = { op: "order_new", inst: 1, side: "buy", qty: 1, price: 100 };
const read = (raw: unknown) => parseRequest(JSON.stringify(raw));

describe("a frame that is no request", () => {
  test.each([
    ["nothing", ""],
    ["NUL", "\0"],
    ["broken JSON", '{"op":"ping"'],
    ["JSON with a comment", '{"op":"ping"}//'],
    ["NaN", '{"op":"order_new","inst":1,"side":"buy","qty":NaN,"price":1}'],
    ["an array", '[{"op":"ping"}]'],
    ["null", "null"],
    ["a string", '"ping"'],
    ["a number", "7"],
    ["no op", "{}"],
    ["an op that is a number", '{"op":1}'],
    ["depth 10,000", `${"[".repeat(10_000)}${"]".repeat(10_000)}`],
    ["a price that is infinite", '{"op":"order_new","inst":1,"side":"buy","qty":1,"price":1e999}'],
  ])("%s", (_what, frame) => {
    expect(parseRequest(frame)).toMatchObject({ ok: false, code: "BAD_REQUEST" });
  });

  test.each(["nope", "", "__proto__", "constructor", "toString", "hasOwnProperty", "ORDER_NEW"])(
    "op %j is unknown",
    (op) => {
      expect(read({ op, cid: "c" })).toMatchObject({ ok: false, code: "UNKNOWN_OP", op, cid: "c" });
    },
  );

  test("a long op is not echoed whole", () => {
    const answer = read({ op: "x".repeat(10_000) });
    expect(answer).toMatchObject({ ok: false, op: "x".repeat(40) });
    expect(JSON.stringify(answer).length).toBeLessThan(400);
  });
});

describe("a field of the wrong type", () => {
  const wrong = ["x", true, {}, [], [1]];
  test.each(["inst", "qty", "price"])("%s must be a number", (field) => {
    for (const value of [...wrong, "5"])
      expect(read({ ...order, [field]: value }), JSON.stringify(value)).toMatchObject({
        ok: false,
        code: "BAD_REQUEST",
        op: "order_new",
        message: expect.stringContaining(`\`${field}\``),
      });
  });

  test("an id must be a whole number that is exact", () => {
    for (const inst of [-1, 1.5, 2 ** 53, 1e300])
      expect(read({ ...order, inst }), String(inst)).toMatchObject({ ok: false });
  });

  test("a choice must be one of the list, in its very letters", () => {
    for (const fields of [{ side: "BUY" }, { side: "" }, { tif: "gfd" }, { type: "stop" }])
      expect(read({ ...order, ...fields })).toMatchObject({ ok: false, code: "BAD_REQUEST" });
  });

  test("a cid must be 1 to 64 printable characters", () => {
    for (const cid of ["", "x".repeat(65), "a\nb", "a\u0000", "a\u202Eb", "a\u200Bb", 7, {}])
      expect(read({ ...order, cid }), JSON.stringify(cid)).toMatchObject({ ok: false, cid: null });
    for (const cid of ["a", "x".repeat(64), "ä-1", "a b"])
      expect(read({ ...order, cid })).toMatchObject({ ok: true, request: { cid } });
  });
});

describe("a request", () => {
  test("may hold nulls, which count as absent, and unknown fields, which count for nothing", () => {
    const answer = read({ ...order, tif: null, cid: null, post_only: null, more: [1], type: null });
    expect(answer).toEqual({ ok: true, request: order });
  });

  test("reads the same whatever the order of its fields", () => {
    const [one, other] = [order, Object.fromEntries(Object.entries(order).reverse())].map(read);
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  test("can't reach the prototype of anything", () => {
    const frame =
      '{"op":"ping","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    const answer = parseRequest(frame);
    expect(answer).toEqual({ ok: true, request: { op: "ping" } });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(parseRequest('{"__proto__":{"op":"ping"}}')).toMatchObject({ ok: false });
  });

  test("with a key twice is read by its last", () => {
    expect(parseRequest('{"op":"nope","op":"ping"}')).toEqual({
      ok: true,
      request: { op: "ping" },
    });
  });

  test("exists for every op of the schemas", () => {
    for (const [op, schema] of Object.entries(requestSchemas))
      expect(schema.entries.op.literal).toBe(op);
  });
});

test("every error code has a sentence", () => {
  for (const sentence of Object.values(errorText)) expect(sentence).toMatch(/^[A-Z].{8,}\.$/);
});

test("the list of order ids to cancel is bounded", () => {
  const order_ids = Array.from({ length: limits.maxOpenOrders + 1 }, (_, id) => id);
  expect(read({ op: "cancel_inst", inst: 1, order_ids })).toMatchObject({ ok: false });
});

test("what a ping brings along is short: it is sent back, and a deep one would break the room's JSON", () => {
  const ping = (timestamp: unknown) => read({ op: "ping", timestamp });
  for (const timestamp of [0, 1_700_000_000_000.5, "2026-01-01T00:00:00Z"])
    expect(ping(timestamp)).toEqual({ ok: true, request: { op: "ping", timestamp } });
  for (const timestamp of ["x".repeat(65), {}, [], true])
    expect(ping(timestamp)).toMatchObject({ ok: false, code: "BAD_REQUEST" });
  const deep = `{"op":"ping","timestamp":${"[".repeat(8_000)}${"]".repeat(8_000)}}`;
  expect(parseRequest(deep)).toMatchObject({ ok: false, code: "BAD_REQUEST", op: "ping" });
});

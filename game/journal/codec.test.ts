/** Entries as bytes: every entry comes back the same, and the frequent ones are short. */

import { describe, expect, test } from "vitest";
import { errorText, messageSchemas, requestSchemas, type ErrorCode, type Message } from "#protocol";
import { decodeBatch, encodeBatch } from "./codec.ts";
import { replyShapes, requestShapes } from "./shapes.ts";
import type { JournalEntry } from "./entry.ts";
import { playRandomGame } from "../testing/random-game.ts";

const { entries } = playRandomGame(11, 2_000).room.journal;
const bytesOf = (some: readonly JournalEntry[]) => encodeBatch(some).length;

test("a random game comes back, in batches of any size", () => {
  for (const size of [1, 7, 500]) {
    const back: JournalEntry[] = [];
    for (let at = 0; at < entries.length; at += size)
      back.push(...decodeBatch(encodeBatch(entries.slice(at, at + size))));
    expect(back).toEqual(entries);
  }
});

test("an order with its reply takes less than a third of its JSON", () => {
  const orders = entries.filter(({ input }) => input.op === "order_new");
  expect(orders.length).toBeGreaterThan(300);
  const json = orders.reduce((sum, entry) => sum + JSON.stringify(entry).length, 0);
  expect(bytesOf(orders)).toBeLessThan(json / 3);
});

test("a field that no shape names is kept, in requests and replies", () => {
  const order = entries.find(({ input, reply }) => input.op === "order_new" && reply !== null)!;
  const newer = {
    ...order,
    input: { ...order.input, iceberg: 3, note: { nested: ["é", null, 1.5] } },
    reply: { ...order.reply, lot: "a" },
  } as unknown as JournalEntry;
  expect(decodeBatch(encodeBatch([newer]))).toEqual([newer]);
});

test("null is not absent, and prices keep their value", () => {
  const [order] = entries.filter(({ reply }) => reply?.type === "order_ack");
  const input = { op: "order_new", inst: 1, side: "buy", qty: 1, price: -0.000001 } as const;
  const reply = { ...order!.reply, price: null, ts: order!.ts + 5 };
  const entry = { ...order!, input, reply } as unknown as JournalEntry;
  expect(decodeBatch(encodeBatch([entry]))).toEqual([entry]);
});

describe("a request that changed nothing", () => {
  const [order] = entries.filter(({ reply }) => reply?.type === "order_ack");
  const cid = "😀".repeat(60);
  const refused = (code: ErrorCode, message: string = errorText[code]) => {
    const input = { op: "cancel", order_id: 99_999, cid } as const;
    const reply = { type: "error", code, message, op: "cancel", cid } as const;
    return { ...order!, input, reply, accepted: false };
  };

  test("is its cid, once, and a few bytes", () => {
    const whole = refused("NO_SUCH_ORDER");
    const bytes = encodeBatch([whole]);
    expect(bytes.length).toBeLessThan(240 + 60);
    expect(decodeBatch(bytes)).toEqual([whole]);
  });

  test("comes back whole, whatever else its reply says", () => {
    const plain = refused("PAUSED");
    const others: JournalEntry[] = [
      refused("BAD_QTY", "In other words."),
      { ...plain, reply: { ...plain.reply, op: "replace" } },
      { ...plain, reply: { ...plain.reply, cid: "another" } },
      { ...plain, reply: { ...plain.reply, more: 1 } as unknown as Message },
      { ...plain, input: { op: "brief", of: "cancel", cid, digest: "a-b" } },
      { ...plain, input: { op: "cancel", order_id: 1 } },
      { ...plain, reply: { ...order!.reply, cid } as Message },
      { ...plain, reply: null },
    ];
    expect(decodeBatch(encodeBatch(others))).toEqual(
      others.map((entry, index) => ({ ...entry, n: plain.n + index })),
    );
  });
});

test("the shapes name fields of the protocol only, each once, in at most 31 places", () => {
  for (const { kind, fields } of requestShapes.filter(({ kind }) => kind !== "brief"))
    expect(Object.keys(requestSchemas[kind as "cancel"].entries)).toEqual(
      expect.arrayContaining([...fields]),
    );
  for (const { kind, fields } of replyShapes)
    expect(Object.keys(messageSchemas[kind as "cancel_ack"].entries)).toEqual(
      expect.arrayContaining([...fields]),
    );
  for (const { fields } of [...requestShapes, ...replyShapes]) {
    expect(new Set(fields).size).toBe(fields.length);
    expect(fields.length).toBeLessThan(32);
  }
});

test("bytes that are no batch are refused", () => {
  const whole = encodeBatch(entries.slice(0, 3));
  expect(() => decodeBatch(whole.subarray(0, whole.length - 1))).toThrow();
  expect(() => decodeBatch(new Uint8Array([1]))).toThrow("no batch");
  expect(() => encodeBatch([])).toThrow();
});

import { describe, expect, test } from "vitest";
import { closeFrame, ServerFrames } from "./server-frames.ts";
import { SeededRandom, encode, type Frame } from "../testing/frames.ts";

const frame = (opcode: number, payload: Buffer | string, isLast = true): Frame => ({
  isLast,
  opcode,
  payload: Buffer.from(payload),
});
const bytesOf = (frames: Frame[]) => Buffer.concat(frames.map((one) => encode(one, null)));

/** Bytes passed on of these chunks, and the messages heard. */
function walk(chunks: Buffer[]) {
  const walker = new ServerFrames();
  const starts: string[] = [];
  const passed: Buffer[] = [];
  for (const chunk of chunks) {
    const length = walker.take(chunk, { answered: (start) => starts.push(start) });
    passed.push(chunk.subarray(0, length));
  }
  return { walker, starts, passed: Buffer.concat(passed) };
}

const said = [
  frame(1, '{"type":"error","code":"NAME_TAKEN"}'),
  frame(10, "a pong that begins otherwise"),
  frame(1, '[{"type":"join_ack",'.padEnd(70_000, "x")),
  frame(1, "y".repeat(300), false),
  frame(9, ""),
  frame(0, "z"),
];
const closing = closeFrame(4003, "The host removed you.", false);

describe("frames of a room", () => {
  test("passes wherever it is cut, up to the close frame, which is read", () => {
    const bytes = bytesOf(said);
    const whole = Buffer.concat([bytes, closing]);
    const near = [0, 1, 2, 3, 4, 10, 11, 12].flatMap((at) => [at, bytes.length - at]);
    const cuts = [...near, ...Array.from(closing, (_, at) => bytes.length + at)];
    for (const cut of cuts) {
      const { walker, starts, passed } = walk([whole.subarray(0, cut), whole.subarray(cut)]);
      expect(passed.equals(bytes)).toBe(true);
      expect(walker.closed).toEqual({ code: 4003, reason: "The host removed you." });
      expect(starts).toEqual([
        '{"type":"error","code":"NAME_TAKEN"}'.slice(0, 24),
        '[{"type":"join_ack",xxxx',
        "y".repeat(24),
      ]);
    }
  });

  test("passes in pieces of any size (seeds 1 to 5)", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = new SeededRandom(seed);
      const bytes = bytesOf(
        Array.from({ length: 200 }, () => frame(1, random.bytes(random.below(400)))),
      );
      const chunks = [];
      for (let at = 0; at < bytes.length;) {
        const size = 1 + random.below(50);
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      const { passed, starts, walker } = walk(chunks);
      expect(passed).toEqual(bytes);
      expect(starts).toHaveLength(200);
      expect(walker.isBetween).toBe(true);
    }
  });

  test("tells where another frame may be put in between", () => {
    const bytes = bytesOf([frame(1, "a".repeat(300))]);
    for (let at = 1; at < bytes.length; at++)
      expect(walk([bytes.subarray(0, at)]).walker.isBetween).toBe(false);
    expect(walk([bytes]).walker.isBetween).toBe(true);
  });

  test("ends with a close frame that says nothing", () => {
    const { walker, passed } = walk([Buffer.from([0x88, 0]), Buffer.from("more")]);
    expect(walker.closed).toEqual({ code: 1005, reason: "" });
    expect(passed).toHaveLength(0);
  });
});

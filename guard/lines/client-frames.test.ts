import { describe, expect, test } from "vitest";
import { closeCode } from "../../protocol/errors.ts";
import { ClientFrames } from "./client-frames.ts";
import { guardLimits } from "../limits.ts";
import { decode, SeededRandom, encode, type Frame } from "../testing/frames.ts";

const [text, binary, more, close, ping] = [1, 2, 0, 8, 9];
const frame = (opcode: number, payload: Buffer | string, isLast = true): Frame => ({
  isLast,
  opcode,
  payload: Buffer.from(payload),
});
const mask = Buffer.from([1, 2, 3, 4]);
const bytesOf = (frames: Frame[]) => Buffer.concat(frames.map((one) => encode(one, mask)));

/** Bytes as text: a difference of buffers is long to print. */
const hex = (bytes: Buffer) => bytes.toString("hex");
const short = (frames: Frame[]) =>
  frames.map(({ isLast, opcode, payload }) => `${isLast} ${opcode} ${hex(payload)}`);

/** Bytes that the walker passes on of these chunks. */
function walk(chunks: Buffer[], walker = new ClientFrames()) {
  const passed: Buffer[] = [];
  let cost = 0;
  for (const chunk of chunks) {
    const used = walker.take(chunk, Infinity, false, (bytes) => passed.push(Buffer.from(bytes)));
    cost += walker.cost;
    if (walker.fault !== null || walker.isClosing) break;
    expect(used).toBe(chunk.length);
  }
  return { walker, passed: Buffer.concat(passed), writes: passed.length, cost };
}

const inPieces = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  );

const blanks = Buffer.alloc(guardLimits.messageBytes + 1, " ");

describe("frames of a client", () => {
  const frames = [
    frame(text, "hello"),
    frame(ping, "p"),
    frame(text, "a".repeat(200), false),
    frame(ping, ""),
    frame(more, "", false),
    frame(more, "b".repeat(300)),
    frame(binary, Buffer.alloc(guardLimits.messageBytes)),
  ];
  const bytes = bytesOf(frames);

  test("passes as it is in one piece when a chunk holds whole frames", () => {
    const { passed, writes, cost } = walk([bytes]);
    expect(hex(passed)).toBe(hex(bytes));
    expect(writes).toBe(1);
    expect(cost).toBeGreaterThan(frames.length);
  });

  test("passes as it is wherever it is cut", () => {
    const small = bytesOf(frames.slice(0, 6));
    for (let cut = 1; cut < small.length; cut++)
      expect(hex(walk([small.subarray(0, cut), small.subarray(cut)]).passed)).toBe(hex(small));
    expect(hex(walk([...small].map((byte) => Buffer.from([byte]))).passed)).toBe(hex(small));
  });

  test("passes frame by frame as far as there are units, and the rest later", () => {
    const walker = new ClientFrames();
    const passed: Buffer[] = [];
    let rest = bytes;
    let takes = 0;
    while (rest.length > 0) {
      const used = walker.take(rest, 0.5, false, (part) => passed.push(Buffer.from(part)));
      expect(used).toBeGreaterThan(0);
      rest = rest.subarray(used);
      takes++;
    }
    expect(hex(Buffer.concat(passed))).toBe(hex(bytes));
    expect(takes).toBe(frames.length);
  });

  test("is taken a message at a time before an admission, with the control frames apart", () => {
    const walker = new ClientFrames();
    let rest = bytes;
    const messages: Frame[][] = [];
    const control: Frame[] = [];
    while (rest.length > 0) {
      const data: Buffer[] = [];
      const used = walker.take(rest, Infinity, true, (part, isControl) => {
        if (isControl) control.push(...decode(part));
        else data.push(Buffer.from(part));
      });
      rest = rest.subarray(used);
      if (walker.hasMessage) messages.push(decode(Buffer.concat(data)));
    }
    expect(messages.map((one) => one.map(({ payload }) => payload.length))).toEqual([
      [5],
      [200, 0, 300],
      [guardLimits.messageBytes],
    ]);
    expect(control.map(({ opcode }) => opcode)).toEqual([ping, ping]);
  });
});

describe("a message that is too large", () => {
  test("is refused by one in its place, and the line goes on", () => {
    for (const [large, standIn] of [
      [frame(text, Buffer.alloc(100_000, "x")), frame(text, blanks)],
      [frame(binary, Buffer.alloc(100_000, "x")), frame(binary, "")],
    ] as const) {
      const sent = bytesOf([frame(text, "1"), large, frame(text, "2")]);
      const expected = [frame(text, "1"), standIn, frame(text, "2")];
      expect(decode(walk([sent]).passed)).toEqual(expected);
      const pieces = [];
      for (let at = 0; at < sent.length; at += 777) pieces.push(sent.subarray(at, at + 777));
      expect(decode(walk(pieces).passed)).toEqual(expected);
    }
  });

  test("in fragments gets its end when they become too many bytes, or too many", () => {
    const kilo = Buffer.alloc(1_024, "x");
    const large = [frame(text, kilo, false), ...Array(40).fill(frame(more, kilo, false))];
    const many = [frame(text, "x", false), ...Array(10_000).fill(frame(more, "", false))];
    for (const [fragments, passing] of [
      [large, 16],
      [many, guardLimits.fragments],
    ] as const) {
      const sent = [...fragments, frame(ping, "p"), frame(more, "y"), frame(text, "2")];
      const passed = decode(walk([bytesOf(sent)]).passed);
      expect(passed.slice(0, passing)).toEqual(fragments.slice(0, passing));
      expect(passed.slice(passing)).toEqual([
        frame(more, blanks),
        frame(ping, "p"),
        frame(text, "2"),
      ]);
    }
  });

  test("of more than a mebibyte ends the line", () => {
    const head = encode(frame(text, Buffer.alloc(0)), mask);
    head[1] = 0xff;
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(31n * 2n ** 20n);
    const start = Buffer.concat([head.subarray(0, 2), length, mask]);
    const chunks = [start, ...Array<Buffer>(17).fill(Buffer.alloc(65_536))];
    const { walker, passed } = walk(chunks);
    expect(walker.fault).toBe(closeCode.tooLarge);
    expect(decode(passed)).toEqual([frame(text, blanks)]);
  });

  test("is one message before an admission, whatever follows of it", () => {
    const walker = new ClientFrames();
    const sent = bytesOf([frame(text, Buffer.alloc(50_000)), frame(text, "2")]);
    const passed: Buffer[] = [];
    const used = walker.take(sent, Infinity, true, (part) => passed.push(part));
    expect(walker.hasMessage).toBe(true);
    expect(decode(Buffer.concat(passed))).toEqual([frame(text, blanks)]);
    const next: Buffer[] = [];
    walker.take(sent.subarray(used), Infinity, true, (part) => next.push(part));
    expect(walker.hasMessage).toBe(true);
    expect(decode(Buffer.concat(next))).toEqual([frame(text, "2")]);
  });
});

test("lengths at the ends of each form pass: 125, 126, 65,535 and 65,536 bytes", () => {
  for (const length of [0, 125, 126]) {
    const bytes = bytesOf([frame(text, Buffer.alloc(length, "x"))]);
    expect(hex(walk([bytes]).passed)).toBe(hex(bytes));
  }
  for (const length of [65_535, 65_536]) {
    const { walker, passed } = walk([bytesOf([frame(text, Buffer.alloc(length, "x"))])]);
    expect(walker.fault).toBeNull();
    expect(decode(passed)).toEqual([frame(text, blanks)]);
  }
});

describe("invalid frames end the line, and do not pass", () => {
  const good = bytesOf([frame(text, "1")]);
  const long = (...length: number[]) => Buffer.from([0x81, 0xff, ...length, 0, 0, 0, 0]);
  test.each<[string, Buffer]>([
    ["an unmasked frame", encode(frame(text, "x"), null)],
    ["a reserved bit", Buffer.from([0xc1, 0x80, 0, 0, 0, 0])],
    ["a reserved opcode", bytesOf([frame(3, "x")])],
    ["a reserved control opcode", bytesOf([frame(11, "x")])],
    ["a control frame in parts", bytesOf([frame(ping, "x", false)])],
    ["a control frame too long", bytesOf([frame(ping, "x".repeat(126))])],
    ["a continuation of nothing", bytesOf([frame(more, "x")])],
    ["a message within a message", bytesOf([frame(text, "", false), frame(text, "x")])],
    ["a length of 2^63", long(0x80, 0, 0, 0, 0, 0, 0, 0)],
    ["a length of all bits", long(255, 255, 255, 255, 255, 255, 255, 255)],
    ["a length of 2^53", long(0, 0x20, 0, 0, 0, 0, 0, 0)],
    ["one byte said in 64 bits", long(0, 0, 0, 0, 0, 0, 0, 1)],
    ["65,535 bytes said in 64 bits", long(0, 0, 0, 0, 0, 0, 255, 255)],
    ["125 bytes said in 16 bits", Buffer.from([0x81, 0xfe, 0, 125, 0, 0, 0, 0])],
    ["nothing said in 16 bits", Buffer.from([0x81, 0xfe, 0, 0, 0, 0, 0, 0])],
    ["a close said in 16 bits", Buffer.from([0x88, 0xfe, 0, 0, 0, 0, 0, 0])],
  ])("%s", (what, bad) => {
    for (const chunks of [[good, bad], [Buffer.concat([good, bad])], [...good, ...bad]]) {
      const buffers = chunks.map((one) => (typeof one === "number" ? Buffer.from([one]) : one));
      const { walker, passed } = walk(buffers);
      expect(walker.fault).toBe(closeCode.protocolError);
      const frames = decode(passed);
      expect(frames.slice(0, 1)).toEqual([frame(text, "1")]);
      expect(frames.length).toBe(what === "a message within a message" ? 2 : 1);
    }
  });

  test.each([0, 999, 1004, 1005, 1006, 1015, 1016, 2_999, 5_000, 65_535])(
    "a close with the code %i, which is passed to nobody",
    (code) => {
      for (const reason of ["", "because"]) {
        const payload = Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]);
        const { passed, walker } = walk(inPieces(bytesOf([frame(close, payload)]), 3));
        expect(walker.fault).toBe(closeCode.protocolError);
        expect(passed.length).toBe(0);
      }
    },
  );

  test.each([[], [3, 232], [15, 161, 120]])(
    "a close that is none of that passes whole (%j)",
    (...payload) => {
      const bytes = bytesOf([frame(close, Buffer.from(payload))]);
      for (const step of [1, 2, 7, 100]) {
        const { passed, walker } = walk(inPieces(bytes, step));
        expect(walker.fault).toBeNull();
        expect(walker.isClosing).toBe(true);
        expect(hex(passed)).toBe(hex(bytes));
      }
    },
  );

  test("bytes behind a close frame", () => {
    const closing = bytesOf([frame(text, "1"), frame(close, Buffer.from([3, 232]))]);
    const { walker, passed } = walk([Buffer.concat([closing, good])]);
    expect(walker.isClosing).toBe(true);
    expect(hex(passed)).toBe(hex(closing));
  });
});

test.each([1, 2, 3, 4, 5])("random frames in random pieces pass as they were (seed %i)", (seed) => {
  const random = new SeededRandom(seed);
  const sent: Frame[] = [];
  const expected: Frame[] = [];
  for (let count = 0; count < 300; count++) {
    if (random.below(4) === 0) {
      const control = frame(ping + random.below(2), random.bytes(random.below(126)));
      sent.push(control);
      expected.push(control);
      continue;
    }
    const isBinary = random.below(3) === 0;
    const parts = 1 + random.below(4);
    const message = Array.from({ length: parts }, (_, part) => {
      const length = random.below(6) === 0 ? random.below(30_000) : random.below(300);
      const kind = part > 0 ? more : isBinary ? binary : text;
      return frame(kind, random.bytes(length), part === parts - 1);
    });
    sent.push(...message);
    let bytes = 0;
    for (const [part, one] of message.entries()) {
      bytes += one.payload.length;
      if (bytes <= guardLimits.messageBytes) expected.push(one);
      else {
        const isWhole = part === 0;
        expected.push(
          isWhole && isBinary ? frame(binary, "") : frame(isWhole ? text : more, blanks),
        );
        break;
      }
    }
  }
  const bytes = Buffer.concat(sent.map((one) => encode(one, random.bytes(4))));
  const walker = new ClientFrames();
  const passed: Buffer[] = [];
  let waiting = Buffer.alloc(0);
  for (let at = 0; at < bytes.length;) {
    const size = 1 + random.below(random.below(3) === 0 ? 70_000 : 200);
    waiting = Buffer.concat([waiting, bytes.subarray(at, at + size)]);
    at += size;
    while (waiting.length > 0) {
      const used = walker.take(waiting, 1 + random.below(8), false, (part) =>
        passed.push(Buffer.from(part)),
      );
      waiting = waiting.subarray(used);
    }
  }
  expect(walker.fault).toBeNull();
  expect(short(decode(Buffer.concat(passed)))).toEqual(short(expected));
});

/**
 * The benchmark's four order streams. Check values prove that a stream is the defined one, so that every measured engine
 * gets the very same orders.
 */

import { Generator, Kind, wordsPerOperation, type Shape } from "./flow-generator.ts";

const operations = 1_000_000;

export const flowNames = ["std", "deep", "pile", "multi"] as const;
export type FlowName = (typeof flowNames)[number];

export interface Flow {
  name: FlowName;
  instruments: number;
  /** Operations that fill the books before anything is measured; `count` more follow. */
  preload: number;
  count: number;
  maxId: number;
  /**
   * Four words for each operation: kind, side, user (0-19) and instrument (0-9) as bytes; price (0 for a market); quantity
   * (0 for a cancel); order id. A cancel repeats side, user and price of its order.
   */
  words: Int32Array;
}

export interface Expected {
  fills: number;
  /** Sum of the words taker, maker, price, quantity over the fills of the measured part. */
  fillSum: number;
  /** FNV-1a over the same words. */
  fillHash: string;
}

/** Check values. *Source:* the workload's definition. */
export const expected: Record<FlowName, Expected> = {
  std: { fills: 273_451, fillSum: 359593486, fillHash: "6382eef1" },
  deep: { fills: 273_276, fillSum: 96215777, fillHash: "5cf58568" },
  pile: { fills: 274_241, fillSum: 3603165382, fillHash: "c2a89561" },
  multi: { fills: 271_824, fillSum: 2954737188, fillHash: "ad1e8b25" },
};

/** FNV-1a over the whole stream, preload first; "multi" is proven by its fills alone. */
const expectedStream: Partial<Record<FlowName, string>> = {
  std: "caac9d7f",
  deep: "eb5e341d",
  pile: "fdaafe85",
};

const standard: Shape = { preload: 1_000, spread: 10, hold: 1_000, pile: false };
const shapes = {
  std: standard,
  deep: { preload: 100_000, spread: 500, hold: 100_000, pile: false },
  pile: { preload: 20_000, spread: 1, hold: 20_000, pile: true },
};

/** Makes one of the four streams, and proves it. */
export function makeFlow(name: FlowName): Flow {
  const flow = name === "multi" ? multiFlow() : singleFlow(name);
  const wanted = expectedStream[name];
  if (wanted !== undefined && wordHash(flow.words) !== wanted)
    throw new Error(`The generator does not give the stream ${name} that is defined.`);
  return flow;
}

function singleFlow(name: Exclude<FlowName, "multi">): Flow {
  const shape = shapes[name];
  const { words, nextId } = new Generator(shape, operations);
  const { preload } = shape;
  return { name, instruments: 1, preload, count: operations, maxId: nextId - 1, words };
}

/** Makes a stream of ten instruments in turn, each with a "std" stream; ids are made unique by their last digit. */
function multiFlow(): Flow {
  const instruments = 10;
  const parts = Array.from(
    { length: instruments },
    (_, inst) => new Generator(standard, operations / instruments, inst),
  );
  const words = new Int32Array(parts.reduce((sum, part) => sum + part.words.length, 0));
  let at = 0;
  let maxId = 0;
  for (let from = 0; at < words.length; from += wordsPerOperation)
    for (const [inst, part] of parts.entries()) {
      words.set(part.words.subarray(from, from + wordsPerOperation), at);
      const id = (part.words[from + 3] as number) * instruments + inst;
      words[at + 3] = id;
      maxId = Math.max(maxId, id);
      at += wordsPerOperation;
    }
  return {
    name: "multi",
    instruments,
    preload: standard.preload * instruments,
    count: operations,
    maxId,
    words,
  };
}

/**
 * Makes the same stream with the ids that an engine issues, 1, 2, 3, ... as limits and markets come, as users would send it.
 * @returns the stream, and the original id of each issued one
 */
export function withIssuedIds(flow: Flow): { flow: Flow; streamId: Int32Array } {
  const words = flow.words.slice();
  const issued = new Int32Array(flow.maxId + 1);
  const streamId = new Int32Array(flow.maxId + 1);
  let lastId = 0;
  for (let at = 0; at < words.length; at += wordsPerOperation) {
    const id = words[at + 3] as number;
    if (((words[at] as number) & 0xff) !== Kind.cancel) {
      issued[id] = ++lastId;
      streamId[lastId] = id;
    }
    words[at + 3] = issued[id] as number;
  }
  return { flow: { ...flow, words, maxId: lastId }, streamId };
}

/** FNV-1a over words. */
export function wordHash(words: Iterable<number>): string {
  let hash = 2166136261;
  for (const word of words) hash = Math.imul(hash ^ word, 16777619);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

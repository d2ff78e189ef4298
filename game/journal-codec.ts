/**
 * Journal entries as bytes and back: MessagePack, in which the frequent requests and replies are written by place and
 * times and event numbers as differences. An order with its reply takes some 60 bytes, as JSON 350.
 *
 * A batch is `[n, seq, ts, entries]` of its first entry; an entry is
 * `[seq since the last, ts since the last, userId, accepted, input, reply or null]`; a packed object is
 * `[shape, mask, values of the fields in the mask, the other fields if there are any]`, or the object itself.
 */

import { Decoder, Encoder } from "@msgpack/msgpack";
import type { Message } from "#protocol";
import type { JournalEntry, JournalInput } from "./journal.ts";
import { replyShapes, requestShapes, type KindField, type Shape } from "./journal-shapes.ts";

type Fields = Record<string, unknown>;
type Packed = Fields | [shape: number, mask: number, ...values: unknown[]];
type PackedEntry = [number, number, number, boolean, Packed, Packed | null];

const encoder = new Encoder({ ignoreUndefined: true });
const decoder = new Decoder();

/** @param entries at least one, in order and without gaps */
export function encodeBatch(entries: readonly JournalEntry[]): Uint8Array<ArrayBuffer> {
  const [first] = entries;
  if (first === undefined) throw new Error("A batch has an entry.");
  let { seq, ts } = first;
  const packed = entries.map((entry): PackedEntry => {
    const [seqSince, tsSince] = [entry.seq - seq, entry.ts - ts];
    ({ seq, ts } = entry);
    const { userId, accepted, input, reply } = entry;
    return [
      seqSince,
      tsSince,
      userId,
      accepted,
      requestPacker.pack(input as unknown as Fields, entry),
      reply === null ? null : replyPacker.pack(reply as unknown as Fields, entry),
    ];
  });
  return encoder.encode([first.n, first.seq, first.ts, packed]);
}

/** Throws if the bytes are no batch. */
export function decodeBatch(bytes: Uint8Array): JournalEntry[] {
  const batch = decoder.decode(bytes) as [number, number, number, PackedEntry[]];
  if (!Array.isArray(batch) || batch.length !== 4)
    throw new Error("This is no batch of a journal.");
  const [firstN, firstSeq, firstTs, packed] = batch;
  let [seq, ts] = [firstSeq, firstTs];
  return packed.map(([seqSince, tsSince, userId, accepted, input, reply], index) => {
    seq += seqSince;
    ts += tsSince;
    const at = { seq, ts };
    return {
      n: firstN + index,
      seq,
      ts,
      userId,
      input: requestPacker.unpack(input, at) as unknown as JournalInput,
      reply: reply === null ? null : (replyPacker.unpack(reply, at) as unknown as Message),
      accepted,
    };
  });
}

/** The entry that an object belongs to: its own `seq` and `ts` are mostly the same. */
interface Stamp {
  seq: number;
  ts: number;
}

class Packer {
  readonly #kindField: KindField;
  readonly #shapes: readonly Shape[];
  readonly #byKind: Map<string, number>;

  constructor(kindField: KindField, shapes: readonly Shape[]) {
    this.#kindField = kindField;
    this.#shapes = shapes;
    this.#byKind = new Map(shapes.map(({ kind }, index) => [kind, index]));
  }

  pack(object: Fields, stamp: Stamp): Packed {
    const index = this.#byKind.get(object[this.#kindField] as string);
    const shape = index === undefined ? undefined : this.#shapes[index];
    if (index === undefined || shape === undefined) return object;
    const packed: Packed = [index, 0];
    let mask = 0;
    let left = fieldsIn(object) - 1;
    const { fields } = shape;
    // By index: this and its reverse are run for every request of every room.
    for (let place = 0; place < fields.length; place++) {
      const field = fields[place] as string;
      const value = object[field];
      if (value === undefined) {
        if (field in object) left--;
        continue;
      }
      left--;
      mask |= 1 << place;
      packed.push(isStamp(field) ? (value as number) - stamp[field] : value);
    }
    packed[1] = mask;
    if (left > 0) packed.push(this.#others(object, shape));
    return packed;
  }

  unpack(packed: Packed, stamp: Stamp): Fields {
    if (!Array.isArray(packed)) return packed;
    const [index, mask] = packed;
    const shape = this.#shapes[index];
    if (shape === undefined) throw new Error(`A newer build wrote this: shape ${index}.`);
    const object: Fields = { [this.#kindField]: shape.kind };
    const { fields } = shape;
    let at = 2;
    for (let place = 0; place < fields.length; place++) {
      if ((mask & (1 << place)) === 0) continue;
      const field = fields[place] as string;
      const value = packed[at++];
      object[field] = isStamp(field) ? (value as number) + stamp[field] : value;
    }
    return at < packed.length ? Object.assign(object, packed[at]) : object;
  }

  #others(object: Fields, { fields }: Shape): Fields {
    const known = new Set([this.#kindField as string, ...fields]);
    return Object.fromEntries(Object.entries(object).filter(([field]) => !known.has(field)));
  }
}

function fieldsIn(object: Fields): number {
  let count = 0;
  for (const _field in object) count++;
  return count;
}

function isStamp(field: string): field is keyof Stamp {
  return field === "seq" || field === "ts";
}

const requestPacker = new Packer("op", requestShapes);
const replyPacker = new Packer("type", replyShapes);

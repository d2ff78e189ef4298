/**
 * Journal entries as bytes and back: MessagePack, with the fields of frequent requests and replies written by place,
 * and times and event numbers as differences. An order with its reply takes some 60 bytes, as JSON 350.
 *
 * A batch is `[n, seq, ts, entries]` with the numbers of its first entry. An entry is `[seq since the last, ts since
 * the last, userId, accepted, input, reply or null]`. A packed object is `[shape, mask, values of the fields in the
 * mask, the other fields if there are any]`, or the object itself. The reply to a request that changed nothing leaves
 * out the fields that the request has: it is `[-1, code]` for a refusal in the code's own words, or `[-2, packed
 * object without the cid]`.
 */

import { Decoder, Encoder } from "@msgpack/msgpack";
import { errorText, type ErrorCode, type Message } from "#protocol";
import type { JournalEntry, JournalInput } from "./entry.ts";
import { replyShapes, requestShapes, type KindField, type Shape } from "./shapes.ts";

type Fields = Record<string, unknown>;
type Packed = Fields | [shape: number, mask: number, ...values: unknown[]];
type PackedReply = Packed | [-1, ErrorCode] | [-2, Packed];
type PackedEntry = [number, number, number, boolean, Packed, PackedReply | null];

/** Tags in place of a shape that tell these replies from packed objects. Older builds refuse them. */
const refusalOf = -1;
const underSameCid = -2;

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
    const { userId, accepted, input } = entry;
    return [
      seqSince,
      tsSince,
      userId,
      accepted,
      requestPacker.pack(input as unknown as Fields, entry),
      packReply(entry),
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
    const request = requestPacker.unpack(input, at);
    return {
      n: firstN + index,
      seq,
      ts,
      userId,
      input: request as unknown as JournalInput,
      reply: reply === null ? null : (unpackReply(reply, request, at) as unknown as Message),
      accepted,
    };
  });
}

/** @returns the bytes that an entry takes by itself */
export function bytesOf(entry: JournalEntry): number {
  return encodeBatch([entry]).length;
}

function packReply({ input, reply, accepted, seq, ts }: JournalEntry): PackedReply | null {
  if (reply === null) return null;
  const fields = reply as unknown as Fields;
  const at = { seq, ts };
  const request = input as unknown as Fields;
  const { cid } = fields;
  if (accepted || cid === undefined || cid !== request["cid"]) return replyPacker.pack(fields, at);
  const code = plainRefusal(fields, request);
  if (code !== null) return [refusalOf, code];
  const { cid: _cid, ...others } = fields;
  return [underSameCid, replyPacker.pack(others, at)];
}

function unpackReply(reply: PackedReply, request: Fields, at: Stamp): Fields {
  if (!Array.isArray(reply)) return reply;
  const [kind, content] = reply;
  if (kind === refusalOf) return refusal(content as ErrorCode, request);
  if (kind === underSameCid)
    return { ...replyPacker.unpack(content as Packed, at), cid: request["cid"] };
  return replyPacker.unpack(reply as Packed, at);
}

function refusal(code: ErrorCode, request: Fields): Fields {
  return { type: "error", code, message: errorText[code], op: opOf(request), cid: request["cid"] };
}

/** Code of a reply that is only the refusal in the code's own words; else null. */
function plainRefusal(reply: Fields, request: Fields): ErrorCode | null {
  if (reply["type"] !== "error") return null;
  const plain = refusal(reply["code"] as ErrorCode, request);
  const isPlain =
    fieldsIn(reply) === fieldsIn(plain) &&
    Object.entries(plain).every(([field, value]) => reply[field] === value);
  return isPlain ? (reply["code"] as ErrorCode) : null;
}

function opOf(request: Fields): unknown {
  return request["op"] === "brief" ? request["of"] : request["op"];
}

/** Numbers of the entry around an object, whose own `seq` and `ts` are mostly the same. */
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
    // By index, for speed: this and its reverse run for every request of every room.
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

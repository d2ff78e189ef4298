/**
 * The whole room as bytes, and back, so that a waking room need not replay its journal from the beginning. Only a
 * short cut: a build that cannot read a snapshot replays instead.
 */

import { decode, Encoder } from "@msgpack/msgpack";
import type { EnginePort } from "../engine-port.ts";
import type { RoomInstrument, RoomState, RoomUser, TraderStats } from "../state.ts";
import type { Traded } from "../trading/traded.ts";
import { UsedCids } from "./used-cids.ts";

/** Grows whenever `RoomState` gains, loses or changes a field. */
export const SNAPSHOT_FORMAT = 9;

type PlainUser = Omit<
  RoomUser,
  | "connections"
  | "goneMs"
  | "ordersIn"
  | "orderBucket"
  | "cancelBucket"
  | "seldomBucket"
  | "cids"
  | "stats"
> & {
  stats: Omit<TraderStats, "traded"> & { traded: number[] };
  cids: PackedCids;
};

/** Up to a thousand a user: one string of cids, separated by line feeds, and the entries' numbers as 32-bit words. */
interface PackedCids {
  text: string;
  entries: Uint8Array;
}

/** Up to a hundred thousand a room: ids and times as 64-bit floats, a byte for the flag, and one string of their cids; empty: none. */
interface PackedOrders {
  ids: Uint8Array;
  times: Uint8Array;
  postOnly: Uint8Array;
  cids: string;
}

/** Lists of what was traded in an instrument: up to a thousand numbers each, as 64-bit floats. */
type PackedTraded = {
  [F in keyof Traded]: Traded[F] extends number[] ? Uint8Array : Traded[F];
};

type PlainInstrument = Omit<RoomInstrument, "traded"> & { traded: PackedTraded };

type PlainState = Omit<RoomState, "users" | "orders" | "instruments"> & {
  users: PlainUser[];
  instruments: PlainInstrument[];
  orders: PackedOrders;
};

/** Stored form: the format, a digest of the body, and the body. */
type Envelope = [format: number, digest: number, body: Uint8Array];

interface Body {
  /** The engine's own snapshot, which carries its version, its digest and its state hash. */
  engine: Uint8Array;
  state: PlainState;
}

/** Throws if the engine's memory is exhausted. */
export function takeSnapshot(state: Readonly<RoomState>, engine: EnginePort): Uint8Array {
  const whole: Body = { engine: engine.snapshot(), state: plain(state) };
  const encoder = new Encoder({ ignoreUndefined: true, initialBufferSize: sizeOf(whole) });
  return enveloped(encoder.encodeSharedRef(whole));
}

/** Approximate size of the body in bytes: memory that has to grow is copied again and again. */
function sizeOf({ engine, state: { users, orders, instruments } }: Body): number {
  let size = 65_536 + engine.length + orders.cids.length + 3 * orders.ids.length;
  for (const { cids } of users) size += 4_096 + cids.text.length + cids.entries.length;
  for (const { traded } of instruments)
    size += 2_048 + 2 * traded.prices.length + 2 * traded.times.length;
  return size;
}

/** MessagePack of an `Envelope`, by hand: a library copies a large body several times. */
function enveloped(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + body.length);
  const view = new DataView(bytes.buffer);
  // An array of three: the format, one byte; the digest, a 32-bit word; the bytes, with a 32-bit length.
  bytes.set([0x93, SNAPSHOT_FORMAT, 0xce]);
  view.setUint32(3, fnv1a(body));
  bytes[7] = 0xc6;
  view.setUint32(8, body.length);
  bytes.set(body, 12);
  return bytes;
}

/** @returns null if another build wrote the bytes; throws if they are no snapshot, or damaged */
export function readSnapshot(bytes: Uint8Array): { engine: Uint8Array; state: RoomState } | null {
  const [format, digest, body] = decode(bytes) as Envelope;
  if (format !== SNAPSHOT_FORMAT) return null;
  if (fnv1a(body) !== digest) throw new Error("The snapshot is not what was written.");
  const { engine, state } = decode(body) as Body;
  return { engine, state: alive(state) };
}

/** Digest of 32 bits, against accidents: FNV-1a over words of four bytes, then the remaining bytes. */
function fnv1a(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 4);
  let hash = 0x811c9dc5;
  for (let at = 0; at < whole; at += 4)
    hash = Math.imul(hash ^ view.getUint32(at, true), 0x01000193);
  for (const byte of bytes.subarray(whole)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

export function plain({ users, orders, instruments, ...rest }: Readonly<RoomState>): PlainState {
  return {
    ...rest,
    users: [...users.values()].map(plainUser),
    orders: packOrders(orders),
    instruments: instruments.map((one) => ({ ...one, traded: packTraded(one.traded) })),
  };
}

function packTraded({ prices, quantities, times, path, ...rest }: Traded): PackedTraded {
  return {
    ...rest,
    ...{ prices: packNumbers(prices), quantities: packNumbers(quantities) },
    ...{ times: packNumbers(times), path: packNumbers(path) },
  };
}

function unpackTraded({ prices, quantities, times, path, ...rest }: PackedTraded): Traded {
  return {
    ...rest,
    ...{ prices: unpackNumbers(prices), quantities: unpackNumbers(quantities) },
    ...{ times: unpackNumbers(times), path: unpackNumbers(path) },
  };
}

function packNumbers(numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  for (const [index, value] of numbers.entries()) view.setFloat64(8 * index, value, true);
  return new Uint8Array(view.buffer);
}

function unpackNumbers(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 8 }, (_, index) => view.getFloat64(8 * index, true));
}

function packOrders(orders: RoomState["orders"]): PackedOrders {
  const ids = new DataView(new ArrayBuffer(8 * orders.size));
  const times = new DataView(new ArrayBuffer(8 * orders.size));
  const postOnly = new Uint8Array(orders.size);
  const cids: string[] = [];
  for (const [id, { cid, ts, isPostOnlyQuote }] of orders) {
    postOnly[cids.length] = isPostOnlyQuote ? 1 : 0;
    ids.setFloat64(8 * cids.length, id, true);
    times.setFloat64(8 * cids.length, ts, true);
    cids.push(cid ?? "");
  }
  return {
    ids: new Uint8Array(ids.buffer),
    times: new Uint8Array(times.buffer),
    postOnly,
    cids: cids.join("\n"),
  };
}

function unpackOrders({ ids, times, postOnly, cids }: PackedOrders): RoomState["orders"] {
  const orders: RoomState["orders"] = new Map();
  if (ids.length === 0) return orders;
  const idAt = new DataView(ids.buffer, ids.byteOffset, ids.byteLength);
  const timeAt = new DataView(times.buffer, times.byteOffset, times.byteLength);
  for (const [index, cid] of cids.split("\n").entries())
    orders.set(idAt.getFloat64(8 * index, true), {
      cid: cid === "" ? null : cid,
      ts: timeAt.getFloat64(8 * index, true),
      isPostOnlyQuote: postOnly[index] === 1,
    });
  return orders;
}

function plainUser(user: RoomUser): PlainUser {
  const {
    connections: _c,
    goneMs: _g,
    ordersIn: _i,
    orderBucket: _o,
    cancelBucket: _b,
    seldomBucket: _s,
    cids,
    stats,
    ...rest
  } = user;
  return { ...rest, cids: packCids(cids), stats: { ...stats, traded: [...stats.traded] } };
}

function packCids(cids: UsedCids): PackedCids {
  const entries = new DataView(new ArrayBuffer(4 * cids.size));
  const texts: string[] = [];
  cids.forEach((cid, n) => {
    entries.setUint32(4 * texts.length, n, true);
    texts.push(cid);
  });
  return { text: texts.join("\n"), entries: new Uint8Array(entries.buffer) };
}

function unpackCids({ text, entries }: PackedCids): UsedCids {
  const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
  const cids = new UsedCids();
  if (entries.length === 0) return cids;
  for (const [index, cid] of text.split("\n").entries())
    cids.use(cid, view.getUint32(4 * index, true));
  return cids;
}

function alive({ users, orders, instruments, ...rest }: PlainState): RoomState {
  return {
    ...rest,
    instruments: instruments.map((one) => ({ ...one, traded: unpackTraded(one.traded) })),
    users: new Map(users.map((user) => [user.userId, aliveUser(user)])),
    orders: unpackOrders(orders),
  };
}

function aliveUser({ cids, stats, ...rest }: PlainUser): RoomUser {
  return {
    ...rest,
    cids: unpackCids(cids),
    stats: { ...stats, traded: new Set(stats.traded) },
    connections: 0,
    goneMs: Infinity,
    ordersIn: [],
    orderBucket: null,
    cancelBucket: null,
    seldomBucket: null,
  };
}

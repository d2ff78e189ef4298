/**
 * The whole room as bytes, and back: what a room that wakes starts from, so that it need not replay its journal from
 * the beginning. Only a short cut: a build that cannot read a snapshot replays instead.
 */

import { decode, encode } from "@msgpack/msgpack";
import type { EnginePort } from "./engine-port.ts";
import type { RoomState, RoomUser, TraderStats } from "./state.ts";
import { UsedCids } from "./used-cids.ts";

/** Grows whenever `RoomState` gains, loses or changes a field. */
export const SNAPSHOT_FORMAT = 2;

type PlainUser = Omit<
  RoomUser,
  "connections" | "goneMs" | "orderBucket" | "cancelBucket" | "cids" | "stats"
> & {
  stats: Omit<TraderStats, "traded"> & { traded: number[] };
  cids: PackedCids;
};

/** Up to a thousand a user: one text, in which no cid has a line's end, and the entries' numbers as 32-bit words. */
interface PackedCids {
  text: string;
  entries: Uint8Array;
}

type PlainState = Omit<RoomState, "users" | "orders"> & {
  users: PlainUser[];
  orders: [number, { cid: string | null; ts: number }][];
};

/** What is stored: the format, a digest of the body, and the body. */
type Envelope = [format: number, digest: number, body: Uint8Array];

interface Body {
  /** The engine's own snapshot, which carries its version, its digest and its state hash. */
  engine: Uint8Array;
  state: PlainState;
}

/** Throws if the engine's memory is exhausted. */
export function takeSnapshot(state: Readonly<RoomState>, engine: EnginePort): Uint8Array {
  const whole: Body = { engine: engine.snapshot(), state: plain(state) };
  const body = encode(whole, { ignoreUndefined: true });
  const envelope: Envelope = [SNAPSHOT_FORMAT, fnv1a(body), body];
  return encode(envelope);
}

/** @returns null if another build wrote it; throws if the bytes are no snapshot, or not what was written. */
export function readSnapshot(bytes: Uint8Array): { engine: Uint8Array; state: RoomState } | null {
  const [format, digest, body] = decode(bytes) as Envelope;
  if (format !== SNAPSHOT_FORMAT) return null;
  if (fnv1a(body) !== digest) throw new Error("The snapshot is not what was written.");
  const { engine, state } = decode(body) as Body;
  return { engine, state: alive(state) };
}

/** 32 bits, against accidents: FNV-1a over words of four bytes, and the bytes that are left. */
function fnv1a(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 4);
  let hash = 0x811c9dc5;
  for (let at = 0; at < whole; at += 4)
    hash = Math.imul(hash ^ view.getUint32(at, true), 0x01000193);
  for (const byte of bytes.subarray(whole)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

export function plain({ users, orders, ...rest }: Readonly<RoomState>): PlainState {
  return { ...rest, users: [...users.values()].map(plainUser), orders: [...orders] };
}

function plainUser(user: RoomUser): PlainUser {
  const {
    connections: _c,
    goneMs: _g,
    orderBucket: _o,
    cancelBucket: _b,
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

function alive({ users, orders, ...rest }: PlainState): RoomState {
  return {
    ...rest,
    users: new Map(users.map((user) => [user.userId, aliveUser(user)])),
    orders: new Map(orders),
  };
}

function aliveUser({ cids, stats, ...rest }: PlainUser): RoomUser {
  return {
    ...rest,
    cids: unpackCids(cids),
    stats: { ...stats, traded: new Set(stats.traded) },
    connections: 0,
    goneMs: Infinity,
    orderBucket: null,
    cancelBucket: null,
  };
}

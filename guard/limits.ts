/** Every number of the guard in one table, with its reason. Limits that players notice are in docs/deployment.md. */

import { limits } from "../protocol/limits.ts";

const kib = 1024;
const mib = 1024 * kib;

export const guardLimits = {
  /** Connections in all and by address: a class behind one address with two screens each, five times over. */
  sockets: 4_000,
  socketsPerAddress: 2_000,
  /**
   * Connections that one address may open; further ones wait unread. A class whose browsers open six each at once gets
   * them at once. A connection that breaks a rule of HTTP counts as `fault` of them.
   */
  arrivals: { perSec: 100, burst: 1_200, fault: 25 },

  /** Bytes of a request's head; Node's own parser enforces it, as the other limits of HTTP. */
  headBytes: 16 * kib,
  /** Lines of a head. Browsers send some twenty, proxies some more; each is two strings in memory. */
  headLines: 80,
  headMs: 10_000,
  /**
   * Bytes of a body. The API takes 48 Ki characters; a larger one that fits in here gets the Worker's own refusal. Its
   * length is to be declared, for in chunks of a byte each would be an object.
   */
  bodyBytes: 64 * kib,
  bodyPieces: 256,
  bodyMs: 5_000,
  /** Requests with a body that wait for their turn and hold the bytes received so far. */
  bodies: { all: 512, byAddress: 64 },
  requestMs: 30_000,
  /** Time for the runtime to begin its answer: a room with a long journal may take half a minute to wake up. */
  answerMs: 55_000,
  /** Time after which a download is cut whose reader takes nothing. */
  stalledMs: 60_000,
  /** Time for which an answer that has begun may be silent: the first file of a million requests takes some minutes. */
  silentMs: 1_800_000,
  keepAliveMs: 5_000,
  /**
   * Requests and handshakes that the runtime has not begun to answer, by address and in all; further ones wait,
   * addresses taking turns. Most are answered as soon as the runtime's one thread comes to them, and an order waits for
   * everything before it: so few begin at a time, but enough that the thread is never idle.
   */
  asking: { all: 256, byAddress: 32 },
  begun: { all: 8, byAddress: 2, ms: 100 },
  /** Answers under way: each holds some 150 KiB in both processes while its reader is slow. */
  answering: { all: 512, byAddress: 128 },
  /** Requests under way on one connection. Browsers and proxies have one; a connection with more is closed. */
  requestsPerConnection: 4,
  /** Ends of heads in one read. A body in JSON has none. */
  headsPerRead: 16,
  /** Lines in one read: a chunk of a body is two. A JSON body of ours has a few, however it is laid out. */
  linesPerRead: 1_024,
  /** Time for the runtime to answer an upgrade. */
  openMs: 10_000,

  /** Bytes of a message that are carried: rooms refuse a larger one, and the runtime would hold it. */
  messageBytes: limits.frameBytes,
  /** Fragments of a message, each held by the runtime as one. No client of ours makes any. */
  fragments: 128,
  /** Bytes of one message that are read and dropped, so that the line can stay open, before it is closed. */
  swallowedBytes: mib,

  /** Time from a close, by whichever side, until the line is torn down. With the sweep: within a second. */
  partingMs: 700,
  /** Units read meanwhile, out of data under way, in search of the client's own close. */
  partingUnits: 256,
  sweepMs: 50,

  /** Bytes that all lines together may leave unread in the guard; beyond it the largest are cut. */
  heldBytes: 96 * mib,

  /**
   * Units measure data from clients: a frame is one, and so is each KiB. `assured` ones belong to the line even when
   * all others are taken, as long as its address has no more lines than a class; `own` ones as long as its address has
   * some left; the rest comes out of a pool that all share. A line without units waits; nothing is lost. A new line
   * begins with few, so that reconnecting gains nothing. Orders, the fastest requests that a room takes from a trader
   * by default, are 50 a second: twenty traders behind one address have theirs also while the runtime is behind, as
   * long as nobody else is there to wait for them.
   */
  unitBytes: kib,
  assured: { perSec: 5, burst: 10, atFirst: 3, lines: 200, leastShare: 1 / 5 },
  own: { perSec: 120, burst: 120, atFirst: 40 },
  address: { perSec: 4_000, burst: 500, leastShare: 1 / 64, leastShareAlone: 1 / 4 },
  /** Units in the last whole second above which others count as present. */
  aloneUpTo: 2,
  pool: { perSec: 2_000, burst: 100 },
  /**
   * Load control. Above so many units a second the runtime is probed at this interval. A late answer halves the share
   * of their units that pool and addresses give out; one in time gives a step of it back. A flood begins with the
   * first share: the cost of its frames on this core is not known before. A request counts as so many units here; with
   * shares below the first, requests of an address begin more slowly, by so many ms for each part.
   */
  strain: {
    ...{ requestUnits: 8, pacePerShareMs: 2 },
    ...{ fromUnitsPerSec: 250, probeMs: 100, lateMs: 20 },
    ...{ firstShare: 1 / 8, leastShare: 1 / 64, shareStep: 1 / 32 },
  },
} as const;

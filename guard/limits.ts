/** Every number of the guard in one table, with its reason. What players notice is in docs/deployment.md. */

import { limits } from "../protocol/limits.ts";

const kib = 1024;
const mib = 1024 * kib;

export const guardLimits = {
  /** Connections in all and by address: a class behind one address with two screens each, five times over. */
  sockets: 4_000,
  socketsPerAddress: 2_000,
  /**
   * Connections that one address may open; those beyond wait unread. A class whose browsers all open six at once has
   * them at once. A connection that breaks a rule of HTTP counts as `fault` of them.
   */
  arrivals: { perSec: 100, burst: 1_200, fault: 25 },

  /** HTTP: Node's own parser keeps to these. */
  headBytes: 16 * kib,
  /** Lines of a head. Browsers send some twenty, proxies some more; each is two texts in memory. */
  headLines: 80,
  headMs: 10_000,
  /**
   * A body of the API is 16 KiB at most: the Worker refuses what is larger, in words, if it fits in here. Its length
   * is said before: in chunks of a byte it would be an object each.
   */
  bodyBytes: 24 * kib,
  bodyPieces: 256,
  bodyMs: 5_000,
  /** Requests with a body that wait for their turn, and hold what has come of it. */
  bodies: { all: 512, byAddress: 64 },
  requestMs: 30_000,
  /** A download whose reader takes nothing for so long is cut. */
  stalledMs: 60_000,
  keepAliveMs: 5_000,
  /**
   * Requests and handshakes that the runtime has not begun to answer, by address and in all. Those beyond wait,
   * addresses by turns. Most are answered as soon as the runtime's one thread comes to them, and an order waits for
   * all that came before it: so only a few begin at a time, enough that the thread is never idle.
   */
  asking: { all: 256, byAddress: 32 },
  begun: { all: 8, byAddress: 2, ms: 100 },
  /** Answers under way: each holds some 150 KiB in both processes while its reader is slow. */
  answering: { all: 512, byAddress: 128 },
  /** Requests under way on one connection. Browsers and proxies have one; what has more is closed. */
  requestsPerConnection: 4,
  /** Ends of heads in what is read at once. A body in JSON has none. */
  headsPerRead: 16,
  /** Lines in what is read at once: a chunk of a body is two. A body of ours has a few, however it is laid out. */
  linesPerRead: 1_024,
  /** An upgrade that the runtime has not answered by then comes to nothing. */
  openMs: 10_000,

  /** A larger message is refused by every room, so its bytes need not be carried: the runtime would hold them. */
  messageBytes: limits.frameBytes,
  /** The runtime keeps each fragment of a message by itself. No client of ours makes any. */
  fragments: 128,
  /** Bytes of one message that are read and dropped, so that the line can stay open, before it is closed. */
  swallowedBytes: mib,

  /** From a close, by whichever side, until the line is torn down. With the sweep: within a second. */
  partingMs: 700,
  /** Units of what was under way, that are read meanwhile in search of the client's own close. */
  partingUnits: 256,
  sweepMs: 50,

  /** Bytes that all lines together may leave in the guard unread; beyond it the largest are cut. */
  heldBytes: 96 * mib,

  /**
   * What a client may send is counted in units: a frame is one, and so is each KiB. The first are the line's even
   * when all others are taken, as long as its address has not more lines than a class; the next its own as long as
   * its address has some left; what is beyond comes out of a pool that all share. A line without units waits; nothing
   * is lost. A new line begins with few: who comes again and again sends no more than who stays. Orders, the fastest
   * thing that a room takes from a trader by default, are 50 a second: twenty traders behind one address have theirs
   * also while the runtime is behind, as long as nobody else is there to wait for them.
   */
  unitBytes: kib,
  assured: { perSec: 5, burst: 10, atFirst: 3, lines: 200, leastShare: 1 / 5 },
  own: { perSec: 120, burst: 120, atFirst: 40 },
  address: { perSec: 4_000, burst: 500, leastShare: 1 / 64, leastShareAlone: 1 / 4 },
  /** Others are there if they have sent more units than this in the last whole second. */
  aloneUpTo: 2,
  pool: { perSec: 2_000, burst: 100 },
  /**
   * While more than so many units a second go through, the runtime is asked something small every so often. An answer
   * that is late halves what pool and addresses give; one in time gives a step of it back. Whoever begins to send in
   * masses begins with the first share: what a core has to do for a frame is not known before.
   */
  strain: {
    ...{ fromUnitsPerSec: 250, probeMs: 100, lateMs: 20 },
    ...{ firstShare: 1 / 8, leastShare: 1 / 64, shareStep: 1 / 32 },
  },
} as const;

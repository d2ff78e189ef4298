/** Numbers that both ends of the wire must agree on. Source: the wire contract, docs/api.md. */

export const PROTOCOL_VERSION = 1;

export const limits = {
  frameBytes: 16 * 1024,
  malformedFrames: 20,
  malformedWindowMs: 10_000,
  joinDeadlineMs: 10_000,
  /** Wrong passcodes and tokens that close a connection. */
  wrongSecrets: 10,
  /** Open sockets a room, joined or not. */
  sockets: 2_000,
  cidsRemembered: 1_000,
  /**
   * Bytes of a room's record that requests which change nothing may take for their `cid`s, a second and at once: some
   * 300 such requests a second, and the 256 MiB of a record last for four hours of nothing else. One user has a share.
   */
  unchangedBytesPerSec: 16 * 1024,
  unchangedBytesAtOnce: 1024 * 1024,
  unchangedShareOfUser: 1 / 4,
  /** A join's `cid` of at least so many characters is taken for a secret, under which it can be repeated for a while. */
  joinCidLength: 22,
  joinRepeatMs: 5 * 60_000,
  traders: 200,
  /** Bots that a room runs, and that are added by one request. */
  bots: 50,
  botsAtOnce: 20,
  spectators: 100,
  /** People whom a session can remember: seats that never traded are forgotten, and those of who traded are not. */
  people: 1_000,
  /** Traders who were removed and are on the leaderboard all the same. */
  departedShown: 200,
  /** People whom spectators are told by name at a settlement: of those who gained by it, and of those who lost. */
  settlementNamed: 5,
  /** Number of instruments on the screens at a time. */
  instruments: 64,
  /** Number listed in a session from which on no round starts: more than a hundred rounds of the largest game. */
  instrumentsEver: 2_000,
  /** Resting orders a room: two hundred traders with all that they may have by default, twice. */
  openOrders: 200_000,
  nameGraphemes: 24,
  formatIdLength: 32,
  /** Characters of a set-up that is posted, and set-ups that a room keeps: the last ones. */
  setupLength: 48 * 1024,
  setupNameLength: 32,
  setups: 4,
  symbolLength: 16,
  descriptionLength: 120,
  newsLength: 500,
  roomNameLength: 60,
  passcodeLength: 64,
  depthDefault: 10,
  depthMax: 50,
  mdIntervalMs: 50,
  marksIntervalMs: 200,
  leaderboardIntervalMs: 1_000,
  roundIntervalMs: 250,
  obligationIntervalMs: 1_000,
  /** Public trades that whoever joins is told of. */
  recentTrades: 100,
  /**
   * Lots that a side of the book needs to count for the mark: of a room that says nothing, of one made on the pages, and
   * at most.
   */
  markLotsDefault: 1,
  markLotsOfPages: 5,
  markLots: 100,
  minTrades: 1_000,
  /** Prices, and points of the path, that are kept of an instrument's trades. */
  historyPrices: 500,
  historyPoints: 500,
  /** Own fills, and news, that who joins again is told of. */
  recentFills: 200,
  recentNews: 100,
  /** Fills of a trader that the exchange is shown. */
  watchedFills: 50,
  cancelsPerSec: 200,
  /** Renames, seats' codes and hosts' links of a user, a second and at once: they are asked for by hand, and told to all. */
  seldomPerSec: 1,
  seldomAtOnce: 20,
  /** Time for which a seat's code and a host's link open something. */
  handedOutMs: 10 * 60_000,
  /** Wrong codes of seats in a room that void all outstanding ones: of a million codes so many are guessed at. */
  wrongSeatCodes: 20,
  /** People and devices that host links may make hosts of a room. */
  coHosts: 20,
  /** So many orders of a list of cancels are searched for and written down at the cost of one more cancel. */
  listedPerCancel: 10,
  /**
   * So many steps that the engine walks for a request, and that no trade pays for, cost as much as one more order or
   * cancel: own orders that are passed over, sums of the book that are read before anything trades. A step takes 5 to 50 ns, so
   * a trader's thousand orders a second walk for about a percent of a core at most, whatever the books.
   */
  stepsPerOrder: 250,
  /** Work of the engine may put a trader in debt by so many seconds of the trader's rate. */
  workDebts: 10,
  /** Reads, pings and host operations together, a connection. */
  otherPerSec: 200,
  /** Of an answer to `get_orders`, `get_positions` or `get_history`, so many bytes cost as much as one more request. */
  answerBytesPerRequest: 1024,
  /** Bytes that a connection may send, a second and at once. */
  bytesPerSec: 256 * 1024,
  bytesAtOnce: 1024 * 1024,
  /** A client that leaves more bytes unread than this for the grace time is cut, and at once beyond the most. */
  backlogBytes: 1024 * 1024,
  backlogGraceMs: 4_000,
  backlogBytesMost: 2 * 1024 * 1024,
  /** Ceilings of what the host can set. */
  maxPosition: 1_000_000,
  maxOrderQty: 1_000_000,
  maxOpenOrders: 10_000,
  maxOrdersPerSec: 1_000,
  /** Default bounds of a scalar's price: this many ticks either side of zero. */
  priceTicks: 1_000_000_000,
  /** Prices, strikes and values have at most this many decimals. */
  decimals: 6,
  ticketMs: 10 * 60_000,
  /** The time ahead within which a session's end must lie. */
  sessionMs: 366 * 24 * 3_600_000,
} as const;

/** Limits of a trader in a new room. */
export const defaultLimits = {
  max_position: 10_000,
  max_order_qty: 10_000,
  max_open_orders: 500,
  max_loss: null as number | null,
  orders_per_sec: 50,
};

/** Room codes: no 0/O, 1/I/L, 5/S, 2/Z, 8/B, U/V. */
export const ROOM_ALPHABET = "ACDEFGHJKMNPQRTWXY3467";
export const ROOM_CODE_LENGTH = 6;

/** Digits of a seat's code. */
export const SEAT_CODE_LENGTH = 6;

/**
 * Texts of the API's reference for numbers, codes and fields whose schemas have none. `checkTables` makes sure that
 * nothing is missing here and nothing is left over.
 */

import { closeCode, limits, tableNames } from "#protocol";

/**
 * Meanings of fields whose schemas do not say it: by `schema.field`, else by the field's name alone.
 * A description in the schema goes before either.
 */
export const fieldNotes = {
  "quote_ack.ask": "The offer, or null.",
  "quote_ack.bid": "The bid, or null.",
  cancelled: "How many orders this took out of the book.",
  cid: "The `cid` of the request that this answers.",
  "OpenOrder.cid": "The `cid` of the request that entered it, or null.",
  code: "`NO_SUCH_ORDER` where `success` is false.",
  "error.code": "One of the error codes below.",
  connected: "Has an open connection.",
  ends_at: "Unix milliseconds at which an open session pauses by itself, or null.",
  files: "Each URL opens one file for ten minutes without a token.",
  filled: "Quantity filled so far.",
  halted: "Takes no orders until the host resumes it. Cancels are taken.",
  "halt.halted": "The same as `on`.",
  host_token: "Whoever holds it may join as the exchange.",
  id: "Instrument id: 1, 2, 3, ... in order of listing.",
  inst: "Instrument id.",
  instrument: "The new instrument.",
  instrument_id: "The same as `inst`.",
  instruments: "Every instrument, in order of listing.",
  join_url: "The address to share.",
  killed: "The host has stopped this user's trading.",
  last: "Price of the last trade, or null.",
  leaves: "Quantity that rests in the book.",
  limits: "The limits in force.",
  liquidity: "`maker`: the order rested; `taker`: it came in.",
  lot_size: "Quantities are multiples of it.",
  mark: "Price at which the position is valued, or null.",
  max_loss: "Loss from which on only reducing orders are taken, or null.",
  max_open_orders: "Resting orders over all instruments.",
  max_order_qty: "Contracts an order.",
  max_position: "Contracts an instrument, long or short, working orders counted.",
  max_price: "Highest price that is taken.",
  message: "What is wrong and what to do, in a sentence.",
  min_price: "Lowest price that is taken.",
  name: "The user's name.",
  on: "true: it is in force; false: it is lifted.",
  op: "The operation that was refused, or null where it could not be read.",
  order_id: "Id of the order: ascending, never used again.",
  order_ids: "The orders that this took out of the book.",
  orders: "Own open orders, the oldest first.",
  orders_per_sec: "New orders, replaces and quotes a second; the same number at once.",
  payout: "Own position that was settled, and the money paid for it (negative: owed).",
  payouts: "To the exchange only: everybody's.",
  pnl: "Realised and unrealised together, in money.",
  positions: "One row for each instrument traded.",
  post_only: "Never trades on entry.",
  price: "Price in display units.",
  protocol: "Version of the protocol.",
  qty: "Quantity of the order, what is filled included.",
  "fill.qty": "Quantity of this trade.",
  "trade.qty": "Quantity of this trade.",
  "Position.qty": "Contracts held; negative: short.",
  realized: "Profit and loss of what was closed, in money.",
  realized_pnl: "Profit and loss of what was closed, in money.",
  reason: "Why.",
  reference_id: "Options: the underlying scalar; else null.",
  resume_token: "Makes you the same user again on another connection.",
  resumed: "The user was here before.",
  role: "`exchange` (the host), `trader` or `spectator`.",
  "join.role": "Default `trader`.",
  room_code: "The room's code.",
  room_name: "What the room is called on the pages.",
  rows: "Traders, best P&L first. `volume` is contracts traded, `max_abs_position` the largest position held in any instrument, long or short.",
  server_time: "The server's clock, Unix milliseconds.",
  session: "How the session stands.",
  session_id: "Id of the session in the archive.",
  settled: "Takes no more orders.",
  settings: "Rules of the room that its creator may choose.",
  side: "`buy` or `sell`.",
  "trade.side": "The aggressor's side.",
  spot_price: "Final value of the underlying.",
  state: "`lobby` (nothing is traded yet), `open`, `paused` (cancels only) or `closed`.",
  "session.state":
    "`open`, `paused` (cancels only) or `closed` (final). In a `lobby` a room may only begin.",
  status:
    "`open`: nothing filled, resting. `partial`: some filled, the rest resting. `filled`: all. `cancelled`: what was not filled is gone.",
  strike: "Options: the strike, in the underlying's price; else null.",
  success: "Whether it was done.",
  symbol: "What the instrument is called; unique in the room.",
  text: "The news.",
  tick_size: "Prices are multiples of it.",
  tick_value: "Money that one unit of price is worth, a contract.",
  timestamp: "Comes back as sent. A text has at most 64 characters.",
  "pong.timestamp": "As sent.",
  "news.to": "User ids; absent or null: everybody.",
  trade_id: "Id of the trade: 1, 2, 3, ... in the room.",
  "add_instrument.type": "Kind of instrument.",
  "Instrument.type": "Kind of instrument.",
  unrealized: "Profit and loss of open positions at their marks, in money.",
  unrealized_pnl: "Profit and loss of the open position at its mark, in money.",
  user_id: "User id.",
  "limits.user_id": "Whose limits; null: everybody's.",
  "kill_switch.user_id": "Whose trading; null: everybody's.",
  users: "Everybody in the room.",
  value: "Final value; for an option its underlying's.",
  vwap: "Average entry price of the open position; 0 when flat.",
};

/** When the server closes a socket, and what the client should do. */
export const closeNotes = {
  normal: "An ordinary end.",
  protocolError: "What came is no WebSocket frame. Mend the client.",
  policyViolation:
    "Too many malformed frames, or too many wrong passcodes or tokens. Mend the client.",
  tooLarge: "A message of more than a mebibyte came. Mend the client.",
  internalError:
    "The room did not come back as it was, and does not trade. Do not reconnect: its record is kept.",
  serviceRestart: "The room or the server restarts. Reconnect with the resume token.",
  superseded: "The same trader joined on another connection. Do not reconnect by yourself.",
  kicked: "The host removed you. The resume token is void.",
  slowConsumer: "Too much was left unread. Reconnect and read faster.",
  joinTimeout: "No successful `join` in time.",
};

/** Subjects of the fixed limits. */
export const limitNotes = {
  frameBytes: "Bytes of a frame.",
  malformedFrames: "Malformed frames within the window that close a connection (1008).",
  malformedWindowMs: "That window, milliseconds.",
  joinDeadlineMs: "Time to join after connecting, milliseconds (then 4408).",
  wrongSecrets: "Wrong passcodes and tokens that close a connection (1008).",
  sockets: "Open sockets a room, joined or not.",
  bots: "Bots that a room runs.",
  botsAtOnce: "Bots that one request adds.",
  cidsRemembered: "Last `cid`s of a user that are remembered.",
  unchangedBytesPerSec:
    "Bytes a second of a room's record that requests which change nothing may take for their `cid`s.",
  unchangedBytesAtOnce: "As many at once.",
  unchangedShareOfUser: "Share of both that one user may take.",
  joinCidLength:
    "Characters from which on a join's `cid` is taken for a secret under which it can be repeated.",
  joinRepeatMs: "For how long it can be, milliseconds.",
  traders: "Traders a room.",
  spectators: "Spectators a room.",
  people:
    "People a session can remember, of whom those who traded are never forgotten (then `ROOM_FULL`).",
  departedShown: "Removed traders on the leaderboard.",
  settlementNamed:
    "People whom spectators are told of at a settlement: of those who gained by it, and of those who lost.",
  instruments: "Instruments a room at a time; those of finished rounds are not counted.",
  instrumentsEver:
    "Instruments that a session has listed, those of finished rounds among them: then no round starts any more.",
  openOrders: "Resting orders a room (then `ORDER_LIMIT`).",
  nameGraphemes: "Characters of a user's name, as a person counts them.",
  formatIdLength: "Characters of a format's id.",
  setupLength: "Characters of the body of `POST /api/rooms/{room}/setup`.",
  setupNameLength: "Characters of a set-up's name.",
  setups: "Set-ups that a room keeps, the last ones.",
  symbolLength: "Characters of a symbol.",
  descriptionLength: "Characters of an instrument's description.",
  newsLength: "Characters of a news item.",
  roomNameLength: "Characters of a room's name.",
  passcodeLength: "Characters of a passcode.",
  depthDefault: "Levels a side in market data, unless `join` asks for others.",
  depthMax: "Most levels a side.",
  mdIntervalMs: "Least time between two `md_inc` of an instrument, milliseconds.",
  marksIntervalMs:
    "Least time between two `positions` and `pnl` that only marks caused, milliseconds.",
  leaderboardIntervalMs: "Least time between two `leaderboard`, milliseconds.",
  roundIntervalMs: "Least time between two `round` of the same step, milliseconds.",
  obligationIntervalMs: "Least time between two `obligation` of a seat, milliseconds.",
  markLotsDefault:
    "Lots that a side of the book needs to count for the mark, in a room that says nothing of it.",
  markLotsOfPages: "Lots that it needs in a room made on the pages.",
  markLots: "Highest `mark_lots` of a room's settings.",
  minTrades: "Highest `min_trades` of a room's settings.",
  historyPrices: "Prices in `history`; beyond that neighbouring ones are put together.",
  historyPoints: "Points of the path in `history`.",
  recentTrades: "Last public trades that `join_ack` carries.",
  recentFills: "Own last fills that `join_ack` carries.",
  recentNews: "News that `join_ack` carries.",
  watchedFills: "Fills of a trader in the answer to the exchange's `get_orders`.",
  seldomPerSec: "`rename`, `seat_code` and `host_link` a second a user.",
  seldomAtOnce: "As many of them at once.",
  handedOutMs: "For how long a `seat_code` and a `host_link` work, milliseconds.",
  wrongSeatCodes: "Wrong seat codes in a room that void all outstanding ones.",
  coHosts: "Hosts of a room that came by a `host_link` (then `ROOM_FULL`).",
  cancelsPerSec: "`cancel`, `cancel_inst` and `cancel_all` a second a user; as many at once.",
  listedPerCancel: "Orders in a `cancel_inst`'s list that cost as much as one more cancel.",
  stepsPerOrder:
    "Own orders that an order or a cancel has to pass over, and that cost as much as one more of its kind.",
  workDebts: "Seconds of a trader's rate that such a cost may put it in debt.",
  answerBytesPerRequest:
    "Bytes of an answer to `get_orders`, `get_positions` or `get_history` that cost as much as one more request.",
  bytesPerSec: "Bytes a connection may send, a second; beyond that `RATE_LIMITED`.",
  bytesAtOnce: "The same at once.",
  otherPerSec:
    "All other requests but orders, replaces and quotes a second a connection; as many at once.",
  backlogBytes: "Bytes a client may leave unread.",
  backlogGraceMs: "For how long it may leave more unread before it is cut with 4008, milliseconds.",
  backlogBytesMost: "Unread bytes at which it is cut at once.",
  maxPosition: "Highest `max_position` that the host can set.",
  maxOrderQty: "Highest `max_order_qty`, and lot size, that the host can set.",
  maxOpenOrders: "Highest `max_open_orders` that the host can set.",
  maxOrdersPerSec: "Highest `orders_per_sec` that the host can set.",
  priceTicks: "Ticks either side of zero: the widest bounds of a price.",
  decimals: "Decimals of prices, strikes and values, at most.",
  sessionMs: "How far ahead `ends_at` may lie, milliseconds.",
  ticketMs: "Life of a download link, milliseconds.",
};

/** Contents of the export files. */
export const fileNotes = {
  trades: "Every trade.",
  orders: "Every order that was entered, in its last state.",
  positions:
    "Every position that was ever held, valued as at the end, what was held at the settlement and paid for it, and the P&L in the instrument. A pot and its antes (`goal_suit`) belong to no instrument: their sum is what `pnl` of `scores.csv` has beyond the rows of the round.",
  pnl: "The total P&L of everybody. Equals share a rank. `bot` is the kind of a bot.",
  instruments: "The instruments, their bounds and their settlement values.",
  events:
    "Every accepted command, the host's and the traders', with its fields as JSON. One that changed nothing is there if it had a `cid`; of a long one, the `cid` alone. While a round runs, the file ends where it began.",
  rounds:
    "The rounds whose result was told. `params` is JSON; `ended_ts` is empty until the review is over.",
  hands: "Every card of these rounds and its `place`: `hand` (of the user), `table` or `deck`.",
  scores: "The rows of these rounds' results. Empty parts: the game has no fair values.",
};

/**
 * Compares the tables with the protocol.
 * @param {Iterable<string>} usedNotes keys of `fieldNotes` that a field needed
 * @returns {string[]} what is missing or left over; empty: all is well
 */
export function checkTables(usedNotes) {
  const used = new Set(usedNotes);
  return [
    ...differences("closeNotes", closeNotes, Object.keys(closeCode)),
    ...differences("limitNotes", limitNotes, Object.keys(limits)),
    ...differences("fileNotes", fileNotes, tableNames),
    ...Object.keys(fieldNotes)
      .filter((key) => !used.has(key))
      .map((key) => `fieldNotes: nothing needs "${key}"`),
  ];
}

/** @returns {string[]} */
function differences(table, entries, names) {
  const known = new Set(names);
  return [
    ...names
      .filter((name) => !Object.hasOwn(entries, name))
      .map((name) => `${table}: ${name} is missing`),
    ...Object.keys(entries)
      .filter((name) => !known.has(name))
      .map((name) => `${table}: ${name} is not in protocol/`),
  ];
}

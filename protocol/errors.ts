/** The closed list of error codes, each with the sentence a person is shown when the place of failure has none of its own. */

export const errorText = {
  BAD_REQUEST: "The message is not understood: check its fields and their types.",
  UNKNOWN_OP: "There is no such operation: see the list of operations in docs/api.md.",
  NOT_JOINED: "Join the room first.",
  FORBIDDEN: "Your role does not allow this.",
  NO_SUCH_ROOM: "There is no room with this code: check the code with the host.",
  ROOM_FULL: "The room is full: ask the host, or join as a spectator.",
  ROOM_CLOSED: "The session is closed: its results can still be downloaded.",
  BAD_PASSCODE: "The passcode is wrong: ask the host for it.",
  BAD_TOKEN: "This token does not belong to the room: join again under a name.",
  NAME_TAKEN: "Somebody in the room has this name already: choose another.",
  NO_SUCH_INSTRUMENT: "There is no such instrument.",
  NO_SUCH_ORDER: "There is no such open order of yours.",
  HALTED: "Trading in this instrument is halted: wait until it trades again.",
  SETTLED: "This instrument is settled and takes no more orders.",
  PAUSED: "The session is paused: you can cancel, but not place or change orders.",
  OFF_TICK: "The price is not on the tick grid of the instrument.",
  OFF_LOT: "The quantity is not a multiple of the lot size.",
  PRICE_OUT_OF_RANGE: "The price is outside the bounds of the instrument.",
  BAD_QTY: "The quantity must be a positive whole number.",
  POST_ONLY_WOULD_CROSS:
    "A post-only order must not trade at once: choose a price behind the other side.",
  FOK_UNFILLED: "The order could not be filled whole, so nothing was done.",
  SELF_TRADE: "The order would trade with your own.",
  POSITION_LIMIT: "The order could take your position past its limit.",
  ORDER_LIMIT: "The order is larger, or your open orders are more, than your limits allow.",
  LOSS_LIMIT: "Your loss has reached its limit: you can only reduce positions.",
  NO_ROUND: "There is no round in this room now.",
  NOT_SEATED: "You have no seat in this round: you are dealt in with the next one.",
  RULE: "A rule of this round does not allow it.",
  KILLED: "The host has stopped your trading.",
  RATE_LIMITED: "Too many messages: slow down and try again.",
  CID_REUSED: "This cid was used before for another request: choose a new one.",
  INTERNAL: "A fault on our side: nothing is known to be done; the same cid may be sent again.",
} as const;

/** Text of the INTERNAL error that everybody gets in a room that did not come back as it was. */
export const untrustedText =
  "This room did not come back as it was, so it does not trade. Its record is kept: make a new room.";

export type ErrorCode = keyof typeof errorText;

/** WebSocket close codes. 4000-4999 are ours. */
export const closeCode = {
  normal: 1000,
  /** Bytes that are no WebSocket frame. */
  protocolError: 1002,
  /** Too many malformed frames, or wrong passcodes and tokens. */
  policyViolation: 1008,
  /** A message of more than a mebibyte. */
  tooLarge: 1009,
  /** The room did not come back as it was: it does not trade any more. */
  internalError: 1011,
  /** The server restarts: reconnect. */
  serviceRestart: 1012,
  /** A newer connection of the same trader took over. */
  superseded: 4001,
  /** Removed by the host. */
  kicked: 4003,
  /** Did not read what was sent to it. */
  slowConsumer: 4008,
  /** Did not join in time. */
  joinTimeout: 4408,
} as const;

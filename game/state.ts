/** The room's own state beside the engine's: users, instruments, session. Plain data. */

import {
  defaultLimits,
  defaultPlaySettings,
  type BotKind,
  type ClientKind,
  type InstrumentType,
  type LensSetting,
  type Limits,
  type Message,
  type PlaySettings,
  type Role,
  type SessionState,
  type TokenBucket,
} from "#protocol";
import { noLog, type LogState } from "./journal/log.ts";
import type { KeptInstrument } from "./engine-slots.ts";
import { UsedCids } from "./journal/used-cids.ts";
import type { RoundState, Standing } from "./rounds/state.ts";
import type { Traded } from "./trading/traded.ts";

/** Counters of a trader, for the leaderboard and pnl.csv. */
export interface TraderStats {
  /** Contracts traded. */
  volume: number;
  trades: number;
  makerQty: number;
  takerQty: number;
  maxAbsPosition: number;
  /** Instruments in which the user has ever traded. */
  traded: Set<number>;
}

/** A bot that trades a seat. */
export interface BotSeat {
  kind: BotKind;
  /** Seed of its random numbers; kept from everybody. */
  seed: string;
  /** Whether the seat is a person's, who has gone. */
  isTaken: boolean;
}

/** Orders of a user in a second: quotes by instrument, and all others. */
export interface OrderCount {
  readonly second: number;
  orders: number;
  readonly quotes: Map<number, number>;
}

export interface RoomUser {
  userId: number;
  name: string;
  role: Role;
  /** The name at the first join, under which a lost join is repeated. */
  joinedAs: string;
  /** When the user first came in, Unix ms. */
  joinedMs: number;
  /** SHA-256 of each resume token, hexadecimal; empty once kicked. */
  tokenHashes: string[];
  /** When the last of them was made, Unix ms. */
  tokenMs: number;
  /** Hash of the seat's code by which the person came in last; null: by a join. */
  seatHash: string | null;
  killed: boolean;
  kicked: boolean;
  /** Whether the room itself trades for the user, as a round's house. */
  isHouse: boolean;
  /** The bot that trades for the user; null: the person does. */
  bot: BotSeat | null;
  /** The user's last client. */
  client: ClientKind;
  /** Whether the user has traded faster than people can. */
  isFast: boolean;
  limits: Limits;
  stats: TraderStats;
  /** P&L in instruments that are retired, in money. */
  banked: number;
  /** The user's last fills, oldest first, sent when the user comes back. */
  recentFills: Message<"fill">[];
  cids: UsedCids;
  /** Not journalled: number of connections, since when there is none (Unix ms), orders by second, and the rate limiters. */
  connections: number;
  goneMs: number;
  ordersIn: OrderCount[];
  orderBucket: TokenBucket | null;
  cancelBucket: TokenBucket | null;
  seldomBucket: TokenBucket | null;
}

export interface RoomInstrument {
  inst: number;
  /** Its place in the engine; 0: it has none any more. */
  slot: number;
  /** The engine's knowledge of it at its retirement; null: it is not retired. */
  kept: KeptInstrument | null;
  symbol: string;
  description: string | null;
  type: InstrumentType;
  /** Options: the underlying scalar. */
  reference: number | null;
  strike: number | null;
  tickSize: number;
  lotSize: number;
  tickValue: number;
  tickValueMicros: number;
  minTicks: number;
  maxTicks: number;
  /** The bounds as given, in prices: they outlast a change of the tick. Absent: as wide as the grid goes. */
  bounds: { min: number | undefined; max: number | undefined };
  /** Price at which ladders start; null: the host did not say. */
  openingPrice: number | null;
  hidden: boolean;
  halted: boolean;
  settled: boolean;
  /** Whether the host has changed its final value since. */
  isCorrected: boolean;
  /** Number of the round that lists it; null: the host did. */
  round: number | null;
  /** Whether its round is over and gone from the screens; its P&L stays. */
  retired: boolean;
  /** Whether its round was aborted: its trades count for nothing. */
  isVoid: boolean;
  /** Price of the last trade, kept even if a new tick size cannot express it. */
  lastPrice: number | null;
  traded: Traded;
}

/** A secret that was handed out, by its hash. */
export interface HandedOut {
  hash: string;
  /** Unix milliseconds from which on it opens nothing. */
  expiresAt: number;
}

export interface RoomState {
  room: string;
  sessionId: string;
  name: string;
  createdAt: number;
  closedAt: number | null;
  hostTokenHash: string;
  /** Tokens of hosts who came by a link. */
  coHostHashes: string[];
  /** Links that make a host, some of them too old. */
  hostLinks: HandedOut[];
  /** Codes of seats, at most one a user, some of them too old. */
  seatCodes: (HandedOut & { userId: number })[];
  /** Wrong codes that were tried since there was none that could be guessed. */
  wrongSeatCodes: number;
  passcodeHash: string | null;
  openHost: boolean;
  onDisconnect: "keep" | "cancel";
  lens: LensSetting;
  /** Lots that must stand on a side of a book for its price to count for the mark. */
  markLots: number;
  /** Settings of the game, which the host can change. */
  settings: PlaySettings;
  session: SessionState;
  endsAt: number | null;
  killed: boolean;
  /** Limits of a trader who joins from now on. */
  limits: Limits;
  users: Map<number, RoomUser>;
  /** Index 0 is instrument 1. */
  instruments: RoomInstrument[];
  /** The last round; null: there was none. */
  round: RoundState | null;
  /** Scores of rounds whose deal nobody knew before. */
  standings: Standing[];
  /** Fields of resting orders that the engine does not keep. */
  orders: Map<number, OrderNote>;
  /** The room's event number. */
  seq: number;
  /** Rows in the journal. */
  journalled: number;
  /** End so far of the log that everybody may read after the session. */
  log: LogState;
  trades: number;
  /** The last public trades, oldest first, sent to users who join. */
  recentTrades: Message<"trade">[];
  /** The last news as the host sent them: `to` names all recipients. */
  recentNews: Message<"news">[];
}

export interface OrderNote {
  cid: string | null;
  /** Time of entry, Unix ms. */
  ts: number;
  /** Whether it is a side of a post-only quote; the engine keeps this of other orders. */
  isPostOnlyQuote: boolean;
}

export function emptyState(): RoomState {
  return {
    room: "",
    sessionId: "",
    name: "",
    createdAt: 0,
    closedAt: null,
    hostTokenHash: "",
    coHostHashes: [],
    hostLinks: [],
    seatCodes: [],
    wrongSeatCodes: 0,
    passcodeHash: null,
    openHost: false,
    onDisconnect: "keep",
    lens: "off",
    markLots: 1,
    settings: { ...defaultPlaySettings },
    session: "open",
    endsAt: null,
    killed: false,
    limits: { ...defaultLimits },
    users: new Map(),
    instruments: [],
    round: null,
    standings: [],
    orders: new Map(),
    seq: 0,
    journalled: 0,
    log: { ...noLog },
    trades: 0,
    recentTrades: [],
    recentNews: [],
  };
}

export function newUser(
  input: { userId: number; name: string; role: Role; tokenHash: string },
  limits: Limits,
  joinedMs: number,
): RoomUser {
  return {
    userId: input.userId,
    name: input.name,
    joinedAs: input.name,
    role: input.role,
    joinedMs,
    tokenHashes: [input.tokenHash],
    tokenMs: joinedMs,
    seatHash: null,
    killed: false,
    kicked: false,
    isHouse: false,
    bot: null,
    client: "program",
    isFast: false,
    limits: { ...limits },
    stats: emptyStats(),
    banked: 0,
    recentFills: [],
    cids: new UsedCids(),
    connections: 0,
    goneMs: Infinity,
    ordersIn: [],
    orderBucket: null,
    cancelBucket: null,
    seldomBucket: null,
  };
}

function emptyStats(): TraderStats {
  return { volume: 0, trades: 0, makerQty: 0, takerQty: 0, maxAbsPosition: 0, traded: new Set() };
}

/** Ends a user's seat for good: no token and no code opens it any more. */
export function endSeat(state: RoomState, user: RoomUser): void {
  Object.assign(user, { kicked: true, tokenHashes: [] });
  state.seatCodes = state.seatCodes.filter(({ userId }) => userId !== user.userId);
}

/** Users of a role in the room: all but those removed. */
export function present(state: RoomState, role: Role): RoomUser[] {
  return [...state.users.values()].filter((user) => user.role === role && !user.kicked);
}

/** Appends and drops the oldest beyond `most`. */
export function keepLast<T>(list: T[], item: T, most: number): void {
  list.push(item);
  if (list.length > most) list.shift();
}

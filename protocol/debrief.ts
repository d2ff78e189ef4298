/**
 * Answers of `/api/sessions/{session}`: the session, its debrief, and the lines of its log. What each figure means stands in
 * definitions.ts.
 */

import * as v from "valibot";
import { namesSettingSchema } from "./choices.ts";
import { int, maybe, real } from "./messages/message.ts";

const ts = v.pipe(real, v.description("Unix milliseconds."));
const amount = v.pipe(maybe, v.description("Money; null: nothing to count."));

/** Fields of what is told with the close of a session, and to everybody who joins later. */
export const closingFields = {
  log_hash: v.optional(
    v.pipe(v.string(), v.description("Of a closed session: hash of the last line of its log.")),
  ),
  debrief_url: v.optional(
    v.pipe(
      v.string(),
      v.description("Of a closed session: its page, with the class key behind `#`."),
    ),
  ),
};

/** Points of a path that the debrief tells at most. */
export const debriefPoints = 500;

/**
 * Names of the traders in a session whose names are masked: Trader 1, Trader 2 and so on, in the order of joining, without
 * gaps. User ids would tell how many hosts and spectators came before, and would not begin with 1.
 */
export function maskedNames(userIds: Iterable<number>): Map<number, string> {
  const inOrder = [...userIds].sort((a, b) => a - b);
  return new Map(inOrder.map((userId, at) => [userId, `Trader ${at + 1}`]));
}

/** The page of a session. @param key the class key, which no server sees: it stands behind `#` */
export function debriefPath(sessionId: string, key: string): string {
  return `/s/${sessionId}#${key}`;
}

const viewerSchema = v.object({
  role: v.picklist(["host", "trader", "class"]),
  user_id: v.pipe(v.nullable(int), v.description("A trader's own; null for others.")),
});
/** Whose key opened the session. */
export type DebriefViewer = v.InferOutput<typeof viewerSchema>;

/** Answer of `GET /api/sessions/{session}`. */
export const sessionSummarySchema = v.object({
  session_id: v.string(),
  room: v.pipe(v.string(), v.description("Its code.")),
  name: v.pipe(v.string(), v.description("The room's name.")),
  created_at: ts,
  closed_at: v.pipe(maybe, v.description("Unix milliseconds; null: the session runs.")),
  traders: v.pipe(int, v.description("Everybody who traded or might have.")),
  trades: int,
  rounds: int,
  log_hash: v.pipe(
    v.nullable(v.string()),
    v.description("Hash of the log's last line; null: the session runs, or is older than the log."),
  ),
  names: namesSettingSchema,
  viewer: v.pipe(viewerSchema, v.description("Whose key this is.")),
});
export type SessionSummary = v.InferOutput<typeof sessionSummarySchema>;

const partFields = {
  spread: amount,
  selection: amount,
  drift: amount,
};
const liquiditySchema = v.object({
  ...partFields,
  qty: v.pipe(int, v.description("Contracts.")),
  trades: v.pipe(int, v.description("Fills.")),
});
export type DebriefLiquidity = v.InferOutput<typeof liquiditySchema>;

const point = v.tuple([real, real]);
/** A moment in Unix milliseconds, and a price or an amount of money. */
export type DebriefPoint = v.InferOutput<typeof point>;
const points = v.pipe(v.array(point), v.maxLength(debriefPoints));

const quotingSchema = v.object({
  inst: int,
  two_sided: v.pipe(maybe, v.description("Share of the open time, 0 to 1.")),
  width: v.pipe(maybe, v.description("Price; null: never two-sided.")),
  at_best: v.pipe(maybe, v.description("Share of the open time, 0 to 1.")),
});
export type DebriefQuoting = v.InferOutput<typeof quotingSchema>;

const traderSchema = v.object({
  user_id: int,
  name: v.string(),
  bot: v.pipe(v.nullable(v.string()), v.description("Kind of the bot; null: a person.")),
  rank: v.pipe(int, v.description("By `pnl`; equals share one.")),
  pnl: real,
  ...partFields,
  other: v.pipe(real, v.description("Money that came from no trade.")),
  edge: amount,
  information: amount,
  luck: amount,
  maker: liquiditySchema,
  taker: liquiditySchema,
  markouts: v.object({ 1: maybe, 5: maybe, 30: maybe }),
  trades: v.pipe(int, v.description("Fills.")),
  volume: v.pipe(int, v.description("Contracts.")),
  maker_share: v.pipe(maybe, v.description("0 to 1.")),
  quoting: v.array(quotingSchema),
  max_abs_position: int,
  curve: v.pipe(points, v.description("[ts, P&L]")),
  best: v.pipe(v.nullable(int), v.description("A trade's id.")),
  worst: v.pipe(v.nullable(int), v.description("A trade's id.")),
});
export type DebriefTrader = v.InferOutput<typeof traderSchema>;

const instrumentSchema = v.object({
  inst: int,
  symbol: v.string(),
  type: v.picklist(["SCALAR", "CALL", "PUT"]),
  reference_id: v.nullable(int),
  strike: maybe,
  tick_size: real,
  tick_value: real,
  round: v.pipe(v.nullable(int), v.description("null: of no round.")),
  counts: v.pipe(v.boolean(), v.description("false: its round was aborted.")),
  settlement: maybe,
  fair: v.pipe(
    maybe,
    v.description(
      "Fair value to who knew all hands when trading began; null: nobody can count it.",
    ),
  ),
  fair_path: v.pipe(
    v.array(point),
    v.description("[ts, fair value to who knows the table], at the start and at each reveal."),
  ),
  path: v.pipe(points, v.description("[ts, reference price]")),
  error_s: v.pipe(maybe, v.description("Seconds until the price had found the settlement.")),
});
export type DebriefInstrument = v.InferOutput<typeof instrumentSchema>;

/** A trade that a trader's page speaks of, with the book before it. */
const notedTradeSchema = v.object({
  trade_id: int,
  ts,
  inst: int,
  price: real,
  qty: int,
  buyer_id: int,
  seller_id: int,
  aggressor: v.picklist(["buy", "sell"]),
  bid: v.pipe(maybe, v.description("Best bid before the request that traded.")),
  ask: v.pipe(maybe, v.description("Best ask before the request that traded.")),
  m0: v.pipe(maybe, v.description("Reference price before it.")),
  m5: v.pipe(maybe, v.description("Reference price five seconds later.")),
});
export type NotedTrade = v.InferOutput<typeof notedTradeSchema>;

const freeMoneySchema = v.object({
  ts,
  until: v.pipe(real, v.description("Unix milliseconds at which it was gone.")),
  kind: v.picklist(["parity", "vertical", "box", "butterfly"]),
  legs: v.array(
    v.object({
      inst: int,
      side: v.picklist(["buy", "sell"]),
      qty: v.pipe(int, v.description("Contracts of the leg in one combination.")),
      price: real,
    }),
  ),
  gain: v.pipe(real, v.description("Money for one combination, at its best.")),
});
export type FreeMoney = v.InferOutput<typeof freeMoneySchema>;

const awardSchema = v.object({
  title: v.string(),
  user_id: int,
  why: v.pipe(v.string(), v.description("One sentence, without a name.")),
});
export type Award = v.InferOutput<typeof awardSchema>;

const roundSchema = v.object({
  round: int,
  format: v.string(),
  title: v.string(),
  params: v.record(v.string(), v.unknown()),
  state: v.picklist(["done", "aborted"]),
  known_deal: v.boolean(),
  commit: v.string(),
  seed: v.string(),
  started_ts: ts,
  ended_ts: ts,
  seats: v.array(int),
  instruments: v.array(int),
  result: v.pipe(
    v.record(v.string(), v.unknown()),
    v.description("The `round_result` that everybody was sent last."),
  ),
});
export type DebriefRound = v.InferOutput<typeof roundSchema>;

export const definitionSchema = v.object({
  title: v.string(),
  meaning: v.pipe(v.string(), v.description("One or two sentences for a trader.")),
  formula: v.pipe(v.string(), v.description("Symbols as under `symbols`; empty: there is none.")),
});
/** The meaning of a figure, as the page, the docs and the API tell it. */
export type Definition = Readonly<v.InferOutput<typeof definitionSchema>>;

/** Answer of `GET /api/sessions/{session}/debrief`. */
export const debriefSchema = v.object({
  session: sessionSummarySchema,
  definitions: v.record(v.string(), definitionSchema),
  instruments: v.array(instrumentSchema),
  traders: v.pipe(v.array(traderSchema), v.description("Best first.")),
  matrix: v.array(
    v.object({
      buyer_id: int,
      seller_id: int,
      qty: int,
      buyer_pnl: v.pipe(real, v.description("Money that the buyer made of these trades at `S`.")),
    }),
  ),
  noted_trades: v.pipe(
    v.array(notedTradeSchema),
    v.description("The best and the worst trade of each trader, with the book at that moment."),
  ),
  free_money: v.array(freeMoneySchema),
  awards: v.array(awardSchema),
  rounds: v.array(roundSchema),
});
export type Debrief = v.InferOutput<typeof debriefSchema>;

/** A line of `GET /api/sessions/{session}/log`, in this order of its fields. */
export const logLineSchema = v.object({
  n: v.pipe(int, v.description("1, 2, 3, ... without gaps.")),
  seq: v.pipe(int, v.description("The room's event number.")),
  ts,
  user_id: v.pipe(int, v.description("0: the room itself.")),
  input: v.pipe(
    v.looseObject({ op: v.string() }),
    v.description(
      'A request without `cid` and names, an input of the room (`$join`, `$clock`, `$step`, ...), or `{op: "$seed", round, seed}` after a round\'s result.',
    ),
  ),
  accepted: v.boolean(),
  hash: v.pipe(
    v.string(),
    v.description(
      "SHA-256 of the last line's hash (64 zeros at first), a line feed, and this line without its hash.",
    ),
  ),
});
export type LogLine = v.InferOutput<typeof logLineSchema>;

/** Every message a client may send: the schemas, and the types inferred from them. */

import * as v from "valibot";
import { errorText } from "./errors.ts";
import { frameFault } from "./frame.ts";
import { limits } from "./limits.ts";
import { halfCharacter, jsonFault, wholesome } from "./text.ts";

const number = (text: string) => v.pipe(v.number(), v.finite(), v.description(text));
const text = (max: number, what: string) =>
  v.pipe(v.string(), v.maxLength(max), wholesome(), v.description(what));
const flag = (what: string) => v.pipe(v.boolean(), v.description(what));
const id = (what: string) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.description(what));

const cid = v.optional(
  v.pipe(
    v.string(),
    v.regex(/^\P{C}{1,64}$/u, "1 to 64 printable characters"),
    v.description(
      "The client's own id of the request: comes back in every reply, makes a repeat harmless.",
    ),
  ),
);
const inst = id("Instrument id.");
const price = number("Price in display units, on the tick grid.");
const qty = number("Quantity: a positive whole number, a multiple of the lot size.");
const userId = id("User id; absent: everybody.");

export const sideSchema = v.picklist(["buy", "sell"]);
export type Side = v.InferOutput<typeof sideSchema>;
const side = v.pipe(sideSchema, v.description("`buy` or `sell`."));

export const orderTypeSchema = v.picklist(["limit", "market"]);
export type OrderType = v.InferOutput<typeof orderTypeSchema>;

/** How long an order lasts: until it is cancelled, or at once and in part or whole. */
export const tifSchema = v.picklist(["GFD", "IOC", "FOK"]);
export type Tif = v.InferOutput<typeof tifSchema>;

export const roleSchema = v.picklist(["exchange", "trader", "spectator"]);
export type Role = v.InferOutput<typeof roleSchema>;

export const instrumentTypeSchema = v.picklist(["SCALAR", "CALL", "PUT"]);
export type InstrumentType = v.InferOutput<typeof instrumentTypeSchema>;

export const sessionStateSchema = v.picklist(["open", "paused", "closed"]);
export type SessionState = v.InferOutput<typeof sessionStateSchema>;

/** Who may have the pages mark quotes that lock in a gain. The host always sees them. */
export const lensSchema = v.pipe(
  v.picklist(["off", "after", "always"]),
  v.description(
    "The arbitrage lens of the pages: for nobody but the host, for all once an underlying is settled or the session is closed, or for all at any time.",
  ),
);
export type LensSetting = v.InferOutput<typeof lensSchema>;

/** Settings of a room that its creator may choose. */
export const roomSettingsSchema = v.object({
  on_disconnect: v.optional(
    v.pipe(
      v.picklist(["keep", "cancel"]),
      v.description(
        "What happens to the open orders of a trader whose connection drops. If the server itself stopped, traders have 35 s to come back before it happens.",
      ),
    ),
  ),
  lens: v.optional(lensSchema),
});
export type RoomSettings = v.InferOutput<typeof roomSettingsSchema>;

const roomFields = {
  passcode: v.optional(text(limits.passcodeLength, "Traders and spectators must give it to join.")),
  name: v.optional(text(limits.roomNameLength, "What the room is called on the pages.")),
  template: v.optional(
    v.pipe(
      v.picklist(["empty", "options"]),
      v.description("`options`: starts with a scalar and a strip of calls and puts on it."),
    ),
  ),
  settings: v.optional(roomSettingsSchema),
};

/** Body of `POST /api/rooms`. */
export const createRoomBodySchema = v.object(roomFields);
export type CreateRoomBody = v.InferOutput<typeof createRoomBodySchema>;

const op = <const T extends string, E extends v.ObjectEntries>(name: T, entries: E) =>
  v.object({ op: v.literal(name), cid, ...entries });

/** One schema an operation. `who` and the replies are in the table of docs/api.md. */
export const requestSchemas = {
  create_room: op("create_room", roomFields),
  join: op("join", {
    cid: v.optional(
      v.pipe(
        cid.wrapped,
        v.description(
          "With 22 characters or more a secret, under which a join whose answer was lost can be repeated: 128 random bits, used for nothing else.",
        ),
      ),
    ),
    room: v.optional(text(32, "Room code; needed on `/ws` only.")),
    // `normalizeName` says in words of its own which characters a name may hold.
    name: v.optional(
      v.pipe(
        v.string(),
        v.maxLength(256),
        v.description("1-24 characters; not needed with a resume token."),
      ),
    ),
    role: v.optional(roleSchema),
    passcode: v.optional(text(limits.passcodeLength, "If the room has one.")),
    host_token: v.optional(
      text(128, "Makes you the exchange; a spectator who brings it has a place in a full room."),
    ),
    resume_token: v.optional(text(128, "Makes you the user that you were.")),
    batch: v.optional(flag("Frames may be JSON arrays of messages.")),
    depth: v.optional(
      v.pipe(
        v.number(),
        v.integer(),
        v.minValue(1),
        v.maxValue(limits.depthMax),
        v.description("Levels a side in market data."),
      ),
    ),
  }),
  // Bounded, for it is sent back as it came.
  ping: op("ping", {
    timestamp: v.optional(v.union([v.number(), text(64, "Comes back in the `pong`.")])),
  }),
  add_instrument: op("add_instrument", {
    symbol: text(limits.symbolLength, "Unique in the room."),
    description: v.optional(text(limits.descriptionLength, "What is traded, for people to read.")),
    type: instrumentTypeSchema,
    tick_size: v.optional(number("Default 0.01.")),
    lot_size: v.optional(number("Default 1.")),
    tick_value: v.optional(number("Money that one unit of price is worth, a contract. Default 1.")),
    reference_id: v.optional(id("Options: the underlying scalar.")),
    strike: v.optional(number("Options: the strike, in the underlying's price.")),
    min_price: v.optional(price),
    max_price: v.optional(price),
    halted: v.optional(flag("Starts halted.")),
  }),
  order_new: op("order_new", {
    inst,
    side,
    qty,
    price: v.optional(price),
    type: v.optional(orderTypeSchema),
    tif: v.optional(tifSchema),
    post_only: v.optional(flag("Refused if it would trade at once.")),
  }),
  replace: op("replace", {
    order_id: id("Your open order."),
    price: v.optional(price),
    qty: v.optional(number("New remaining quantity.")),
  }),
  cancel: op("cancel", { order_id: id("Your open order."), inst: v.optional(inst) }),
  cancel_inst: op("cancel_inst", {
    inst,
    order_ids: v.optional(
      v.pipe(
        v.array(id("An order.")),
        v.maxLength(limits.maxOpenOrders),
        v.description(
          "Only these: at most `max_open_orders` of them, none twice. Ids that are gone are no error.",
        ),
      ),
    ),
  }),
  cancel_all: op("cancel_all", { side: v.optional(side) }),
  quote: op("quote", {
    inst,
    bid: v.optional(price),
    bid_qty: v.optional(number("0 or absent: no bid.")),
    ask: v.optional(price),
    ask_qty: v.optional(number("0 or absent: no offer.")),
  }),
  halt: op("halt", { inst: v.optional(inst), on: flag("true halts, false resumes.") }),
  settle: op("settle", { inst, value: number("Final value; for an option its underlying's.") }),
  expire_option: op("expire_option", { inst, spot_price: number("The underlying's final value.") }),
  pull_quotes: op("pull_quotes", { inst }),
  update_tick_size: op("update_tick_size", {
    instrument_id: inst,
    tick_size: number("New tick size."),
  }),
  set_limits: op("set_limits", {
    user_id: v.optional(userId),
    max_position: v.optional(number("Contracts an instrument, long or short.")),
    max_order_qty: v.optional(number("Contracts an order.")),
    max_open_orders: v.optional(number("Resting orders.")),
    max_loss: v.optional(number("Money; 0 takes the limit away.")),
    orders_per_sec: v.optional(number("Rate and burst of new orders, replaces and quotes.")),
  }),
  kill_switch: op("kill_switch", { user_id: v.optional(userId), on: v.boolean() }),
  kick: op("kick", { user_id: id("Who leaves.") }),
  news: op("news", {
    text: v.pipe(
      v.string(),
      v.trim(),
      v.minLength(1),
      v.maxLength(limits.newsLength),
      wholesome(true),
    ),
    to: v.optional(v.pipe(v.array(id("A user.")), v.maxLength(300))),
  }),
  session: op("session", {
    state: sessionStateSchema,
    ends_at: v.optional(number("Unix milliseconds: an open session pauses by itself then.")),
  }),
  set_lens: op("set_lens", { lens: lensSchema }),
  get_snapshot: op("get_snapshot", { inst }),
  get_positions: op("get_positions", {}),
  get_pnl: op("get_pnl", {}),
  get_orders: op("get_orders", {
    user_id: v.optional(id("Exchange only: the trader whose orders and last fills to show.")),
  }),
  export_data: op("export_data", {}),
} as const;

export type Op = keyof typeof requestSchemas;
export type Request<O extends Op = Op> = { [K in O]: v.InferOutput<(typeof requestSchemas)[K]> }[O];

export type ParsedRequest =
  | { ok: true; request: Request }
  | {
      ok: false;
      /** `RATE_LIMITED` is no fault of the frame's. */
      code: "BAD_REQUEST" | "UNKNOWN_OP" | "RATE_LIMITED";
      message: string;
      op: string | null;
      cid: string | null;
    };

const cidSchema = requestSchemas.ping.entries.cid;

/**
 * Reads one frame. A field that is null counts as absent; unknown fields are ignored.
 * @param isWithinRate false: its fields are not looked at any more, since too much has come on this line
 * @returns the request, or what is wrong with it in a sentence, with `op` and `cid` as far as they could be read.
 */
export function parseRequest(frame: unknown, isWithinRate = true): ParsedRequest {
  const fault = frameFault(frame);
  if (fault !== null) return refuse("BAD_REQUEST", fault, null, null);
  let raw: unknown;
  let wrong: string | null;
  try {
    raw = JSON.parse(frame as string);
    wrong = jsonFault(frame as string);
  } catch {
    return refuse("BAD_REQUEST", "The frame is not valid JSON.", null, null);
  }
  return validateRequest(raw, wrong, isWithinRate);
}

/** The part of `parseRequest` behind the JSON parser. @param wrong with the frame's texts; null: nothing */
function validateRequest(raw: unknown, wrong: string | null, isWithinRate: boolean): ParsedRequest {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    return refuse("BAD_REQUEST", "The frame must be one JSON object.", null, null);
  const fields = raw as Record<string, unknown>;
  const opName = typeof fields["op"] === "string" ? fields["op"].slice(0, 40).toWellFormed() : null;
  const cidRead = v.safeParse(cidSchema, fields["cid"] ?? undefined);
  const cidText = cidRead.success ? (cidRead.output ?? null) : null;
  if (opName === null)
    return refuse("BAD_REQUEST", "The field `op` is missing or is not a string.", null, cidText);
  const inTexts = () => refuse("BAD_REQUEST", `The frame is wrong: ${wrong}.`, opName, cidText);
  if (wrong === halfCharacter) return inTexts();
  if (!Object.hasOwn(requestSchemas, opName)) {
    if (wrong !== null) return inTexts();
    return refuse(
      "UNKNOWN_OP",
      `There is no operation named ${JSON.stringify(opName)}.`,
      opName,
      cidText,
    );
  }
  if (!isWithinRate) return refuse("RATE_LIMITED", errorText.RATE_LIMITED, opName, cidText);
  const present: Record<string, unknown> = {};
  for (const key of Object.keys(fields))
    if (fields[key] !== null && key !== "__proto__") present[key] = fields[key];
  const result = v.safeParse(requestSchemas[opName as Op], present, { abortEarly: true });
  // A field's own rule says more exactly where it is.
  if (result.success) return wrong === null ? { ok: true, request: result.output } : inTexts();
  return refuse("BAD_REQUEST", fieldFault(result.issues[0]), opName, cidText);
}

/** Which field is wrong, and why, in a sentence. */
export function fieldFault(issue: v.BaseIssue<unknown>): string {
  const where = v.getDotPath(issue) ?? "message";
  // The message quotes the field's value, which may be long.
  return `The field \`${where}\` is wrong: ${issue.message.slice(0, 120)}.`;
}

function refuse(
  code: "BAD_REQUEST" | "UNKNOWN_OP" | "RATE_LIMITED",
  message: string,
  opName: string | null,
  cidText: string | null,
): ParsedRequest {
  return { ok: false, code, message, op: opName, cid: cidText };
}

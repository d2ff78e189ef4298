/** Examples of requests and messages, made from their schemas. Knows valibot's shapes; its values are those of a small game. */

/** Values by `operation.field`, else by the field's name alone. */
const values = {
  ask: 100.5,
  ask_qty: 5,
  asks: [[100.5, 3]],
  batch: true,
  bid: 99.5,
  bid_qty: 5,
  bids: [[99.5, 10]],
  by_price: [[100.5, 3]],
  cancelled: 0,
  "cancel_ack.cancelled": 1,
  "cancel_ack.leaves": 0,
  cid: "ada-1",
  code: "731001",
  "error.code": "OFF_TICK",
  commit: "9f3c...",
  description: "The sum of all cards",
  ends_at: 1_790_000_900_000,
  expires_at: 1_790_000_600_000,
  filled: 3,
  first: 100.5,
  format: "card_sum",
  high: 100.5,
  host_token: "host-token",
  join_url: "https://game.example.org/r/ACDEFG",
  last: 100.5,
  leaves: 2,
  low: 100.5,
  label: "7 of clubs",
  lot_size: 1,
  mark: 100,
  max_loss: null,
  max_price: 1_000,
  message: "The price is not on the tick grid of the instrument.",
  min_price: 0,
  "error.op": "order_new",
  name: "Ada",
  op: "order_new",
  order_id: 7,
  order_ids: [7],
  params: { cards_each: 2, table: 3 },
  path: [[1_790_000_000_000, 100.5]],
  payoff: 5,
  pnl: 12.5,
  price: 100.5,
  protocol: 1,
  qty: 5,
  realized: 2.5,
  reference_id: null,
  resume_token: "resume-token",
  role: "trader",
  room: "ACDEFG",
  room_code: "ACDEFG",
  room_name: "Friday's game",
  rules: {},
  seat_code: "731001",
  seed: "5eed".repeat(16),
  seq: 42,
  server_time: 1_790_000_000_000,
  session_id: "session",
  spot_price: 105,
  status: "partial",
  strike: null,
  symbol: "SUM",
  text: "Three cards are on the table.",
  tick_size: 0.5,
  tick_value: 1,
  timestamp: 1_790_000_000_000,
  title: "Sum of the cards",
  trade_id: 3,
  ts: 1_790_000_000_000,
  unrealized: 10,
  unrealized_pnl: 10,
  url: "https://game.example.org/r/ACDEFG",
  user_id: 2,
  value: 105,
  vwap: 99.5,
};

/** Optional fields that an example shows all the same. */
const shown = {
  order_new: ["price"],
  replace: ["price"],
  quote: ["bid", "bid_qty", "ask", "ask_qty"],
  join: ["name", "role", "batch"],
  set_limits: ["user_id", "max_position"],
  edit_instrument: ["symbol"],
  add_instrument: ["tick_size"],
  replace_ack: ["inst", "side", "price", "qty", "filled", "status"],
  settlement: ["payout"],
};

/** @param {string} name of the operation or message */
export function exampleOf(name, schema) {
  return objectOf(name, schema, shown[name] ?? []);
}

function objectOf(name, schema, more) {
  const isShown = (field, entry) =>
    entry.type !== "optional" || field === "cid" || more.includes(field);
  return Object.fromEntries(
    Object.entries(schema.entries)
      .filter(([field, entry]) => isShown(field, entry))
      .map(([field, entry]) => [field, valueOf(name, field, entry)]),
  );
}

function valueOf(name, field, schema) {
  if (schema.type === "literal") return schema.literal;
  if (Object.hasOwn(values, `${name}.${field}`)) return values[`${name}.${field}`];
  const known = values[field];
  if (known !== undefined && isOf(schema, known)) return known;
  switch (schema.type) {
    case "optional":
    case "nullable":
      return valueOf(name, field, schema.wrapped);
    case "object":
      return objectOf(name, schema, []);
    case "array":
      return [valueOf(name, field, schema.item)];
    case "tuple":
      return schema.items.map((item) => valueOf(name, field, item));
    case "union":
      return valueOf(name, field, schema.options[0]);
    case "record":
      return {};
    case "picklist":
      return schema.options[0];
    case "boolean":
      return true;
    case "number":
      return 1;
    case "string":
      return field;
    default:
      return null;
  }
}

/** Whether a value has the form that the schema asks for, as far as its outermost part says. */
function isOf(schema, value) {
  switch (schema.type) {
    case "optional":
      return isOf(schema.wrapped, value);
    case "nullable":
      return value === null || isOf(schema.wrapped, value);
    case "union":
      return schema.options.some((option) => isOf(option, value));
    case "array":
      return Array.isArray(value);
    case "picklist":
      return schema.options.includes(value);
    case "record":
      return typeof value === "object" && value !== null;
    default:
      return typeof value === schema.type;
  }
}

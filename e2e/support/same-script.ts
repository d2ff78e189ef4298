/** Inputs that are sent to a room on a server and to one in a browser's worker, and what makes their messages comparable. */

/** Senders of the frames; `host` is there from the beginning. */
export const script: readonly { who: "host" | "ana" | "ben"; frame: Record<string, unknown> }[] = [
  { who: "host", frame: { op: "session", state: "open" } },
  { who: "host", frame: { op: "add_instrument", symbol: "SUM", type: "SCALAR", tick_size: 1 } },
  { who: "ana", frame: { op: "join", name: "Ana", role: "trader" } },
  { who: "ben", frame: { op: "join", name: "Ben", role: "trader" } },
  { who: "ana", frame: { op: "order_new", inst: 1, side: "buy", price: 40, qty: 5, cid: "a1" } },
  { who: "ben", frame: { op: "order_new", inst: 1, side: "sell", price: 40, qty: 2, cid: "b1" } },
  { who: "ana", frame: { op: "order_new", inst: 1, side: "buy", price: 40, qty: 5, cid: "a1" } },
  { who: "ben", frame: { op: "quote", inst: 1, bid: 39, bid_qty: 1, ask: 42, ask_qty: 3 } },
  { who: "ana", frame: { op: "order_new", inst: 1, side: "buy", price: 40.5, qty: 1 } },
  { who: "ana", frame: { op: "nothing" } },
  { who: "ana", frame: { op: "cancel_all" } },
  { who: "host", frame: { op: "settle", inst: 1, value: 50 } },
  { who: "ana", frame: { op: "get_positions" } },
];

/** Time after each input, in which everything is sent that falls due: the leaderboard comes once a second. */
export const pauseMs = 1_100;

const changing = new Set([
  ...["ts", "server_time", "resume_token", "session_id", "room_code", "debrief_url"],
  ...["created_at", "at"],
]);

/** A frame with the places of tokens and times kept, and without their values. */
export function comparable(frame: string): string {
  const value: unknown = JSON.parse(frame, (key, one: unknown) =>
    changing.has(key) ? typeof one : one,
  );
  return JSON.stringify(value);
}

/** Rules that a bot has to keep, and what was seen of each, in words for its author. */

/** In the order of the report: what is asked, and what to do about a breach. */
export const rules = {
  trades: {
    asks: "It sends orders",
    remedy:
      "Join the room, and send orders while its instruments trade: nothing else can be tried.",
  },
  form: {
    asks: "Every frame is a request of the protocol",
    remedy: "Compare the frame with docs/api.md, or with /asyncapi.json.",
  },
  cid: {
    asks: "Every order has a cid of its own",
    remedy:
      "Give each request a fresh cid: a lost answer can be asked for under it, and nothing is done twice.",
  },
  doubles: {
    asks: "An order that has no answer is not sent again under another cid",
    remedy: "Keep the request until it is answered, and send it again under its own cid.",
  },
  return: {
    asks: "It comes back when its line has broken",
    remedy: "Reconnect by itself, with pauses that grow to a few seconds.",
  },
  backoff: {
    asks: "It waits between tries while the server is away",
    remedy:
      "Wait a quarter of a second or more before each try, longer each time, with some chance in it.",
  },
  resume: {
    asks: "It comes back as the same trader",
    remedy:
      "Join with the resume_token of the last join_ack: position and orders stay with the seat.",
  },
  lost: {
    asks: "It finds out what became of a request whose answer was lost",
    remedy: "Send it again under its cid, or ask get_orders, before any new order.",
  },
  gaps: {
    asks: "It notices that messages are missing",
    remedy:
      "Trades are numbered: where a number is left out, join again by token, or ask get_snapshot, get_orders and get_positions.",
  },
  silence: {
    asks: "It gives up a line on which nothing comes any more",
    remedy: "Send a ping every few seconds, and reconnect when nothing has come for about ten.",
  },
  refusals: {
    asks: "It does not repeat what was refused",
    remedy:
      "Read the code of the error: change the order, wait for the message that ends the reason, or give it up.",
  },
  rate: {
    asks: "It stays within its rate of orders",
    remedy: "Send at most orders_per_sec new orders, replacements and quotes a second.",
  },
  halts: {
    asks: "It sends no orders while its instrument does not trade",
    remedy: "Follow halt, settlement, session and kill_switch; join_ack says how each stands.",
  },
  grid: {
    asks: "Its prices are on the tick",
    remedy: "Round to tick_size before sending, and follow tick_size_updated.",
  },
  limits: {
    asks: "It keeps its limits",
    remedy:
      "Follow limits: max_order_qty bounds an order, max_position what it could hold with all open orders filled.",
  },
  stale: {
    asks: "It moves its orders with the market",
    remedy: "Replace or cancel resting orders when the market moves: who does not is picked off.",
  },
  removed: {
    asks: "It stays away once the host has removed it",
    remedy: "Take the close codes 4001 and 4003, and a refused token, for the end.",
  },
} as const;
export type Rule = keyof typeof rules;

export interface Verdict {
  rule: Rule;
  result: "kept" | "broken" | "not tried";
  /** Sightings in words, each with its number. */
  seen: readonly string[];
}

/** Things told of a rule at most; the others are counted. */
const mostTold = 3;

export class Findings {
  readonly #tried = new Set<Rule>();
  readonly #seen = new Map<Rule, Map<string, number>>();

  /** Notes that the bot had occasion to break the rule. */
  tried(rule: Rule): void {
    this.#tried.add(rule);
  }

  /** Notes a breach. @param what in words: "sent ...", whose subject is the bot */
  broken(rule: Rule, what: string): void {
    const seen = this.#seen.get(rule) ?? new Map<string, number>();
    this.#seen.set(rule, seen.set(what, (seen.get(what) ?? 0) + 1));
  }

  get verdicts(): readonly Verdict[] {
    return (Object.keys(rules) as Rule[]).map((rule) => {
      const seen = this.#seen.get(rule);
      if (seen === undefined)
        return { rule, result: this.#tried.has(rule) ? "kept" : "not tried", seen: [] };
      const all = [...seen].map(([what, times]) =>
        times === 1 ? what : `${what} (${times} times)`,
      );
      const more = all.length - mostTold;
      const rest = more > 0 ? [`did so in ${more} more ways`] : [];
      return { rule, result: "broken", seen: [...all.slice(0, mostTold), ...rest] };
    });
  }
}

/** Whether the bot has kept every rule for which it had occasion. */
export const isPassed = (verdicts: readonly Verdict[]): boolean =>
  verdicts.every(({ result }) => result !== "broken");

/** The report, line by line. */
export function inWords(name: string, verdicts: readonly Verdict[]): string {
  const of = (wanted: Verdict["result"]) => verdicts.filter(({ result }) => result === wanted);
  const broken = of("broken").flatMap(({ rule, seen }) => [
    `  WRONG  ${rules[rule].asks} (${rule})`,
    ...seen.map((what) => `           It ${what}.`),
    `           ${rules[rule].remedy}`,
  ]);
  const untried = of("not tried").map(
    ({ rule }) => `  -      ${rules[rule].asks} (${rule}): no occasion`,
  );
  const kept = of("kept").map(({ rule }) => `  ok     ${rules[rule].asks} (${rule})`);
  const end = isPassed(verdicts)
    ? `${name} passes: ${kept.length} rules kept, ${untried.length} without an occasion.`
    : `${name} does not pass: ${of("broken").length} of ${verdicts.length - untried.length} rules broken.`;
  return [...broken, ...kept, ...untried, "", end].join("\n");
}

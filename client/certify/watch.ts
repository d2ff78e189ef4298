/**
 * Watches what a bot sends against what it has been told by then, all the time. Judges by the line alone: it knows
 * nothing of the bot's inside.
 */

import { operations, type Message, type Op, type Request } from "#protocol";
import { RoomState } from "../state/room-state.ts";
import type { Findings } from "./findings.ts";

/** Time that a bot has to hear of a change before it counts, ms. */
const graceMs = 500;
/** Age of an unanswered order from which on the same order under another cid is a repetition, ms. */
const lateMs = 300;
/** Time and number of repetitions after which a refused request counts as repeated. */
const repeatedMs = 3_000;
const repeatedTimes = 3;
/** Age of a resting order, ms, and its loss at the house's price, ticks, from which it is stale: two of them, or an old one. */
export const staleMs = 1_500;
const oldMs = 2_500;
const staleTicks = 3;

export interface Sent {
  request: Request;
  /** The request without its cid. */
  body: string;
  at: number;
  isAnswered: boolean;
  /** Unix ms at which it was last sent again under its cid; 0: never. */
  againAt: number;
}

const changes = (op: string) => Object.hasOwn(operations, op) && operations[op as Op].changes;

/** The part of the market that judges resting orders. */
interface MarketPrice {
  lossOf(fill: Message<"fill">): number | null;
  readonly latencyMs: number;
}

/** Answers that a bot waits for before its order is moved: those to the order before, and to the move. */
const answersAMove = 4;

export class Watch {
  /** The room as the bot was told of it. */
  readonly state = new RoomState();
  readonly sent: Sent[] = [];
  /** Until then the bot could not know, Unix ms: its line was held, broken or silent. */
  deafUntil = 0;
  /** Number of the last trade that the bot was told of. */
  lastTrade = 0;
  #stale: string[] = [];
  #limitRefusedAt: number[] = [];
  readonly #findings: Findings;
  readonly #market: MarketPrice;
  readonly #byCid = new Map<string, Sent>();
  readonly #refused = new Map<string, { code: string; at: number; times: number }>();
  /** Unix ms at which each own order was last entered or changed by the bot. */
  readonly #restsSince = new Map<number, number>();
  #changedAt = 0;

  constructor(findings: Findings, market: MarketPrice) {
    this.#findings = findings;
    this.#market = market;
  }

  get name(): string {
    return this.state.me?.name ?? "The bot";
  }

  /** Time by which an order may be older, as the server answers slowly, ms. */
  get excusedMs(): number {
    return answersAMove * this.#market.latencyMs;
  }

  get orders(): number {
    return this.sent.filter(({ request }) => this.isOrdering(request.op)).length;
  }

  /** Whether an operation enters or changes orders. */
  isOrdering(op: string): boolean {
    return Object.hasOwn(operations, op) && operations[op as Op].rate === "orders";
  }

  symbol(inst: number): string {
    return this.state.instruments.get(inst)?.symbol ?? `instrument ${inst}`;
  }

  /** Takes a frame that the bot sends. */
  takes(frame: unknown): void {
    const request = (frame ?? {}) as Request;
    if (typeof request !== "object" || Array.isArray(frame) || typeof request.op !== "string")
      return;
    const { cid, ...rest } = request;
    const now: Sent = {
      request,
      body: JSON.stringify(rest),
      at: Date.now(),
      isAnswered: false,
      againAt: 0,
    };
    const known = cid === undefined ? undefined : this.#byCid.get(cid);
    if (this.isOrdering(request.op)) this.#judge(now, known);
    if (known === undefined) this.sent.push(now);
    else known.againAt = now.at;
    if (cid !== undefined && known === undefined) this.#byCid.set(cid, now);
  }

  /** Takes a message that the bot gets. */
  hears(message: Message): void {
    this.state.apply(message);
    if (message.type === "trade") this.lastTrade = message.trade_id;
    const cid = "cid" in message ? message.cid : undefined;
    const sent = cid === undefined ? undefined : this.#byCid.get(cid);
    if (sent !== undefined) sent.isAnswered = true;
    if (message.type === "error") return this.#refusal(message, sent);
    const isChange = [
      "halt",
      "session",
      "limits",
      "kill_switch",
      "tick_size_updated",
      "settlement",
    ];
    if (isChange.includes(message.type)) this.#changedAt = Date.now();
    this.#age(message);
    if (message.type === "fill" && message.liquidity === "maker") this.#hit(message);
  }

  #judge(now: Sent, known: Sent | undefined): void {
    const { request } = now;
    const findings = this.#findings;
    for (const rule of ["trades", "form", "cid", "grid", "limits", "rate", "refusals"] as const)
      findings.tried(rule);
    if (request.cid === undefined) findings.broken("cid", `sent ${request.op} without a cid`);
    if (known !== undefined) return;
    this.#repetition(now);
    if (now.at - Math.max(this.#changedAt, this.deafUntil) < graceMs) return;
    this.#open(request);
    this.#sizes(request);
  }

  #repetition({ request, body, at }: Sent): void {
    const before = this.#refused.get(body);
    if (before !== undefined && at - before.at < repeatedMs && ++before.times === repeatedTimes)
      this.#findings.broken(
        "refusals",
        `sent the same ${request.op} ${repeatedTimes} times more after it was refused with ${before.code}`,
      );
    if (request.op !== "order_new") return;
    const late = this.sent.find(
      (one) => one.body === body && !one.isAnswered && at - one.at > lateMs,
    );
    if (late === undefined) return;
    const { side, qty, inst, price = "the market" } = request;
    const order = `${side} ${qty} ${this.symbol(inst)} at ${price}`;
    this.#findings.broken(
      "doubles",
      `sent "${order}" again under another cid, while the first had no answer: both may trade`,
    );
  }

  /** Looks at whether the instrument trades, and at the prices. */
  #open(request: Request): void {
    if (!("inst" in request) || request.inst === undefined) return;
    const { inst } = request;
    const known = this.state.instruments.get(inst);
    if (known === undefined) return;
    if (!this.state.open.some(({ id }) => id === inst))
      this.#findings.broken(
        "halts",
        `sent orders in ${known.symbol}, which it was told does not trade`,
      );
    for (const field of ["price", "bid", "ask"] as const) {
      const price = (request as Partial<Record<typeof field, number>>)[field];
      if (price === undefined) continue;
      const ticks = price / known.tick_size;
      if (Math.abs(ticks - Math.round(ticks)) > 1e-6)
        this.#findings.broken(
          "grid",
          `sent a price off the tick of ${known.tick_size} in ${known.symbol}`,
        );
    }
  }

  #sizes(request: Request): void {
    const most = this.state.limits?.max_order_qty ?? Infinity;
    for (const field of ["qty", "bid_qty", "ask_qty"] as const) {
      const qty = (request as Partial<Record<typeof field, number>>)[field];
      if (qty !== undefined && qty > most)
        this.#findings.broken(
          "limits",
          `sent an order above max_order_qty, which it was told is ${most}`,
        );
    }
  }

  #refusal({ code, op }: Message<"error">, sent: Sent | undefined): void {
    const findings = this.#findings;
    if (code === "BAD_REQUEST" || code === "UNKNOWN_OP")
      findings.broken(
        "form",
        `sent ${op ?? "a frame"} that the room does not understand (${code})`,
      );
    if (code === "CID_REUSED") findings.broken("cid", "used a cid twice for different requests");
    if (code === "RATE_LIMITED") findings.broken("rate", "was refused for sending too fast");
    const isLimit = code === "POSITION_LIMIT" || code === "ORDER_LIMIT";
    // Requests that were under way when the limits changed could not know.
    const couldKnow = sent !== undefined && sent.at - this.#changedAt >= graceMs;
    if (isLimit && couldKnow && this.#isThirdLately())
      findings.broken("limits", `was refused three times with ${code}: it goes on past its limits`);
    if (sent === undefined || !changes(sent.request.op)) return;
    if (code === "RATE_LIMITED" || code === "INTERNAL") return;
    const times = this.#refused.get(sent.body)?.times ?? 0;
    this.#refused.set(sent.body, { code, at: Date.now(), times });
  }

  /** Whether a limit has refused three orders within a short time. */
  #isThirdLately(): boolean {
    const now = Date.now();
    this.#limitRefusedAt = [...this.#limitRefusedAt.filter((at) => now - at < repeatedMs), now];
    if (this.#limitRefusedAt.length < 3) return false;
    this.#limitRefusedAt = [];
    return true;
  }

  /** Notes when an own order was last seen to by the bot. */
  #age(message: Message): void {
    if (message.type === "order_ack" || message.type === "replace_ack")
      this.#restsSince.set(message.order_id, Date.now());
    if (message.type !== "quote_ack") return;
    for (const side of [message.bid, message.ask])
      if (side !== null) this.#restsSince.set(side.order_id, Date.now());
  }

  #hit(fill: Message<"fill">): void {
    const since = this.#restsSince.get(fill.order_id);
    const loss = this.#market.lossOf(fill);
    if (since === undefined || loss === null) return;
    this.#findings.tried("stale");
    const ageMs = Date.now() - Math.max(since, this.deafUntil) - this.excusedMs;
    if (loss < staleTicks || ageMs < staleMs) return;
    const side = fill.side === "buy" ? "bid" : "ask";
    this.#stale.push(
      `left a ${side} of ${fill.price} in ${this.symbol(fill.inst)} untouched for ${(ageMs / 1_000).toFixed(1)} s, until the market had gone through it by ${loss} ticks`,
    );
    if (this.#stale.length < 2 && ageMs < oldMs) return;
    for (const words of this.#stale.splice(0)) this.#findings.broken("stale", words);
  }
}

/**
 * A round whose server is killed under it: a host and three traders who do what the step asks for, everything that they were
 * told of it, and the result counted again.
 */

import { createHash } from "node:crypto";
import { expect } from "vitest";
import { checkDeal } from "#game/formats/dealt-again.ts";
import type { Card, Message } from "#protocol";
import { RoundPlayer } from "../round-player.ts";
import { Stopwatch } from "../stopwatch.ts";
import { WireRoom } from "../wire-room.ts";

/** No step ends by its clock. */
const moreSeconds = 900;
/** One trader of three does it; to each of the others a second of trading costs a point. */
export const duty = { max_width: 12, min_qty: 1, share: 0.5, penalty_per_s: 2 };
const goalPays = 10;

/** All that is the same before a kill and after it. */
export type Shown = Record<string, unknown>;

export class KilledRound {
  readonly host: RoundPlayer;
  readonly traders: RoundPlayer[];
  commit = "";
  /** Time of trading: a trader without quotes owes for all of it. */
  readonly trading = new Stopwatch();
  readonly room: WireRoom;
  readonly format: string;

  private constructor(room: WireRoom, format: string) {
    this.room = room;
    this.format = format;
    const where = { url: room.base, room: room.room };
    const { hostToken } = room;
    this.host = new RoundPlayer({ ...where, name: "Exchange", role: "exchange", hostToken });
    this.traders = ["Ana", "Bo", "Cy"].map((name) => new RoundPlayer({ ...where, name }));
  }

  /** Opens a room, and starts the round. */
  static async start(base: string, format: string, params: object): Promise<KilledRound> {
    const round = new KilledRound(await WireRoom.make(base), format);
    for (const { client } of round.all) expect((await client.join()).ok).toBe(true);
    await round.host.ask("round_start", {
      ...{ format, params: { ...params, quoting: duty }, learning: true },
    });
    await round.#extend();
    await round.#isTold();
    round.commit = round.now.commit;
    return round;
  }

  get all(): RoundPlayer[] {
    return [this.host, ...this.traders];
  }

  /** The round as the host was last told. */
  get now(): Message<"round"> {
    return this.host.client.state.round!;
  }

  get isDone(): boolean {
    return this.now.state === "done";
  }

  /** Goes on, and waits until everybody was told of it. */
  async next(): Promise<void> {
    if (this.isDone) return;
    const { step, script } = this.now;
    const to = script[step.n + 1]?.kind;
    if (this.format === "free" && to === "settle") await this.#settleOwn();
    for (const player of this.all) {
      if (to === "deal" || to === "reveal") delete player.values.hand;
      if (to === "reveal") delete player.values.table;
    }
    const { from, to: until } = await this.#lead({ action: "next" });
    if (step.kind === "trade") this.trading.stop(from, until);
    if (to === "trade") this.trading.start(from, until);
    if (this.isDone) return;
    expect(this.now.step.n).toBe(step.n + 1);
    await this.#extend();
    await this.#isTold();
  }

  async pause(): Promise<void> {
    const { from, to } = await this.#lead({ action: "pause" });
    if (this.now.step.kind === "trade") this.trading.stop(from, to);
  }

  async resume(): Promise<void> {
    const { from, to } = await this.#lead({ action: "resume" });
    if (this.now.step.kind === "trade") this.trading.start(from, to);
  }

  async #lead(fields: { action: "next" | "pause" | "resume" }) {
    const from = Date.now();
    await this.host.ask("round_step", fields);
    return { from, to: Date.now() };
  }

  async #extend(): Promise<void> {
    const { ends_at, left_ms } = this.now.step;
    if (ends_at !== null || left_ms !== null)
      await this.host.ask("round_step", { action: "extend", seconds: moreSeconds });
  }

  async #settleOwn(): Promise<void> {
    await this.host.ask("settle", { inst: this.now.instruments[0]!, value: 47 });
  }

  /** Does what the step asks the traders for. */
  async act(): Promise<void> {
    const [ana, bo] = this.traders as [RoundPlayer, RoundPlayer];
    const { kind } = this.now.step;
    if (this.isDone) return;
    if (kind === "brief" && this.format === "free")
      await this.host.ask("add_instrument", {
        ...{ symbol: "OWN", type: "SCALAR", tick_size: 1, min_price: 0, max_price: 100 },
        ...{ opening_price: 50 },
      });
    if (kind === "ask") for (const one of [ana, bo]) await one.ask("round_answer", { value: 7 });
    if (kind === "contest")
      for (const [at, one] of [bo, ana].entries())
        await one.ask("round_answer", { value: 60 - 50 * at });
    if (kind === "trade") await this.#trade();
    await this.#isTold();
  }

  /** Ana quotes, Bo buys one of hers, and Cy leaves a bid. */
  async #trade(): Promise<void> {
    const [ana, bo, cy] = this.traders as [RoundPlayer, RoundPlayer, RoundPlayer];
    const inst = this.#traded(ana);
    const { min_price, max_price, opening_price } = this.host.client.state.instruments.get(inst)!;
    const middle = opening_price ?? (min_price + max_price) / 2;
    const bid = Math.max(min_price, middle - 5);
    const ask = Math.min(max_price, this.now.contest == null ? middle + 5 : bid + 10);
    const isTwoStep = this.now.rules["cancel_all_on_trade"] === true;
    const qty = isTwoStep ? 1 : 3;
    const quote = () => ana.ask("quote", { inst, bid, bid_qty: qty, ask, ask_qty: qty });
    await quote();
    await bo.ask("order_new", { inst, side: "buy", qty: 1, type: "market" });
    if (this.now.contest != null) return;
    if (isTwoStep) await quote();
    const last = this.now.instruments.at(-1)!;
    const { min_price: least, tick_size } = this.host.client.state.instruments.get(last)!;
    await cy.ask("order_new", { inst: last, side: "buy", qty: 2, price: least + tick_size });
  }

  /** The instrument that a trader quotes: the first, or what the trader holds most of. */
  #traded({ told }: RoundPlayer): number {
    const { instruments, rules } = this.now;
    if (rules["no_shorts"] !== true) return instruments[0]!;
    const held = heldBy(told.hand!.cards);
    return instruments[held.indexOf(Math.max(...held))]!;
  }

  /** Waits until everybody was told all that the step has. */
  async #isTold(): Promise<void> {
    const missing = () =>
      this.all.flatMap((player) => this.#missing(player).map((what) => `${this.format} ${what}`));
    await expect.poll(missing, { timeout: 30_000 }).toEqual([]);
  }

  #missing({ told, values, client }: RoundPlayer): string[] {
    const isSeat = client.state.me?.role === "trader";
    const { step, script, state } = this.now;
    const isDealt = script.findIndex(({ kind }) => kind === "deal") <= step.n;
    const hasHands = script.some(({ kind }) => kind === "deal");
    const isValued = valuedFormats.has(this.format) && state !== "done";
    return [
      told.round?.step.n === step.n ? [] : ["the step"],
      !isSeat || (told.hand && (!hasHands || !isDealt || told.hand.cards.length > 0))
        ? []
        : ["a hand"],
      isValued && values.table === undefined ? ["values by the table"] : [],
      isValued && isSeat && isDealt && values.hand === undefined ? ["values by the hand"] : [],
      step.n >= script.findIndex(({ kind }) => kind === "settle") && told.round_result === undefined
        ? ["the result"]
        : [],
    ].flat();
  }

  /** Everything that a kill must not change. */
  async shown(): Promise<Shown> {
    const [orders, held, positions, books] = await Promise.all([
      Promise.all(
        this.traders.map(async (one) => (await one.ask("get_orders", {})).orders.map(timeless)),
      ),
      Promise.all(this.traders.map(async (one) => (await one.ask("get_positions", {})).positions)),
      this.host.ask("get_positions", {}).then((all) => all.positions),
      Promise.all(this.now.instruments.map((inst) => this.host.ask("get_snapshot", { inst }))),
    ]);
    return {
      ...{ orders, held, positions, books: books.map(timeless) },
      ...this.pushed(),
    };
  }

  /** The part of it that comes without being asked for. */
  pushed(): Shown {
    const { step, contest, ...round } = timeless(this.now);
    const isAsked = step.kind === "ask" || step.kind === "contest";
    const isSettled = this.host.told.round_result !== undefined;
    return {
      ...{ ...round, step: { ...step, ends_at: null, left_ms: null } },
      contest: contest == null ? null : { ...contest, ends_at: null },
      hands: this.traders.map(({ told: { hand } }) => [hand?.cards, isAsked && hand?.asks]),
      // Nobody trades on them any more.
      values: isSettled ? null : this.all.map(({ values }) => values),
      result: this.all.map(({ told: { round_result } }) => round_result && timeless(round_result)),
    };
  }

  /** Waits until all are back, and have been told everything again. */
  async isBack(): Promise<void> {
    const away = () => this.all.filter((one) => !one.isBack).length;
    await expect.poll(away, { timeout: 30_000 }).toBe(0);
    await this.#isTold();
  }

  /** Expects the duties that come of the time of trading: who quotes owes nothing for it. */
  expectDuties(owed: readonly (number | undefined)[]): void {
    const { least, most } = this.trading;
    const cost = (ms: number) => (duty.penalty_per_s * duty.share * ms) / 1_000;
    const [ana, ...idle] = owed;
    for (const one of idle) {
      expect(one).toBeGreaterThanOrEqual(cost(least) - 0.001);
      expect(one).toBeLessThanOrEqual(cost(most) + 0.001);
    }
    if (most > 0 && this.now.rules["no_shorts"] !== true) expect(ana).toBeLessThan(idle[0]!);
  }

  /** Expects a result that follows from seed and fills, and a deal that is the one that was promised. */
  expectResult(): void {
    const result = this.host.told.round_result!;
    const { round, format, params, instruments, seats } = this.now;
    const text = `mmg1|${this.room.room}|${round}|${format}|${result.seed}`;
    expect(createHash("sha256").update(text).digest("hex")).toBe(this.commit);
    const handOf = (userId: number) => result.hands.find((one) => one.user_id === userId)!.cards;
    const { isPromised, again } = checkDeal({
      ...{ room: this.room.room, round, format, params, seed: result.seed },
      ...{ commits: [this.commit, this.now.commit], table: result.table, deck: result.deck },
      ...{ hands: seats.map(({ user_id }) => handOf(user_id)), turned: this.now.table },
      settled: instruments.map((inst) => result.settlement.find((one) => one.inst === inst)?.value),
    });
    expect(isPromised).toBe(true);
    expect(again).toMatchObject({ wrongSeats: [], isTableRight: true, isTurnedRight: true });
    if (typeof again === "string") throw new Error(again);
    expect(again.isDeckRight).toBe(true);
    expect(again.settled.filter(({ isRight }) => !isRight)).toEqual([]);
    for (const [at, { told, userId }] of this.traders.entries()) {
      const dealt = again.dealt.deal.hands[at]!;
      expect(told.hand!.cards.slice(0, dealt.length)).toEqual(dealt);
      expect(handOf(userId)).toEqual(told.hand!.cards);
    }
    this.#expectScores(result);
    this.expectDuties(this.traders.map(({ userId }) => rowOf(result, userId).penalty));
  }

  #expectScores(result: Message<"round_result">): void {
    const { rows, settlement } = result;
    const value = new Map(settlement.map((one) => [one.inst, one.value]));
    expect(rows.reduce((sum, { pnl }) => sum + pnl, 0)).toBeCloseTo(0, 5);
    for (const { edge, information, luck, bonus = 0, pnl } of rows)
      if (edge !== null && information !== null && luck !== null)
        expect(edge + information + luck + (bonus ?? 0)).toBeCloseTo(pnl, 5);
    for (const { userId, fills, told } of this.traders) {
      const traded = fills.reduce(
        (sum, { inst, side, qty, price }) =>
          sum + (side === "buy" ? 1 : -1) * qty * (value.get(inst)! - price),
        0,
      );
      const { pnl, bonus } = rowOf(result, userId);
      const more = bonus == null ? 0 : bonus + endowed(told.hand!.cards, settlement);
      expect(pnl).toBeCloseTo(traded + more, 5);
    }
  }
}

const valuedFormats = new Set([
  ...["card_sum", "seventeen", "suits", "dice", "walk", "parity", "goal_suit"],
]);

const rowOf = ({ rows }: Message<"round_result">, userId: number) =>
  rows.find((row) => row.user_id === userId)!;

/** Cards of each suit. */
const heldBy = (cards: readonly Card[]) =>
  [..."♣♦♥♠"].map((suit) => cards.filter(({ label }) => label.endsWith(suit)).length);

/** Money that dealt cards make beside the bonus: what they settle at, less their worth before the deal. */
function endowed(
  cards: readonly Card[],
  settlement: Message<"round_result">["settlement"],
): number {
  const worth = heldBy(cards).reduce((sum, qty, at) => sum + qty * settlement[at]!.value, 0);
  return worth - (cards.length * goalPays) / 4;
}

/** A message without its time and its number. */
function timeless<T extends object>(message: T): Omit<T, "ts" | "seq" | "cid" | "duplicate"> {
  const {
    ts: _ts,
    seq: _seq,
    cid: _cid,
    duplicate: _again,
    ...rest
  } = message as T & {
    [name in "ts" | "seq" | "cid" | "duplicate"]?: unknown;
  };
  return rest;
}

/** Simple players of rounds, and the host who leads them. They know what they were told, and nothing else. */

import type { Instrument, Message } from "#protocol";
import type { Random } from "../random.ts";
import type { Params } from "./dealer.ts";
import type { RoundClient, RoundRequest, Strategy } from "./round-client.ts";

/** The game that the host leads. */
export interface Plan {
  readonly format: string;
  readonly params: Params;
  readonly rounds: number;
  readonly isAuto: boolean;
  readonly isLearning: boolean;
  /** Traders who must be there before the first round. */
  readonly traders: number;
  /** The number of the round that is aborted; 0: none. */
  readonly aborted: number;
}

/** Values at which a host settles what the host has listed, by instrument. */
export type HostValues = Map<number, number>;

export function hostOf(plan: Plan, here: () => number, settled: HostValues): Strategy {
  return (client) => {
    const { round, random } = client;
    const isRunning = round?.state === "running" || round?.state === "paused";
    if (!isRunning) {
      // A start is refused while too many are away: it is tried again, once it is answered.
      if ((round?.round ?? 0) >= plan.rounds || here() < plan.traders || !client.isSettled)
        return null;
      const { format, params, isAuto: auto, isLearning: learning } = plan;
      return { op: "round_start", format, params: { ...params }, auto, learning };
    }
    if (round.state === "paused") return { op: "round_step", action: "resume" };
    if (round.round === plan.aborted && round.step.n > 1 && random.chance(0.1))
      return { op: "round_step", action: "abort" };
    if (plan.format === "free") return leadFree(client, round, settled);
    if (random.chance(0.03)) return { op: "round_step", action: "pause" };
    if (random.chance(0.02) && plan.isAuto)
      return { op: "round_step", action: "extend", seconds: 2 };
    const isPlayed = ["trade", "ask", "contest"].includes(round.step.kind);
    return random.chance(isPlayed ? 0.15 : 0.6) ? { op: "round_step", action: "next" } : null;
  };
}

/** Lists an instrument, lets it trade, settles it, and goes on. */
function leadFree(
  client: RoundClient,
  round: Message<"round">,
  settled: HostValues,
): RoundRequest | null {
  const { random } = client;
  const [inst] = round.instruments;
  const instrument = inst === undefined ? undefined : client.instruments.get(inst);
  // One a round: the round tells of it a little later.
  const isListed = client.asked("add_instrument").length >= round.round;
  if ((inst === undefined || instrument === undefined) && isListed) return null;
  if (inst === undefined || instrument === undefined)
    return {
      ...{ op: "add_instrument", symbol: `X${random.below(1e6)}`, type: "SCALAR", tick_size: 1 },
      ...{ opening_price: 50, min_price: 0, max_price: 100 },
    };
  if (round.step.kind === "trade") {
    if (!random.chance(0.15)) return null;
    // More than one, where the first had not been told when it was listed again.
    const open = round.instruments.find((one) => !settled.has(one));
    if (open !== undefined) {
      const value = random.between(0, 100);
      settled.set(open, value);
      return { op: "settle", inst: open, value };
    }
  }
  return random.chance(0.2) ? { op: "round_step", action: "next" } : null;
}

/** Quotes, orders and cancels at random around where ladders start; answers what is asked. */
export const player: Strategy = (client) => {
  const { round, random } = client;
  if (round?.state !== "running") return null;
  switch (round.step.kind) {
    case "ask":
      return random.chance(0.3) ? { op: "round_answer", value: random.between(-20, 20) } : null;
    case "contest": {
      const best = round.contest?.best ?? 200;
      const value = Math.max(1, Math.floor(best * 0.9) - random.below(20));
      return random.chance(0.3) ? { op: "round_answer", value } : null;
    }
    case "trade":
      return round.contest == null ? trade(client, round) : tradeContest(client, round);
    default:
      return random.chance(0.02) ? { op: "cancel_all" } : null;
  }
};

function trade(client: RoundClient, { instruments }: Message<"round">): RoundRequest | null {
  const { random } = client;
  if (instruments.length === 0) return null;
  const inst = random.pick(instruments);
  const instrument = client.instruments.get(inst);
  if (instrument === undefined) return null;
  const price = priceNear(random, instrument);
  const qty = random.between(1, 5);
  const dice = random.below(10);
  if (dice === 0) return { op: "cancel_all" };
  if (dice < 4) {
    const ask = price + instrument.tick_size * random.between(1, 3);
    return { op: "quote", inst, bid: price, bid_qty: qty, ask, ask_qty: qty };
  }
  return { op: "order_new", inst, side: random.pick(["buy", "sell"]), qty, price };
}

function priceNear(random: Random, { opening_price, tick_size, min_price, max_price }: Instrument) {
  const middle = opening_price ?? (min_price + max_price) / 2;
  const away = Math.round(middle / tick_size) + random.between(-3, 3);
  return Math.min(max_price, Math.max(min_price, away * tick_size));
}

/** Makes the market that was won, or takes it. */
function tradeContest(client: RoundClient, round: Message<"round">): RoundRequest | null {
  const { random, userId } = client;
  const [inst] = round.instruments;
  if (inst === undefined || round.contest == null) return null;
  const { user_id } = round.contest;
  const best = round.contest.best ?? 200;
  if (user_id !== userId)
    return random.chance(0.3)
      ? { op: "order_new", inst, side: random.pick(["buy", "sell"]), qty: 1, type: "market" }
      : null;
  const bid = random.between(0, 200 - best);
  const qty = round.seats.length;
  return { op: "quote", inst, bid, bid_qty: qty, ask: bid + best, ask_qty: qty };
}

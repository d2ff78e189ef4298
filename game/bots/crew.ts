/**
 * The bots of a room while it is in memory: when each looks at the market next, and what it remembers. Their requests go the
 * way of everybody's, and are journalled like them, so a replay needs no bots. They rest while no person is connected. A room
 * that wakes has bots without memories, with new random numbers: they look again.
 */

import type { Request } from "#protocol";
import type { Context } from "../context.ts";
import { SeededStream } from "../dealing/random.ts";
import type { RoomUser } from "../state.ts";
import { botOf } from "./all.ts";
import { answered } from "./answering.ts";
import type { Bot, Chance } from "./bot.ts";
import { contested } from "./contested.ts";
import { lawful } from "./lawful.ts";
import { isBusy, viewOf } from "./looking.ts";
import { Opinions } from "./value.ts";

/** Bots look at the market on beats of this length: those of a beat share one commit. */
export const botBeatMs = 250;
/** Bots that act in one turn; the others follow in the next. */
const botsATurn = 6;
/** Time after which a bot that is due has not been late but resting. */
const restedMs = 1_500;

interface Running {
  bot: Bot;
  /** Its guess at the answer in a contest, whatever its kind. */
  opinions: Opinions;
  chance: Chance;
  dueMs: number;
}

/** Decides a request of a user. */
type Ask = (userId: number, request: Request, now: number) => void;

export class Crew {
  readonly #ctx: Context;
  readonly #ask: Ask;
  readonly #running = new WeakMap<object, Running>();

  constructor(ctx: Context, ask: Ask) {
    this.#ctx = ctx;
    this.#ask = ask;
  }

  /** Unix ms at which the next bot looks at the market; null: none does, until something else happens. */
  get dueMs(): number | null {
    if (this.#isResting) return null;
    let due = Infinity;
    for (const user of this.#ctx.state.users.values())
      if (acts(user)) due = Math.min(due, this.#running.get(user.bot)?.dueMs ?? 0);
    return due === Infinity ? null : due;
  }

  /** Lets those act whose time has come. */
  act(now: number): void {
    if (this.#isResting) return;
    let left = botsATurn;
    for (const user of this.#ctx.state.users.values()) {
      if (!acts(user)) continue;
      const running = this.#wake(user, now);
      if (running.dueMs > now || left === 0) continue;
      left--;
      this.#look(user, running, now);
    }
  }

  get #isResting(): boolean {
    const { state } = this.#ctx;
    if (!isBusy(state)) return true;
    for (const { connections } of state.users.values()) if (connections > 0) return false;
    return true;
  }

  #wake({ userId, bot }: Acting, now: number): Running {
    let running = this.#running.get(bot);
    if (running === undefined) {
      const { seq } = this.#ctx.state;
      const chance = new SeededStream(`${bot.seed}|${userId}|${seq}`);
      running = { bot: botOf(bot.kind).make(), opinions: new Opinions(), chance, dueMs: 0 };
      this.#running.set(bot, running);
    }
    // Begins, or begins again after a rest, as people do: not all at once.
    if (running.dueMs < now - restedMs)
      running.dueMs = onBeat(now + running.chance.below(botOf(bot.kind).paceMs[0]));
    return running;
  }

  #look(user: Acting, running: Running, now: number): void {
    const { bot, chance, opinions } = running;
    const [least, most] = botOf(user.bot.kind).paceMs;
    running.dueMs = onBeat(now + least + chance.below(most - least + 1));
    const view = viewOf(this.#ctx, user, now);
    const acts =
      view.contest === null ? bot.decide(view, chance) : contested(view, opinions, chance);
    const wishes = [...answered(view, chance), ...acts];
    for (const request of lawful(view, wishes)) this.#ask(user.userId, request, now);
  }
}

type Acting = RoomUser & { bot: NonNullable<RoomUser["bot"]> };

function acts(user: RoomUser): user is Acting {
  return user.bot !== null && !user.kicked && !user.killed;
}

function onBeat(ms: number): number {
  return Math.ceil(ms / botBeatMs) * botBeatMs;
}

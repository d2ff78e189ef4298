/**
 * The host of a game for one person among bots: seats the bots, starts the round once it is told to, and passes over the
 * steps before the first trading. Goes on where an earlier host has stopped. Knows no format.
 */

import type { BotKind, Message, Request } from "#protocol";

export interface HostedGame {
  readonly format: string;
  readonly params: Record<string, unknown>;
  readonly bots: readonly { readonly kind: BotKind; readonly count: number }[];
  readonly learning: boolean;
  readonly isBrisk: boolean;
}

/** Steps that are passed over: what they say stays on the screen. */
const passedOver = new Set<string>(["brief", "deal"]);

export class GameHost {
  readonly #game: HostedGame;
  readonly #ask: (request: Request) => void;
  #isBegun = false;
  #hasTraded = false;

  constructor(game: HostedGame, ask: (request: Request) => void) {
    this.#game = game;
    this.#ask = ask;
  }

  begin(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    const { format, params, learning } = this.#game;
    this.#ask({ op: "round_start", format, params, learning });
  }

  heard(message: Message): void {
    if (message.type === "join_ack") this.#entered(message);
    else if (message.type === "round") this.#stepped(message);
  }

  #entered({ users }: Message<"join_ack">): void {
    // An earlier host has seated them.
    if (users.some(({ bot }) => bot !== null)) return;
    for (const { kind, count } of this.#game.bots) this.#ask({ op: "bot_add", kind, count });
  }

  #stepped({ state, step, round }: Message<"round">): void {
    this.#isBegun = true;
    if (step.kind === "trade" || round > 1) this.#hasTraded = true;
    const isPassed = this.#game.isBrisk && !this.#hasTraded && passedOver.has(step.kind);
    if (state === "running" && isPassed) this.#ask({ op: "round_step", action: "next" });
  }
}

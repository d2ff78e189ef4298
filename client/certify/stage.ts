/** The bot on its line, for the steps of a course: waits for what it does, with times that are scaled together. */

import type { Message, Request } from "#protocol";
import type { BotLine } from "./bot-line.ts";
import type { Findings } from "./findings.ts";
import type { Market } from "./market.ts";
import type { Proxy } from "./proxy.ts";
import type { Sent, Watch } from "./watch.ts";

const lookMs = 50;
/** Time that a bot has to answer what happens to it, ms. */
export const answerMs = 15_000;
/** Shortest time that a bot is given to do something, ms, however fast the course is run. */
const leastMs = 4_000;

export interface CourseParts {
  market: Market;
  proxy: Proxy;
  watch: Watch;
  findings: Findings;
  /** Share of the usual times that the course takes; 1 by default. */
  pace: number;
}

export class Stage {
  readonly parts: CourseParts;
  /** The line on which the bot has joined; null: it has none. */
  joined: BotLine | null = null;
  #onOrder: ((sent: Request) => void) | null = null;

  constructor(parts: CourseParts) {
    this.parts = parts;
  }

  // Events of the bot's lines

  took(request: Request): void {
    this.#onOrder?.(request);
  }

  heard(line: BotLine, message: Message): void {
    if (message.type === "join_ack") this.joined = line;
  }

  closed(line: BotLine): void {
    if (this.joined === line) this.joined = null;
  }

  /** Waits until the bot is in the room again, and notes that it is not. */
  async isBack(words: string): Promise<boolean> {
    const { findings, watch } = this.parts;
    findings.tried("return");
    const isBack = (await this.line()) !== null;
    watch.deafUntil = Date.now();
    if (!isBack) findings.broken("return", words);
    return isBack;
  }

  /** The line of the bot, joined. */
  async line(): Promise<BotLine | null> {
    await until(() => this.joined !== null, this.atMost(answerMs));
    return this.joined;
  }

  /** Does something to the line at the moment at which the bot sends an order, before the room has it. */
  async atNextOrder(act: (line: BotLine) => void): Promise<{ line: BotLine; sent: Sent } | null> {
    const { watch } = this.parts;
    const caught: { line: BotLine; sent: Sent }[] = [];
    this.#onOrder = (request) => {
      const sent = watch.sent.findLast((one) => one.request === request);
      if (!watch.isOrdering(request.op) || this.joined === null || sent === undefined) return;
      caught.push({ line: this.joined, sent });
      act(this.joined);
      this.#onOrder = null;
    };
    await until(() => caught.length > 0, this.atMost(answerMs));
    this.#onOrder = null;
    return caught[0] ?? null;
  }

  wait(ms: number): Promise<void> {
    return sleep(ms * this.parts.pace);
  }

  atMost(ms: number): number {
    return Math.max(Math.min(leastMs, ms), ms * this.parts.pace);
  }
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** @returns whether it came true in time */
export async function until(isTrue: () => boolean, ms: number): Promise<boolean> {
  const end = Date.now() + ms;
  while (!isTrue() && Date.now() < end) await sleep(lookMs);
  return isTrue();
}

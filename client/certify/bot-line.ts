/**
 * One line of the bot, led on to the server: passes frames both ways, and can hold them back, leave some out, or fall
 * silent. Tells what the bot has sent and what it was told, when it was told it.
 */

import { WebSocket, type RawData } from "ws";
import type { Message } from "#protocol";

export interface LineHooks {
  /** A frame of the bot, before it goes on. */
  sent(line: BotLine, frame: unknown): void;
  /** A message that the bot gets now. */
  told(line: BotLine, message: Message): void;
  closed(line: BotLine): void;
}

export class BotLine {
  /** Left out of what the bot is told. */
  omits: (message: Message) => boolean = () => false;
  /** Drops everything, both ways, without a word. */
  isDead = false;
  readonly #bot: WebSocket;
  readonly #server: WebSocket;
  readonly #hooks: LineHooks;
  /** Frames of the bot from before the server's end was open. */
  #early: string[] | null = [];
  /** Messages held back; null: none are. */
  #held: { messages: Message[]; isBatch: boolean }[] | null = null;

  constructor(bot: WebSocket, address: string, hooks: LineHooks) {
    this.#bot = bot;
    this.#hooks = hooks;
    this.#server = new WebSocket(address);
    this.#server.on("open", () => {
      for (const frame of this.#early ?? []) this.#server.send(frame);
      this.#early = null;
    });
    this.#server.on("message", (data) => this.#fromServer(data));
    this.#server.on("close", (code) => close(this.#bot, code));
    this.#server.on("error", () => this.#bot.terminate());
    bot.on("message", (data) => this.#fromBot(String(data)));
    bot.on("error", () => bot.terminate());
    bot.on("close", () => {
      this.#server.close();
      hooks.closed(this);
    });
  }

  /** Breaks the line, as a network does. */
  cut(): void {
    this.#bot.terminate();
    this.#server.terminate();
  }

  /** Holds back all that the bot is told, until it is released. */
  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const { messages, isBatch } of held) this.#tell(messages, isBatch);
  }

  #fromBot(frame: string): void {
    if (this.isDead) return;
    this.#hooks.sent(this, parsed(frame));
    if (this.#early !== null) this.#early.push(frame);
    else if (this.#server.readyState === WebSocket.OPEN) this.#server.send(frame);
  }

  #fromServer(data: RawData): void {
    if (this.isDead) return;
    const frame = parsed(String(data));
    const isBatch = Array.isArray(frame);
    const messages = (isBatch ? frame : [frame]) as Message[];
    if (this.#held !== null) this.#held.push({ messages, isBatch });
    else this.#tell(messages, isBatch);
  }

  #tell(messages: readonly Message[], isBatch: boolean): void {
    const kept = messages.filter((message) => !this.omits(message));
    if (kept.length === 0 || this.#bot.readyState !== WebSocket.OPEN) return;
    if (isBatch) this.#bot.send(JSON.stringify(kept));
    else for (const message of kept) this.#bot.send(JSON.stringify(message));
    for (const message of kept) this.#hooks.told(this, message);
  }
}

function parsed(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    return null;
  }
}

/** Closes with the same code, where one may be sent. */
function close(socket: WebSocket, code: number): void {
  const isSendable =
    code === 1000 || (code >= 1001 && code <= 1014 && code !== 1005 && code !== 1006);
  if (isSendable || code >= 3000) socket.close(code);
  else socket.terminate();
}

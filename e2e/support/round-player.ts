/** A host or a seat of a round, of the client package: comes back by itself, and keeps what it was last told. */

import { RoomClient, type ClientOptions, type Fields } from "#client/room-client.ts";
import type { Message, MessageType, Op, ReplyTo } from "#protocol";

/** Comes back at once. */
const times = { joinMs: 8_000, backoffMinMs: 20, backoffMaxMs: 150 };

type Told = { [T in MessageType]?: Message<T> };
type Knows = Message<"fair">["knows"];

export class RoundPlayer {
  readonly client: RoomClient;
  readonly fills: Message<"fill">[] = [];
  /** The last message of each type since the last join. */
  told: Told = {};
  /** The last fair values, by what they know. */
  values: Partial<Record<Knows, Message<"fair">["values"]>> = {};

  constructor(options: ClientOptions) {
    this.client = new RoomClient({ ...options, times, patienceMs: 2_000 });
    this.client.on("message", (message) => {
      if (message.type === "join_ack") [this.told, this.values] = [{}, {}];
      this.told = { ...this.told, [message.type]: message };
      if (message.type === "fair") this.values[message.knows] = message.values;
    });
    this.client.on("fill", (fill) => this.fills.push(fill));
  }

  get userId(): number {
    return this.client.state.me?.userId ?? 0;
  }

  /** Back by token, with every request answered. */
  get isBack(): boolean {
    return this.client.isReady && this.client.unanswered === 0;
  }

  /** @returns what was asked for; throws a refusal */
  async ask<O extends Op>(op: O, fields: Fields<O>): Promise<ReplyTo<O>> {
    const answer = await this.client.ask(op, fields);
    if (!answer.ok) throw new Error(`${op} ${JSON.stringify(fields)}: ${answer.message}`);
    return answer.reply;
  }
}

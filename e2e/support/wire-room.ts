/** A room made over the API, and connections of bots into it. */

import { expect } from "vitest";
import type { CreateRoomBody, Message, RoomCreated } from "#protocol";
import { Flow } from "./faults/acked-flow.ts";
import { WireClient } from "./wire-client.ts";

/** The two addresses of a room. */
export const ways = ["/ws/{room}", "/ws"] as const;
export type WayIn = (typeof ways)[number];

export class WireRoom {
  /** Address of the server, `http://host:port`; another one once the room has moved. */
  base: string;
  readonly room: string;
  readonly hostToken: string;
  /** Way in of clients: straight to the room, or over `/ws` as in the original API. */
  readonly way: WayIn;
  /** Share link for players. */
  readonly link: string;

  private constructor(base: string, made: RoomCreated, way: WayIn) {
    this.base = base;
    this.way = way;
    this.room = made.room;
    this.hostToken = made.host_token;
    this.link = made.join_url;
  }

  static async make(
    base: string,
    body: CreateRoomBody = {},
    way: WayIn = "/ws/{room}",
  ): Promise<WireRoom> {
    const init = { method: "POST", body: JSON.stringify(body) };
    const answer = await fetch(`${base}/api/rooms`, init);
    return new WireRoom(base, (await answer.json()) as RoomCreated, way);
  }

  /** Path of the sockets. */
  get path(): string {
    return this.way.replace("{room}", this.room);
  }

  /** Room field of a join, if the way needs it. */
  get named(): { room?: string } {
    return this.way === "/ws" ? { room: this.room } : {};
  }

  /** Address of the sockets. */
  get address(): string {
    return `${this.base.replace("http", "ws")}${this.path}`;
  }

  open(): Promise<WireClient> {
    return WireClient.open(this.address);
  }

  async host(): Promise<WireClient> {
    const host = await this.open();
    await host.join("Exchange", "exchange", { host_token: this.hostToken, ...this.named });
    return host;
  }

  /** Joins as the host, lists scalars of tick 1 by these names, and sets limits that no test reaches. */
  async hostWith(...symbols: string[]): Promise<WireClient> {
    const host = await this.host();
    for (const symbol of symbols)
      await host.ask("add_instrument", { symbol, type: "SCALAR", tick_size: 1 });
    const most = { max_open_orders: 10_000, max_position: 1_000_000 };
    await host.ask("set_limits", { orders_per_sec: 1_000, ...most });
    return host;
  }

  async trader(name: string): Promise<WireClient> {
    const client = await this.open();
    await client.join(name, "trader", this.named);
    return client;
  }

  /** Joins a trader of that name who sends without waiting. */
  async flow(name: string, seed: number): Promise<Flow> {
    return new Flow(await this.trader(name), name, seed);
  }

  /** Reconnects a trader by token. */
  async resume(flow: Flow): Promise<Message<"join_ack">> {
    const client = await this.open();
    const token = flow.client.ack!.resume_token;
    const ack = await client.join("", "trader", { resume_token: token, ...this.named });
    expect(ack.resumed).toBe(true);
    expect(ack.user_id).toBe(flow.client.userId);
    flow.client = client;
    return ack;
  }
}

/** The market of a certification: a room on the real server, with a host and two traders who keep it moving. */

import type { CreateRoomBody, RoomCreated } from "#protocol";
import { RoomClient, type Fields } from "../room-client.ts";

/** Numbers of the instruments. */
const scalar = 1;
const call = 2;
const put = 3;
const strike = 100;

/** Half the width of the house's quotes, in ticks; the bot's are to be better. */
const half = 3;
/** Share of the longest latency that counts at the next step still. */
const fading = 0.9;
/** Steps of the price up before it turns, and down again. */
const reach = 8;
/** Steps of the price up, down and back. */
export const swing = 4 * reach;

export class Market {
  readonly room: string;
  /** The price as the house sees it. It begins at the strike and goes up and down. */
  price = strike;
  tick = 1;
  /** Nobody moves or trades: the bot is not to miss what it cannot know. */
  isStill = false;
  /** Steps that the price has made so far. */
  steps = 0;
  /** Longest time in which the server has lately answered the house, ms: no bot is quicker. */
  latencyMs = 0;
  readonly host: RoomClient;
  readonly #house: RoomClient;
  readonly #taker: RoomClient;
  #way = 1;
  #trades = 0;

  private constructor(url: string, { room, host_token: hostToken }: RoomCreated) {
    this.room = room;
    const at = { url, room };
    this.host = new RoomClient({ ...at, name: "Certifier", role: "exchange", hostToken });
    this.#house = new RoomClient({ ...at, name: "House" });
    this.#taker = new RoomClient({ ...at, name: "Taker" });
  }

  /** Makes the room and lists a scalar with a call and a put. @throws where the server refuses */
  static async open(url: string): Promise<Market> {
    const body: CreateRoomBody = { name: "Certification" };
    const init = { method: "POST", body: JSON.stringify(body) };
    const answer = await fetch(`${url}/api/rooms`, init);
    if (!answer.ok)
      throw new Error(`${url} makes no room: ${answer.status}, ${await answer.text()}`);
    const market = new Market(url, (await answer.json()) as RoomCreated);
    for (const one of [market.host, market.#house, market.#taker]) {
      const joined = await one.join();
      if (!joined.ok) throw new Error(`${url} lets nobody in: ${joined.message}`);
    }
    const options = { reference_id: scalar, strike, tick_size: 0.5 } as const;
    const listed: Fields<"add_instrument">[] = [
      { symbol: "INDEX", type: "SCALAR", tick_size: 1, opening_price: strike },
      { symbol: "CALL 100", type: "CALL", ...options },
      { symbol: "PUT 100", type: "PUT", ...options },
    ];
    for (const one of listed) await market.host.ask("add_instrument", one);
    const most = { max_position: 1_000_000, orders_per_sec: 500 };
    for (const { state } of [market.#house, market.#taker])
      await market.host.ask("set_limits", { user_id: state.me?.userId ?? 0, ...most });
    return market;
  }

  /** Moves the price by a tick, and quotes all instruments around it. The call is too dear against put and scalar. */
  async step(): Promise<void> {
    if (this.isStill) return;
    this.steps++;
    this.price += this.#way * this.tick;
    if (Math.abs(this.price - strike) >= reach * this.tick)
      this.#way = strike > this.price ? 1 : -1;
    const over = Math.max(0, this.price - strike);
    const start = Date.now();
    const quote = (inst: number, bid: number, ask: number) =>
      this.#house.ask("quote", { inst, bid, bid_qty: 10, ask, ask_qty: 10 });
    await Promise.all([
      quote(scalar, this.price - half * this.tick, this.price + half * this.tick),
      quote(call, over + 10, over + 12),
      quote(put, Math.max(0.5, over - this.price + strike - 1), over - this.price + strike + 1),
    ]);
    // An answer that was slow excuses for a while.
    this.latencyMs = Math.max(Date.now() - start, this.latencyMs * fading);
  }

  /** Trades a contract of the scalar at the best price, on either side in turn. */
  async trade(): Promise<void> {
    if (this.isStill) return;
    const side = this.#trades++ % 2 === 0 ? "buy" : "sell";
    await this.#taker.ask("order_new", { inst: scalar, side, qty: 1, type: "market" });
  }

  /** Pulls all orders and lists the scalar at another tick, to which the price is put. */
  async setTick(tick: number): Promise<void> {
    this.tick = tick;
    this.price = Math.round(this.price / tick) * tick;
    await this.host.ask("update_tick_size", { instrument_id: scalar, tick_size: tick });
  }

  /** Distance of a trade in the scalar from the price, in ticks, to the loss of who traded; null for an option. */
  lossOf(fill: { inst: number; side: "buy" | "sell"; price: number }): number | null {
    if (fill.inst !== scalar) return null;
    return ((fill.price - this.price) * (fill.side === "buy" ? 1 : -1)) / this.tick;
  }

  close(): void {
    void this.host.ask("session", { state: "closed" }).then(() => {
      for (const one of [this.host, this.#house, this.#taker]) one.leave();
    });
  }
}

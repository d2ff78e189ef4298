/**
 * Generated hostile frames from twelve sockets, some of them not joined, beside a game: it goes on, none of its users
 * is disconnected, and the server logs no fault. `FRAMES` says how many (`npm run chaos`: a million), `SEED` repeats
 * them. Prints the others' times of an order, before and during the attack.
 */

import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Message } from "#protocol";
import { summarize } from "../../bench/statistics.ts";
import { HostileFrames } from "../support/hostile/hostile-frames.ts";
import { manyConnects, ownServer } from "../support/own-server.ts";
import { WireClient } from "../support/wire-client.ts";

const frames = Number(process.env["FRAMES"] ?? 10_000);
const seed = Number(process.env["SEED"] ?? 1);
const seats = 12;
const framesPerSecond = 2_400;
const tickMs = 20;
/** Time in which the answers without an attack are measured. They are printed and not asserted. */
const quietMs = frames > 100_000 ? 3_000 : 500;

const server = await ownServer(manyConnects);

/** One attacker: sends at its rate, and reconnects whenever it is cut. */
class Attacker {
  sent = 0;
  #socket: WebSocket | null = null;
  readonly #frames: HostileFrames;
  readonly #url: string;
  /** First frame on each connection; null: it never joins. */
  readonly #hello: string | null;

  constructor(index: number, url: string, token: string | null) {
    this.#frames = new HostileFrames(1_000 * seed + index);
    this.#url = url;
    this.#hello = token === null ? null : JSON.stringify({ op: "join", resume_token: token });
  }

  async send(count: number): Promise<void> {
    const start = performance.now();
    while (this.sent < count) {
      const due = Math.min(
        count,
        ((performance.now() - start) / 1_000) * (framesPerSecond / seats),
      );
      const socket = await this.#open();
      while (this.sent < due && socket.readyState === socket.OPEN) {
        socket.send(this.#frames.next());
        this.sent++;
      }
      await sleep(tickMs);
    }
    this.#socket?.close();
  }

  async #open(): Promise<WebSocket> {
    if (this.#socket?.readyState === WebSocket.OPEN) return this.#socket;
    const socket = new WebSocket(this.#url);
    socket.on("error", () => {});
    this.#socket = socket;
    await Promise.race([once(socket, "open"), once(socket, "close")]);
    if (this.#hello !== null && socket.readyState === WebSocket.OPEN) socket.send(this.#hello);
    return socket;
  }
}

/** The two trade with each other until told to stop. @returns milliseconds from order to answer */
async function trade(pair: WireClient[], isOver: () => boolean): Promise<number[]> {
  const tookMs: number[] = [];
  for (let n = 0; !isOver(); n++) {
    const [side, client] = n % 2 === 0 ? (["sell", pair[0]] as const) : (["buy", pair[1]] as const);
    const start = performance.now();
    const answer = await client!.ask("order_new", { inst: 1, side, qty: 1, price: 100 });
    tookMs.push(performance.now() - start);
    expect(answer).toMatchObject({ type: "order_ack", filled: n % 2 });
    if (n % 100 === 0) for (const one of pair) one.inbox.length = 0;
    await sleep(10);
  }
  return tookMs;
}

test(
  `${frames} hostile frames stop nobody (seed ${seed})`,
  { timeout: 60_000 + (frames / framesPerSecond) * 3_000 },
  async () => {
    const made = await fetch(`${server.url}/api/rooms`, { method: "POST", body: "{}" });
    const { room, host_token } = (await made.json()) as Record<string, string>;
    const url = `${server.url.replace("http", "ws")}/ws/${room}`;
    const host = await WireClient.open(url);
    await host.join("Exchange", "exchange", { host_token: host_token! });
    await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1 });
    const pair: WireClient[] = [];
    for (const name of ["alice", "bob"]) {
      const client = await WireClient.open(url);
      await client.join(name);
      pair.push(client);
    }
    await host.ask("set_limits", { max_position: 1_000_000 });
    const attackers: Attacker[] = [];
    for (let index = 0; index < seats; index++) {
      const client = await WireClient.open(url);
      const { resume_token } = await client.join(`mallory ${index}`);
      // Some of the attackers' orders are valid: they must not trade with the game's.
      await host.ask("kill_switch", { user_id: client.userId, on: true });
      client.close();
      attackers.push(new Attacker(index, url, index % 3 === 0 ? null : resume_token));
    }

    const quietUntil = performance.now() + quietMs;
    const quiet = await trade(pair, () => performance.now() > quietUntil);
    let isOver = false;
    const attack = Promise.all(attackers.map((one) => one.send(Math.ceil(frames / seats))));
    void attack.finally(() => (isOver = true));
    const meanwhile = await trade(pair, () => isOver);
    await attack;

    expect(attackers.reduce((sum, { sent }) => sum + sent, 0)).toBeGreaterThanOrEqual(frames);
    for (const client of [host, ...pair]) expect(client.closed).toBeNull();
    expect(server.output).not.toContain('"level":"error"');
    const { positions } = (await host.ask("get_positions", {})) as Message<"positions">;
    expect(positions.reduce((sum, { qty }) => sum + qty, 0)).toBe(0);
    // After a kill the room wakes and proves its state.
    await server.kill();
    await server.start();
    const back = await WireClient.open(url);
    await back.join("", "exchange", { host_token: host_token! });
    const again = (await back.ask("get_positions", {})) as Message<"positions">;
    expect(again.positions).toEqual(positions);
    const [calm, under] = [summarize(quiet), summarize(meanwhile)];
    console.log(
      `order to answer, p50 and p99 in ms: quiet ${calm.p50.toFixed(1)}, ${calm.p99.toFixed(1)}; ` +
        `under ${frames} hostile frames ${under.p50.toFixed(1)}, ${under.p99.toFixed(1)}`,
    );
  },
);

/**
 * A server of its own with a game that goes on beside an attack: a host and two who trade with each other. After each
 * test they trade once more, and none of them may have been disconnected.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { RoomCreated } from "#protocol";
import { freePort, ServerProcess } from "./server-process.ts";
import { WireClient } from "./wire-client.ts";

/** A passcode that may stand nowhere in the server's output and files. */
export const passcode = "canary-passcode-2171";

export class GameBeside {
  readonly dataDir = mkdtempSync(path.join(tmpdir(), "game-hostile-"));
  server!: ServerProcess;
  made!: RoomCreated;
  host!: WireClient;
  alice!: WireClient;
  bob!: WireClient;

  get url(): string {
    return this.server.url;
  }

  /** The address of sockets. @param way in, with the room's code in it as `{room}` */
  socketUrl(way: string, room = this.made.room): string {
    return this.url.replace("http", "ws") + way.replace("{room}", room);
  }

  async post(body: object, headers: Record<string, string> = {}): Promise<Response> {
    const init = { method: "POST", body: JSON.stringify(body), headers };
    return fetch(`${this.url}/api/rooms`, init);
  }

  async start(settings: Record<string, string>): Promise<void> {
    this.server = new ServerProcess(await freePort(), this.dataDir, settings);
    await this.server.start();
    this.made = (await (await this.post({ passcode, name: "Beside" })).json()) as RoomCreated;
    this.host = await this.#join("Exchange", "exchange");
    const listing = { symbol: "X", description: "=1+1", type: "SCALAR", tick_size: 1 } as const;
    expect(await this.host.ask("add_instrument", listing)).toMatchObject({
      type: "instrument_added",
    });
    await this.host.ask("set_limits", { orders_per_sec: 1_000, max_position: 1_000_000 });
    this.alice = await this.#join("alice", "trader");
    this.bob = await this.#join("=cmd|'/C calc'!A0", "trader");
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** The game goes on: the two trade, all get the messages, and nobody was disconnected. */
  async goOn(): Promise<void> {
    const { host, alice, bob } = this;
    const start = host.inbox.length;
    const order = { inst: 1, qty: 1, price: 100 } as const;
    await alice.ask("order_new", { ...order, side: "sell" });
    expect(await bob.ask("order_new", { ...order, side: "buy" })).toMatchObject({ filled: 1 });
    await host.nextOf("trade", start);
    for (const client of [host, alice, bob]) expect(client.closed).toBeNull();
  }

  async #join(name: string, role: "trader" | "exchange"): Promise<WireClient> {
    const client = await WireClient.open(this.socketUrl("/ws/{room}"));
    const secret = role === "exchange" ? { host_token: this.made.host_token } : { passcode };
    await client.join(name, role, secret);
    return client;
  }
}

/** Starts a game before the tests of a file, and lets it go on after each. */
export function gameBeside(settings: Record<string, string>): GameBeside {
  const game = new GameBeside();
  beforeAll(() => game.start(settings));
  afterEach(() => game.goOn());
  afterAll(() => game.stop());
  return game;
}

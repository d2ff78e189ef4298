/**
 * A sample bot makes a market in a room while the server is killed under it: it comes back by itself, and what it
 * believes it has traded is what the room's files say. `BOT_KILLS` says how often.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { RoomClient } from "../client/room-client.ts";
import type { Message } from "#protocol";
import { root } from "../scripts/build.mjs";
import { BotProcess, scriptWords } from "./support/bot-process.ts";
import { csv } from "./support/files.ts";
import { manyConnects, ownServer } from "./support/own-server.ts";
import { WireRoom } from "./support/wire-room.ts";

const kills = Number(process.env["BOT_KILLS"] ?? 1);
const takesEach = 6;
const server = await ownServer(manyConnects);

/** The page whose commands and code are run here. */
const page = readFileSync(`${root}docs/bots.md`, "utf8");

/** The page's command for a market maker, in this room. */
function makerWords(room: WireRoom): string[] {
  const [, words = ""] = /^npm run bot -- (.*--kind maker.*)$/m.exec(page) ?? [];
  const inRoom = words.replace("CODE", room.room).split(" ");
  return [...scriptWords("bot"), ...inRoom, "--url", server.url];
}

/** Takes what the market maker shows, on either side in turn. */
async function take(taker: RoomClient, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    const side = time % 3 === 0 ? "sell" : "buy";
    await taker.ask("order_new", { inst: 1, side, qty: 1 + (time % 4), type: "market" });
    await sleep(60);
  }
}

test(
  `a market maker trades through ${kills} kill -9 of the server, loses nothing and does nothing twice`,
  { timeout: 60_000 + kills * 20_000 },
  async () => {
    const room = await WireRoom.make(server.url);
    (await room.hostWith("X")).close();
    const bot = new BotProcess([...makerWords(room), "--name", "Market maker"]);
    const taker = new RoomClient({ url: server.url, room: room.room, name: "Taker" });
    expect((await taker.join()).ok).toBe(true);
    const twoSided = () => {
      const { bids, asks } = taker.state.books.get(1);
      return bids.length > 0 && asks.length > 0;
    };
    const isMade = () => expect.poll(twoSided, { timeout: 20_000 }).toBe(true);
    await isMade();

    for (let kill = 0; kill < kills; kill++) {
      // Killed amid trades: some have no answer yet.
      const taking = take(taker, takesEach);
      await sleep(150);
      await server.kill();
      await server.start();
      await taking;
      await expect.poll(() => taker.isReady, { timeout: 20_000 }).toBe(true);
      await isMade();
    }
    await take(taker, takesEach);

    const host = await room.host();
    const { positions } = (await host.ask("get_positions", {})) as Message<"positions">;
    const botId = [...taker.state.users.values()].find(
      ({ name }) => name === "Market maker",
    )?.user_id;
    const held = positions.find((row) => row.user_id === botId)?.qty ?? 0;
    const trades = await csv(room, "trades.csv");
    const inFiles = trades.map((row) => ({
      qty: (Number(row["buyer_id"]) === botId ? 1 : -1) * Number(row["qty"]),
      price: Number(row["price"]),
    }));
    expect(inFiles.length).toBeGreaterThan(kills * takesEach);
    await expect.poll(() => bot.fills).toEqual(inFiles);
    expect(inFiles.reduce((sum, { qty }) => sum + qty, 0)).toBe(held);
    expect(taker.state.held(1)).toBe(-held);

    const events = await csv(room, "events.csv");
    const joins = events.filter((row) => row["op"] === "join" && row["name"] === "Market maker");
    const cids = events
      .filter((row) => Number(row["user_id"]) === botId && row["op"] === "quote")
      .map((row) => (JSON.parse(row["detail"]!) as { cid: string }).cid);
    expect(joins).toHaveLength(1);
    expect(new Set(cids).size).toBe(cids.length);
    expect(bot.output.match(/line lost/g)?.length).toBeGreaterThanOrEqual(kills);

    // Its seat is its own to the end: it takes its quotes away, and is gone.
    expect(await bot.stop()).toBe(0);
    await expect.poll(() => taker.state.books.get(1)).toMatchObject({ bids: [], asks: [] });
    taker.leave();
    host.close();
  },
);

test("the bot on the page joins the best bid of a market maker's book", async () => {
  const room = await WireRoom.make(server.url);
  (await room.hostWith("X")).close();
  const maker = new BotProcess(makerWords(room));
  const [, code = ""] = /```ts\n(.*?)```/s.exec(page) ?? [];
  mkdirSync(`${root}e2e/out`, { recursive: true });
  const file = `${root}e2e/out/first-bot.ts`;
  writeFileSync(file, code.replace("http://127.0.0.1:8787", server.url).replace("CODE", room.room));
  const bot = new BotProcess([file]);
  await expect.poll(() => bot.output, { timeout: 20_000 }).toMatch(/^bids 98$/m);
  await bot.stop();
  expect(await maker.stop()).toBe(0);
});

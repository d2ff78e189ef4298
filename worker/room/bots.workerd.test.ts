/** Tests in workerd of bots: they trade by the room's own timer, stop with the last person, and go on after a kill. */

import { evictDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { entriesOf, inRoom, makeRoom, stubOf, TestClient } from "./testing/client.ts";

async function opened() {
  const { room, host_token } = await makeRoom({});
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", {
    ...{ symbol: "X", type: "SCALAR", tick_size: 1, min_price: 0, max_price: 200 },
  });
  await host.ask("bot_add", { kind: "maker", count: 2 });
  return { room, host, host_token };
}

const isTwoSided = ({ inbox }: TestClient) =>
  inbox.some((one) => one.type === "md_inc" && one.bids.length > 0 && one.asks.length > 0);
const botOrders = async (room: string) =>
  (await entriesOf(room)).filter(({ userId }) => userId > 1).length;

test("bots make a market without a request, and go on in a room that was killed", async () => {
  const { room, host, host_token } = await opened();
  await host.until(() => isTwoSided(host), "a market of the bots");
  // Lets them rest, for an object with a timer is not evicted.
  await host.ask("halt", { on: true });
  await inRoom(room, (object) => {
    Object.defineProperty(object, "webSocketClose", { value: () => {} });
  });
  await evictDurableObject(stubOf(room), { webSockets: "close" });
  const before = await botOrders(room);
  const back = await TestClient.join(room, "", "exchange", { host_token });
  expect(back.ack!.users.filter(({ bot }) => bot === "maker")).toHaveLength(2);
  await back.ask("halt", { on: false });
  await back.ask("pull_quotes", { inst: 1 });
  await expect.poll(() => botOrders(room), { timeout: 5_000 }).toBeGreaterThan(before);
});

test("once nobody is connected bots do nothing, and the object has no timer that keeps it", async () => {
  const { room, host } = await opened();
  await host.until(() => isTwoSided(host), "a market of the bots");
  host.socket.close(1000);
  await host.whenClosed().catch(() => {});
  await inRoom(room, (object) => object);
  const before = await botOrders(room);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await botOrders(room)).toBe(before);
  // Fails for an object with a timer.
  await evictDurableObject(stubOf(room));
});

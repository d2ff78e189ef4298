/** Tests of the operator's numbers, and that nobody learns more than numbers from them. */

import { SELF } from "cloudflare:test";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { closeCode, roomStatsSchema, statsSchema } from "#protocol";
import type { Env } from "../env.ts";
import {
  bindings,
  inRoom,
  keepAwake,
  makeRoom,
  origin,
  TestClient,
} from "../room/testing/client.ts";
import { app } from "./app.ts";

const get = (path: string, bearer?: string, env: Env = bindings) =>
  app.fetch(
    new Request(`${origin}${path}`, {
      headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
    }),
    env,
  );
const stats = async () =>
  v.parse(
    v.strictObject(statsSchema.entries),
    await (await SELF.fetch(`${origin}/api/stats`)).json(),
  );

/** Lets two users trade once, and refuses one order. */
async function trading() {
  const { room, host_token } = await makeRoom({
    name: "Canary Wharf",
    settings: { on_disconnect: "cancel" },
  });
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  const [alice, bob] = [await TestClient.join(room, "alice"), await TestClient.join(room, "bob")];
  await alice.ask("order_new", { inst: 1, side: "sell", qty: 5, price: 100 });
  await bob.ask("order_new", { inst: 1, side: "buy", qty: 2, price: 100 });
  await bob.ask("order_new", { inst: 9, side: "buy", qty: 2, price: 100 });
  await Promise.all([host, alice, bob].map((client) => client.settle()));
  return { room, host_token, host, alice, bob };
}

describe("the server's numbers", () => {
  test("count what happens, by closed lists of labels", async () => {
    const before = await stats();
    const { host, alice, bob } = await trading();
    const after = await stats();
    const grown = (label: string, of: "requests" | "rejects") =>
      (after[of][label] ?? 0) - (before[of][label] ?? 0);
    expect(grown("order_new", "requests")).toBe(3);
    expect(grown("join", "requests")).toBe(3);
    expect(grown("NO_SUCH_INSTRUMENT", "rejects")).toBe(1);
    expect(after.trades - before.trades).toBe(1);
    expect(after.rooms - before.rooms).toBe(1);
    expect(after.sockets - before.sockets).toBe(3);
    expect(after.commits.count).toBeGreaterThan(before.commits.count);
    expect(after.messages).toBeGreaterThan(before.messages);
    for (const client of [host, alice, bob]) client.socket.close(1000);
    await expect.poll(async () => (await stats()).sockets).toBe(before.sockets);
    expect((await stats()).rooms).toBe(before.rooms);
  });

  test("are what Prometheus reads, each name announced once and every line well formed", async () => {
    await trading();
    const answer = await SELF.fetch(`${origin}/api/metrics`);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await answer.text();
    expect(text.endsWith("\n")).toBe(true);
    const lines = text.trimEnd().split("\n");
    const announced = lines.flatMap((line) => /^# TYPE (\w+) \w+$/.exec(line)?.[1] ?? []);
    expect(new Set(announced).size).toBe(announced.length);
    for (const line of lines.filter((one) => !one.startsWith("#"))) {
      const name = /^(mmg_\w+)(\{\w+="[\w.+]+"\})? \d+(\.\d+)?(e-?\d+)?$/.exec(line)?.[1];
      expect(name, line).toBeDefined();
      expect(announced, line).toContain(name!.replace(/_(bucket|sum|count)$/, ""));
    }
    const buckets = lines.filter((line) => line.startsWith("mmg_commit_seconds_bucket"));
    const counts = buckets.map((line) => Number(line.split(" ")[1]));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(lines).toContain(`mmg_commit_seconds_count ${counts.at(-1)}`);
  });

  test("name no room, no user and no token", async () => {
    const { room, host_token, alice } = await trading();
    for (const path of ["/api/stats", "/api/metrics"]) {
      const text = await (await SELF.fetch(`${origin}${path}`)).text();
      for (const secret of [room, host_token, alice.token, "alice", "Canary"])
        expect(text).not.toContain(secret);
    }
  });

  test("are for the operator alone where a token is set", async () => {
    const env = { ...bindings, METRICS_TOKEN: "scraper" };
    for (const path of ["/api/stats", "/api/metrics"]) {
      expect((await get(path, undefined, env)).status).toBe(401);
      expect((await get(path, "scrape", env)).status).toBe(401);
      expect((await get(path, "scraper", env)).status).toBe(200);
    }
  });
});

describe("a room's numbers", () => {
  test("are for its host, and hold no names", async () => {
    const { room, host_token, alice } = await trading();
    for (const bearer of [undefined, "x", alice.token])
      expect((await get(`/api/rooms/${room}/stats`, bearer)).status).toBe(401);
    expect((await get("/api/rooms/ACDEFG/stats", host_token)).status).toBe(404);
    const answer = await get(`/api/rooms/${room}/stats`, host_token);
    expect(answer.status).toBe(200);
    const numbers = v.parse(v.strictObject(roomStatsSchema.entries), await answer.json());
    expect(numbers).toMatchObject({
      ...{ trades: 1, open_orders: 1, traders: 2, spectators: 0 },
      ...{ connected: 3, sockets: 3, strangers: 0 },
    });
    const { settings, users, ...counts } = numbers;
    expect(settings).toEqual({
      ...{ on_disconnect: "cancel", lens: "off", mark_lots: 1 },
      ...{ scoring: "pnl", min_trades: 0, bots: "anybody", names: "shown" },
    });
    for (const list of [Object.values(counts), ...users.map((user) => Object.values(user))])
      expect(list.every((one) => typeof one === "number")).toBe(true);
  });

  test("say of each user how many requests came and how many were refused", async () => {
    const { room, host_token, host, alice, bob } = await trading();
    keepAwake(room);
    const usersOf = async () => {
      const answer = await get(`/api/rooms/${room}/stats`, host_token);
      return v.parse(roomStatsSchema, await answer.json()).users;
    };
    const rowOf = async ({ userId }: TestClient) =>
      (await usersOf()).find((user) => user.user_id === userId);
    expect(await usersOf()).toHaveLength(3);
    const before = await rowOf(bob);
    // Counts refusals by the room, by the reception and by the parser; pings are not counted here.
    await bob.ask("order_new", { inst: 9, side: "buy", qty: 2, price: 100 });
    await bob.ask("halt", { on: true });
    bob.send("not json");
    await bob.settle();
    const after = await rowOf(bob);
    expect((after?.requests ?? 0) - (before?.requests ?? 0)).toBe(3);
    expect((after?.rejects ?? 0) - (before?.rejects ?? 0)).toBe(3);
    expect((await rowOf(alice))?.rejects).toBe(0);
    expect(await rowOf(host)).toMatchObject({ connections: 1 });
    alice.socket.close(1000);
    await expect.poll(async () => (await rowOf(alice))?.connections).toBe(0);
    await host.ask("kick", { user_id: bob.userId });
    expect((await usersOf()).map((user) => user.user_id)).not.toContain(bob.userId);
  });
});

describe("emptying the server", () => {
  test("is not for those without the launcher's key", async () => {
    const env = { ...bindings, LAUNCHER_KEY: "launcher" };
    const post = (authorization: string, one: Env) =>
      app.fetch(
        new Request(`${origin}/api/drain`, { method: "POST", headers: { authorization } }),
        one,
      );
    for (const [authorization, one] of [
      ["Bearer launcher", bindings],
      ["Bearer other", env],
      ["Bearer undefined", bindings],
      ["", env],
    ] as const)
      expect((await post(authorization, one)).status).toBe(404);
    expect((await SELF.fetch(`${origin}/api/health`)).status).toBe(200);
  });

  test("closes a room's sockets with 1012 behind all that was acknowledged, and cancels nothing", async () => {
    const { room, host, alice, bob } = await trading();
    const sent = Array.from({ length: 30 }, (_, index) => `flow-${index}`);
    for (const cid of sent)
      bob.send({ op: "order_new", inst: 1, side: "buy", qty: 1, price: 90, cid });
    await bob.until(() => bob.all("order_ack").length > 3, "some acks");
    await inRoom(room, (object) => object.service.drain());
    for (const client of [host, alice, bob])
      expect((await client.whenClosed()).code).toBe(closeCode.serviceRestart);
    for (const client of [host, alice, bob]) expect(client.all("user_left")).toEqual([]);

    const again = await TestClient.join(room, "", "trader", { resume_token: bob.token });
    const acked = bob.all("order_ack").filter(({ cid }) => sent.includes(cid ?? ""));
    for (const { cid, order_id } of acked) {
      const fields = { inst: 1, side: "buy", qty: 1, price: 90, cid } as const;
      expect(await again.ask("order_new", fields as never)).toMatchObject({
        ...{ type: "order_ack", order_id, duplicate: true },
      });
    }
    const { orders } = (await again.ask("get_orders", {})) as { orders: { cid: string }[] };
    expect(orders.map(({ cid }) => cid)).toEqual(
      expect.arrayContaining(acked.map((one) => one.cid)),
    );
    const seller = await TestClient.join(room, "", "trader", { resume_token: alice.token });
    expect(await seller.ask("get_orders", {})).toMatchObject({ orders: [{ leaves: 3 }] });
  });
});

describe("the addresses for others", () => {
  const key = "launcher";
  const own = { ...bindings, SELF_HOSTED: "1", LAUNCHER_KEY: key };
  const lan = ["http://192.168.1.20:8787"];
  const asked = async (host: string, peer: string, env: Env = own) => {
    const headers = { "x-launcher-key": key, "x-client-peer": peer };
    const answer = await app.fetch(new Request(`${host}/api/addresses`, { headers }), env);
    return (await answer.json<{ origins: string[] }>()).origins;
  };
  const beat = (origins: string[]) =>
    app.fetch(
      new Request("http://127.0.0.1:8787/api/clock", {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({ runMs: Math.round(performance.now()), wallMs: Date.now(), origins }),
      }),
      own,
    );

  test("follow the launcher's beats, and are told to its own computer only", async () => {
    expect((await beat(lan)).status).toBe(204);
    for (const peer of ["127.0.0.1", "::ffff:127.0.0.1", "::1"])
      expect(await asked("http://127.0.0.1:8787", peer), peer).toEqual(lan);
    expect(await asked("http://localhost:8787", "127.0.0.1")).toEqual(lan);
    expect(await asked("http://192.168.1.20:8787", "192.168.1.33")).toEqual([]);
    // Behind a proxy that nobody has configured, everybody comes from this computer.
    expect(await asked("https://game.example.org", "127.0.0.1")).toEqual([]);
    await beat([]);
    expect(await asked("http://127.0.0.1:8787", "127.0.0.1")).toEqual([]);
  });

  test("are the configured one where there is one", async () => {
    const configured = { ...own, PUBLIC_ORIGIN: "https://game.example.org" };
    expect(await asked("http://127.0.0.1:8787", "127.0.0.1", configured)).toEqual([
      "https://game.example.org",
    ]);
  });
});

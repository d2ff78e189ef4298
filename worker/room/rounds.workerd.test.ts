/** Tests in workerd of a round: its clock is the room's alarm, and a room that was evicted in any step goes on as it was. */

import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { expect, test } from "vitest";
import { formats } from "#game/formats/all.ts";
import type { Message } from "#protocol";
import { inRoom, makeRoom, stepWall, stubOf, TestClient } from "./testing/client.ts";

async function seated() {
  const { room, host_token } = await makeRoom({});
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  const seats = [await TestClient.join(room, "alice"), await TestClient.join(room, "bob")];
  return { room, host, seats, token: host_token };
}

const last = <T extends Message["type"]>({ inbox }: TestClient, type: T) =>
  inbox.findLast((message) => message.type === type) as Message<T>;

test("a step ends by the room's alarm, without a request", async () => {
  const { room, host, seats } = await seated();
  await host.ask("round_start", { format: "dice", cid: "start" });
  const [alice] = seats as [TestClient];
  await alice.until(() => last(alice, "round")?.step.kind === "brief", "the first step");
  const endsAt = last(alice, "round").step.ends_at!;
  expect(endsAt).toBeGreaterThan(Date.now());
  stepWall(31_000);
  await runDurableObjectAlarm(stubOf(room));
  await alice.until(() => last(alice, "round").step.kind === "deal", "the deal");
  expect(last(alice, "hand").cards).toHaveLength(1);
});

test("an eviction in any step leaves hands, table, values and result as they were", async () => {
  const { room, host, seats } = await seated();
  const [alice, bob] = seats as [TestClient, TestClient];
  await host.ask("round_start", { format: "seventeen", auto: false, learning: true });
  const { instruments, script } = last(host, "round");
  const inst = instruments[0] as number;
  let hand: Message<"hand">["cards"] = [];
  for (let step = 1; step < script.length; step++) {
    await evictDurableObject(stubOf(room));
    await host.ask("round_step", { action: "next", cid: `step ${step}` });
    await alice.until(() => last(alice, "round").step.n === step, `step ${step}`);
    const { kind, title } = last(alice, "round").step;
    expect({ kind, title }).toEqual({ kind: script[step]!.kind, title: script[step]!.title });
    if (kind === "deal") hand = last(alice, "hand").cards;
    if (kind !== "trade") continue;
    await alice.ask("order_new", { inst, side: "buy", qty: 2, price: 30 + step });
    await evictDurableObject(stubOf(room));
    await bob.ask("order_new", { inst, side: "sell", qty: 2, price: 30 + step });
  }
  const result = last(bob, "round_result");
  const own = result.hands.find(({ user_id }) => user_id === alice.ack!.user_id);
  expect(own!.cards).toEqual(hand);
  const settlement = result.settlement[0]!.value;
  const trades = [...script.entries()].filter(([, { kind }]) => kind === "trade");
  const pnl = trades.reduce((sum, [step]) => sum + 2 * (settlement - 30 - step), 0);
  expect(result.rows.find(({ user_id }) => user_id === alice.ack!.user_id)!.pnl).toBe(pnl);
});

test("two rounds have two seeds, which the server draws", async () => {
  const { host } = await seated();
  const seeds: string[] = [];
  for (let round = 1; round <= 2; round++) {
    await host.ask("round_start", { format: "dice", auto: false });
    await host.ask("round_step", { action: "abort" });
    seeds.push(last(host, "round_result").seed);
  }
  expect(seeds.every((seed) => /^[0-9a-f]{64}$/.test(seed))).toBe(true);
  expect(new Set(seeds).size).toBe(2);
});

/** All that a round is made of, as the room has it. */
const stateOf = (room: string) =>
  inRoom(room, (object) => {
    const { state, context } = object.service.room()!;
    const { round, standings, instruments, orders } = state;
    const banked = [...state.users.values()].map((user) => user.banked);
    const hash = context.engine.stateHash();
    return JSON.stringify({ round, standings, instruments, orders: [...orders], banked, hash });
  });

/** The instrument as it was listed. */
const listed = ({ inbox }: TestClient, inst: number) =>
  inbox.flatMap((message) =>
    message.type === "instrument_added" && message.inst === inst ? [message.instrument] : [],
  )[0]!;

test.each(formats.map(({ id }) => id))(
  "%s: an eviction in any step leaves hands, books, contest and clock as they were",
  async (format) => {
    const { room, host_token } = await makeRoom({});
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    const seats = [];
    for (const name of ["alice", "bob", "carol"]) seats.push(await TestClient.join(room, name));
    const [alice, bob] = seats as [TestClient, TestClient];
    await host.ask("round_start", { format, auto: false });
    const own = { symbol: "OWN", type: "SCALAR", tick_size: 1 } as const;
    if (format === "free") await host.ask("add_instrument", own);
    const { script } = last(host, "round");
    for (let step = 1; step < script.length; step++) {
      const inst = last(host, "instrument_added")!.inst;
      if (format === "free" && script[step]!.kind === "settle")
        await host.ask("settle", { inst, value: 5 });
      await host.ask("round_step", { action: "next", cid: `step ${step}` });
      await bob.until(() => last(bob, "round")?.step.n === step, `step ${step}`);
      const { kind } = script[step]!;
      if (kind === "ask" || kind === "contest") await alice.ask("round_answer", { value: 12 });
      if (kind === "trade") {
        const [first] = last(host, "round").instruments;
        const main = first ?? inst;
        const { min_price: bid, max_price: most } = listed(host, main);
        const ask = Math.min(bid + 12, most);
        await alice.ask("quote", { inst: main, bid, bid_qty: 3, ask, ask_qty: 3 });
        await bob.ask("order_new", { inst: main, side: "buy", qty: 1, type: "market" });
      }
      const before = await stateOf(room);
      await evictDurableObject(stubOf(room));
      expect(await stateOf(room)).toBe(before);
    }
    const result = last(bob, "round_result");
    expect(result.rows.reduce((sum, { pnl }) => sum + pnl, 0)).toBeCloseTo(0, 6);
  },
  90_000,
);

/**
 * Checks on bots after cuts and kills: each request is executed once at most, and answered the same however often it
 * was sent; acknowledged ones are in the room's files; and everybody's stream has led to the state that the room tells
 * a new connection.
 */

import { expect } from "vitest";
import type { Message, Position } from "#protocol";
import { csv } from "./files.ts";
import { RoomClient } from "#client/room-client.ts";
import type { RoomState } from "#client/state/room-state.ts";
import type { LineBot } from "./line-bot.ts";
import type { WireRoom } from "./wire-room.ts";

/** Events of a trader that no request of the trader has caused: the room notes who joins, and who is faster than people. */
const notAsked = new Set(["join", "fast_trader", "client"]);

/** @returns the cids that were executed, by their one answer */
function expectOneAnswerEach({ sent }: LineBot): {
  executed: string[];
  orders: Map<string, number>;
} {
  const executed: string[] = [];
  const orders = new Map<string, number>();
  for (const [cid, { answers, seqBefore }] of sent) {
    const stripped = answers.map((message) => {
      const { duplicate: _, ...first } = message as Message & { duplicate?: boolean };
      return first as Message;
    });
    const fresh = answers.filter((message) => !("duplicate" in message));
    expect(fresh.length, cid).toBeLessThanOrEqual(1);
    const [first] = stripped;
    for (const again of stripped) expect(again).toEqual(first);
    if (first === undefined) throw new Error(`${cid} was never answered`);
    // An answer is newer than the events known when the request was sent.
    if ("seq" in first) expect(first.seq, cid).toBeGreaterThan(seqBefore);
    if (first.type === "error")
      expect(["RATE_LIMITED", "INTERNAL", "NOT_JOINED"]).not.toContain(first.code);
    else executed.push(cid);
    if (first.type === "order_ack") orders.set(cid, first.order_id);
  }
  return { executed, orders };
}

export async function expectExecutedOnce(room: WireRoom, all: LineBot[]): Promise<void> {
  const [events, orders, trades] = await Promise.all(
    ["events.csv", "orders.csv", "trades.csv"].map((file) => csv(room, file)),
  );
  for (const bot of all) {
    const { executed, orders: acked } = expectOneAnswerEach(bot);
    const user = String(bot.client.state.me?.userId);
    const inEvents = events!
      .filter((row) => row["user_id"] === user && !notAsked.has(row["op"] ?? ""))
      .map((row) => (JSON.parse(row["detail"]!) as { cid?: string }).cid);
    const joins = events!.filter((row) => row["op"] === "join" && row["name"] === bot.name);
    expect(joins.map((row) => row["user_id"])).toEqual([user]);
    expect(inEvents.toSorted()).toEqual(executed.toSorted());
    for (const [cid, orderId] of acked) {
      const rows = orders!.filter((row) => row["cid"] === cid);
      expect(rows.map((row) => row["order_id"])).toEqual([String(orderId)]);
    }
    const own = trades!.filter((row) => row["buyer_id"] === user || row["seller_id"] === user);
    expect([...bot.fills.keys()].toSorted((a, b) => a - b)).toEqual(
      own.map((row) => Number(row["trade_id"])),
    );
  }
}

/** State that a new client of the same trader gets. */
async function afresh(room: WireRoom, token: string | null): Promise<RoomState> {
  const client = new RoomClient({ url: room.base, room: room.room, token: token ?? "" });
  await client.join();
  await expect.poll(() => client.isReady).toBe(true);
  client.leave();
  return client.state;
}

/** Positions without the mark where nothing is held: who is flat is not told that it has moved. */
const withMark = (row: Position) => (row.qty === 0 ? { ...row, mark: null } : row);
const positionsIn = ({ positions }: RoomState) =>
  [...positions.values()].map(withMark).toSorted((a, b) => a.inst - b.inst);
const told = (state: RoomState) => ({
  orders: state.orders.all(),
  positions: positionsIn(state),
  books: state.books.all.map(({ inst, bids, asks, last }) => ({ inst, bids, asks, last })),
});

/** Compares once trading has stopped: the last books and marks come within a beat. */
export async function expectSameAsAfresh(room: WireRoom, all: LineBot[]): Promise<void> {
  const host = await room.host();
  const everybody = async () =>
    ((await host.ask("get_positions", {})) as Message<"positions">).positions;
  for (const { state } of all.map(({ client }) => client)) {
    // Marks go on until quotes that are no longer there have left the last book.
    const differing = async () => {
      const own = (await everybody())
        .filter((row) => row.user_id === state.me?.userId)
        .map(({ user_id: _, ...row }) => JSON.stringify(withMark(row)));
      const seen = new Set(positionsIn(state).map((row) => JSON.stringify(row)));
      return [own.length - seen.size, own.filter((row) => !seen.has(row))];
    };
    await expect.poll(differing).toEqual([0, []]);
    for (const { inst } of state.books.all) {
      const { bids, asks } = (await host.ask("get_snapshot", { inst })) as Message<"snapshot">;
      await expect.poll(() => state.books.get(inst)).toMatchObject({ bids, asks });
    }
  }
  const positions = await everybody();
  host.close();
  for (const bot of all) {
    bot.leave();
    expect(told(bot.client.state)).toEqual(told(await afresh(room, bot.client.token)));
  }
  for (const inst of [1, 2]) {
    const rows = positions.filter((row) => row.inst === inst);
    expect(rows.reduce((sum, { qty }) => sum + qty, 0)).toBe(0);
  }
}

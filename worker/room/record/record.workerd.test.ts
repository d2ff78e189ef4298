/** Tests of a running session's tables: made in steps that may be cut off anywhere, and read by many, each in a view. */

import { evictDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, test, vi } from "vitest";
import { recordSession, type RecordedSession } from "#game/testing/record.ts";
import { exportTables, tableNames, type ExportRow, type Request, type TableName } from "#protocol";
import { openRoomSource, withEnd } from "../../api/room-source.ts";
import { SqlJournal } from "../storage/journal.ts";
import { engines } from "../engines.ts";
import {
  bindings,
  entriesOf,
  getFile,
  inRoom,
  keepAwake,
  makeRoom,
  stubOf,
  TestClient,
} from "../testing/client.ts";
import { CatchUp } from "./catch-up.ts";
import type { Cells, Page } from "./pages.ts";
import { RecordTables } from "./tables.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Makes a room in which two users have traded: some thousand rows. */
async function traded(requests = 500) {
  const { room, host_token } = await makeRoom();
  // Writes: decisions outside a turn are not written until the next turn.
  keepAwake(room);
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  const alice = await TestClient.join(room, "alice");
  const bob = await TestClient.join(room, "bob");
  await inRoom(room, (object) => {
    for (let n = 0; n < requests; n++) {
      const isBuy = n % 2 === 0;
      const side = isBuy ? "buy" : "sell";
      const order = { inst: 1, side, qty: 1 + (n % 3), price: 95 + ((7 * n) % 11) } as const;
      const request: Request = n % 50 === 49 ? { op: "cancel_all" } : { op: "order_new", ...order };
      object.service
        .room()!
        .request(isBuy ? alice.userId : bob.userId, -1, 10, request, Date.now() + 100 * n);
    }
  });
  await alice.ask("order_new", { inst: 1, side: "buy", qty: 7, price: 80, cid: "last" });
  return { room, host_token, host, alice, bob };
}

/** Makes the same tables by the oracle. */
const expectedOf = async (room: string): Promise<RecordedSession> =>
  recordSession(engines.create(), await entriesOf(room));

const cellsOf = <T extends TableName>(table: T, rows: ExportRow<T>[]): Cells[] =>
  rows.map((row) =>
    Object.keys(exportTables[table]).map((name) => {
      const cell = (row as Record<string, string | number | boolean | null>)[name] ?? null;
      return typeof cell === "boolean" ? Number(cell) : cell;
    }),
  );

/** Compares all tables; archive and room sort by user and instrument. */
function expectAll(tables: RecordTables, { data }: RecordedSession): void {
  data.positions.sort((a, b) => a.user_id! - b.user_id! || a.inst! - b.inst!);
  for (const table of tableNames) {
    const rows: Cells[] = [];
    for (let after: Cells | null = null; ;) {
      const page: Page = tables.page(table, after);
      rows.push(...page.rows);
      after = page.after;
      if (after === null) break;
    }
    expect(rows, table).toEqual(cellsOf(table, data[table]));
    expect(tables.counts()[table]).toBe(data[table].length);
  }
}

describe("catching up", () => {
  test("makes the tables of the whole session, wherever it is cut off", async () => {
    const { room } = await traded();
    const expected = await expectedOf(room);
    await inRoom(room, (_object, { storage }) => {
      const journal = new SqlJournal(storage.sql);
      const target = journal.writtenN;
      const from = (tables: RecordTables, mostSteps = Infinity): boolean => {
        const catchUp = new CatchUp(tables, journal, engines);
        for (let steps = 0; steps < mostSteps; steps++)
          if (catchUp.step(target) === "done") return true;
        return false;
      };
      for (let steps = 1; ; steps++) {
        expect(steps).toBeLessThan(100);
        new RecordTables(storage).drop();
        const isDone = from(new RecordTables(storage), steps);
        // Keeps nothing but the stored state.
        const again = new RecordTables(storage);
        expect(from(again)).toBe(true);
        expectAll(again, expected);
        if (!isDone) continue;
        expect(steps).toBeGreaterThan(10);
        break;
      }
    });
  });

  test("goes on from the last snapshot, and without one that can be read from the beginning", async () => {
    const { room, alice } = await traded(1_100);
    const run = () =>
      inRoom(room, (_object, { storage }) => {
        const tables = new RecordTables(storage);
        const journal = new SqlJournal(storage.sql);
        const catchUp = new CatchUp(tables, journal, engines);
        let steps = 1;
        while (catchUp.step(journal.writtenN) !== "done") steps++;
        return { steps, state: tables.state };
      });
    const first = await run();
    expect(first.state.snapshotN).toBe(first.state.n);
    await alice.ask("order_new", { inst: 1, side: "sell", qty: 2, price: 80 });
    const second = await run();
    expect(second.state.n).toBe(first.state.n + 1);
    expect(second.steps).toBeLessThan(8);
    await inRoom(room, (_object, { storage: { sql } }) => {
      sql.exec("UPDATE record_snapshot SET bytes = substr(bytes, 1, 900)");
    });
    await alice.ask("order_new", { inst: 1, side: "sell", qty: 1, price: 80 });
    expect((await run()).steps).toBeGreaterThan(12);
    const expected = await expectedOf(room);
    await inRoom(room, (_object, { storage }) => expectAll(new RecordTables(storage), expected));
  });

  test("makes another build's tables anew", async () => {
    const { room, host_token } = await traded(20);
    const fetchTrades = async () => (await getFile(room, "trades.csv", host_token)).text();
    const whole = await fetchTrades();
    await inRoom(room, (_object, { storage: { sql } }) => {
      sql.exec("UPDATE record SET format = 'of another build'");
      sql.exec("UPDATE record_trades SET price = 0");
      sql.exec("CREATE TABLE record_of_another_build (x)");
    });
    await evictDurableObject(stubOf(room));
    expect(await fetchTrades()).toBe(whole);
    await inRoom(room, (_object, { storage: { sql } }) => {
      const found = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'record_of_another_build'");
      expect(found.toArray()).toEqual([]);
    });
  });

  test("makes tables anew that were being deleted, and leaves none when all are", async () => {
    const { room } = await traded();
    const expected = await expectedOf(room);
    await inRoom(room, (_object, { storage }) => {
      const journal = new SqlJournal(storage.sql);
      const all = (tables: RecordTables) => {
        const catchUp = new CatchUp(tables, journal, engines);
        while (catchUp.step(journal.writtenN) !== "done");
      };
      all(new RecordTables(storage));
      expect(new RecordTables(storage).shrink()).toBe(true);
      expect(new RecordTables(storage).state.n).toBe(0);
      const again = new RecordTables(storage);
      all(again);
      expectAll(again, expected);
      while (again.shrink());
      expect(again.exist).toBe(false);
    });
  });

  test("starts again from nothing after a fault, and gives the place to the next", async () => {
    const { room, host_token } = await traded(300);
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    vi.spyOn(RecordTables.prototype, "write").mockImplementationOnce(() => {
      throw new Error("the disk is full");
    });
    expect((await getFile(room, "trades.csv", host_token)).status).toBe(500);
    expect(logged.mock.calls.map(([line]) => JSON.parse(line as string).event)).toEqual([
      "record.failed",
      "worker.fault",
    ]);
    const { data } = await expectedOf(room);
    const text = await (await getFile(room, "trades.csv", host_token)).text();
    expect(text.trim().split("\n")).toHaveLength(data.trades.length + 1);
  });
});

const post = async (room: string, reader: string, query = "") => {
  const url = `https://room/record/${reader}${query}`;
  const answer = await stubOf(room).fetch(url, { method: "POST" });
  return answer.ok ? (await answer.json<{ ready: boolean }>()).ready : answer.status;
};
const page = async (room: string, reader: string, table: TableName, after: Cells | null = null) => {
  const query = after === null ? "" : `?after=${JSON.stringify(after)}`;
  const answer = await stubOf(room).fetch(`https://room/record/${reader}/${table}${query}`);
  return answer.ok ? answer.json<Page>() : answer.status;
};
const leave = (room: string, reader: string) =>
  stubOf(room).fetch(`https://room/record/${reader}`, { method: "DELETE" });

describe("a reader", () => {
  test("finds what was acknowledged before, and the same rows until it leaves", async () => {
    const { room, alice } = await traded();
    const expected = await expectedOf(room);
    expect(await post(room, "one")).toBe(true);
    const first = (await page(room, "one", "orders")) as Page;
    await alice.ask("order_new", { inst: 1, side: "sell", qty: 5, price: 90 });
    expect(await post(room, "two")).toBe(true);
    const rows = [...first.rows];
    for (let { after } = first; after !== null;) {
      const next = (await page(room, "one", "orders", after)) as Page;
      rows.push(...next.rows);
      after = next.after;
    }
    expect(rows).toEqual(cellsOf("orders", expected.data.orders));
    expect(await page(room, "one", "orders")).toEqual(first);
    await leave(room, "one");
    expect(await page(room, "one", "orders")).toBe(409);
    const now = await expectedOf(room);
    const last = (await page(room, "two", "orders", [now.data.orders.length - 1])) as Page;
    expect(last.rows).toEqual(cellsOf("orders", now.data.orders.slice(-1)));
    await leave(room, "two");
  });

  test("finds every table as it was, however others trade and read meanwhile", async () => {
    const { room, host, alice, bob } = await traded(300);
    const readers: { name: string; expected: RecordedSession }[] = [];
    for (let n = 0; n < 5; n++) {
      const expected = await expectedOf(room);
      expect(await post(room, `reader ${n}`)).toBe(true);
      readers.push({ name: `reader ${n}`, expected });
      // Changes resting orders, some of them for the second time.
      await bob.ask("order_new", { inst: 1, side: "sell", qty: 3, price: 80 });
      await alice.ask("order_new", { inst: 1, side: "buy", qty: 9, price: 80 });
      if (n % 2 === 0) await bob.ask("cancel_all", {});
      if (n === 3) await host.ask("add_instrument", { symbol: "Y", type: "SCALAR" });
    }
    // Keeps the rows that others need when a reader leaves.
    await leave(room, "reader 2");
    expect(await post(room, "last")).toBe(true);
    for (const { name, expected } of readers.filter(({ name }) => name !== "reader 2")) {
      expected.data.positions.sort((a, b) => a.user_id! - b.user_id! || a.inst! - b.inst!);
      for (const table of tableNames) {
        const rows: Cells[] = [];
        for (let after: Cells | null = null; ;) {
          const next = (await page(room, name, table, after)) as Page;
          rows.push(...next.rows);
          after = next.after;
          if (after === null) break;
        }
        expect(rows, `${name} ${table}`).toEqual(cellsOf(table, expected.data[table]));
      }
      await leave(room, name);
    }
    await leave(room, "last");
    // Deletes the kept rows with the next writing.
    await alice.ask("order_new", { inst: 1, side: "sell", qty: 1, price: 80 });
    expect(await post(room, "next")).toBe(true);
    await leave(room, "next");
    await inRoom(room, (_object, { storage: { sql } }) => {
      expect(sql.exec("SELECT count(*) AS rows FROM record_before").one()).toEqual({ rows: 0 });
      expect(sql.exec("SELECT count(DISTINCT n) AS views FROM record_pnl").one()).toEqual({
        views: 1,
      });
    });
  });

  test("who is not heard of is forgotten", async () => {
    const { room } = await traded(20);
    expect(await post(room, "one")).toBe(true);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 30_001 });
    expect(await post(room, "two")).toBe(true);
    expect(await page(room, "one", "trades")).toBe(409);
    expect(await page(room, "two", "trades")).toMatchObject({ after: null });
    await leave(room, "two");
  });

  test("whom a hundred others are before is told to come later, unless it is the host", async () => {
    const { room, host_token, alice } = await traded(20);
    for (let index = 0; index < 100; index++)
      expect(await post(room, `reader ${index}`)).toBe(true);
    expect(await post(room, "late")).toBe(429);
    const refused = await getFile(room, "trades.csv", alice.token);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    await refused.text();
    const hosts = await getFile(room, "trades.csv", host_token);
    expect(hosts.status).toBe(200);
    await hosts.text();
    // Lets a reader of more than a minute give way.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 29_000 });
    for (const index of [1, 2, 3]) await page(room, `reader ${index}`, "pnl");
    vi.setSystemTime(Date.now() + 29_000);
    for (const index of [1, 2, 3]) await page(room, `reader ${index}`, "pnl");
    expect(await post(room, "late")).toBe(true);
  });

  test("keeps nobody, though views are few: the host has one at once, a player after a minute", async () => {
    const { room, alice } = await traded(20);
    keepAwake(room);
    const trade = () => alice.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 70 });
    const slow = Array.from({ length: 8 }, (_, index) => `slow ${index}`);
    for (const name of slow) {
      expect(await post(room, name)).toBe(true);
      await trade();
    }
    expect(await post(room, "host", "?host=1")).toBe(true);
    await leave(room, "host");
    // Gives the next reader the same view.
    expect(await post(room, "same")).toBe(true);
    await leave(room, "same");
    await trade();
    expect(await post(room, "player")).toBe(false);
    for (let n = 0; n < 3; n++) {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 21_000 });
      for (const name of slow) expect(await page(room, name, "pnl")).toHaveProperty("rows");
    }
    expect(await post(room, "player")).toBe(true);
    const kept = await Promise.all(slow.map((name) => page(room, name, "pnl")));
    expect(kept.filter((answer) => answer === 409)).toHaveLength(1);
    for (const name of [...slow, "player"]) await leave(room, name);
  });

  test("reads what is there if nothing has been journalled since", async () => {
    const { room, host_token, alice } = await traded(20);
    const steps = vi.spyOn(CatchUp.prototype, "step");
    const bytes = async (file: string) => (await getFile(room, file, host_token)).arrayBuffer();
    const trades = await bytes("trades.csv");
    expect(steps).toHaveBeenCalled();
    steps.mockClear();
    expect(await bytes("trades.csv")).toEqual(trades);
    await bytes("session.sqlite");
    expect(steps).not.toHaveBeenCalled();
    await alice.ask("order_new", { inst: 1, side: "sell", qty: 5, price: 90 });
    await bytes("trades.csv");
    expect(steps).toHaveBeenCalled();
  });

  test("whose room is evicted between two pages does not get half a file for a whole one", async () => {
    const { room } = await traded(700);
    const { data } = await expectedOf(room);
    const opened = await openRoomSource(bindings, room, true);
    if (opened instanceof Response) throw new Error(`refused: ${opened.status}`);
    const rows: unknown[] = [];
    const reading = async () => {
      for await (const some of opened.source("orders")) {
        rows.push(...some);
        await evictDurableObject(stubOf(room));
      }
    };
    // Loses the place, which was in the object's memory.
    await expect(reading()).rejects.toThrow("409");
    expect(rows).toEqual(data.orders.slice(0, rows.length));
    await opened.close();
  });
});

test("a file that nobody reads is cut, and its place is free", async () => {
  let ended = 0;
  let isCanceled = false;
  const chunks = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel: () => void (isCanceled = true),
  });
  const realTimeout = setTimeout;
  const turn = () => new Promise((resolve) => realTimeout(resolve, 20));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const response = withEnd(new Response(chunks), () => Promise.resolve().then(() => void ended++));
  const reader = response.body!.getReader();
  reader.closed.catch(() => {});
  // Lets a slow reader go on.
  for (let n = 0; n < 5; n++) {
    await turn();
    await vi.advanceTimersByTimeAsync(15_000);
    await reader.read();
  }
  await turn();
  expect([ended, isCanceled]).toEqual([0, false]);
  await vi.advanceTimersByTimeAsync(20_001);
  expect(ended).toBe(1);
  expect(isCanceled).toBe(true);
  await expect(
    (async () => {
      while (!(await reader.read()).done);
    })(),
  ).rejects.toThrow("not read");
});

test("who leaves in the middle of a file gives the turn back", async () => {
  const { room, host_token } = await traded(700);
  const response = await getFile(room, "orders.csv", host_token);
  const reader = response.body!.getReader();
  await reader.read();
  await reader.cancel();
  await vi.waitFor(async () =>
    expect(await inRoom(room, (object) => object.service.record.isRead)).toBe(false),
  );
});

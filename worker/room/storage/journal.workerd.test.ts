/** Tests of a stored room: every later build reads it, it is rebuilt from a snapshot, and not trusted when it is wrong. */

import { evictDurableObject, runDurableObjectAlarm, SELF } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { silence } from "#game/outbox.ts";
import { wake } from "#game/journal/waking.ts";
import { closeCode } from "#protocol";
import { SqlJournal } from "./journal.ts";
import { engines } from "../engines.ts";
import format1 from "./journals/format-1.json" with { type: "json" };
import format2 from "./journals/format-2.json" with { type: "json" };
import {
  entriesOf,
  hashOf,
  inRoom,
  makeRoom,
  origin,
  stubOf,
  TestClient,
} from "../testing/client.ts";

const logged: Record<string, unknown>[] = [];
beforeEach(() => {
  logged.length = 0;
  vi.spyOn(console, "error").mockImplementation(
    (line: string) => void logged.push(JSON.parse(line)),
  );
});
afterEach(() => vi.restoreAllMocks());

const meta = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT";
const bytes = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** Makes a room whose object finds the storage of an earlier release. */
async function stored(room: string, write: (sql: SqlStorage) => void): Promise<void> {
  await inRoom(room, (_object, { storage: { sql } }) => {
    sql.exec(meta);
    sql.exec("INSERT INTO meta VALUES ('ticket_key', 'key')");
    write(sql);
  });
  await evictDurableObject(stubOf(room));
}

const storeFormat1 = (sql: SqlStorage) => {
  sql.exec("INSERT INTO meta VALUES ('format', '1')");
  sql.exec(`CREATE TABLE journal (
    n INTEGER PRIMARY KEY, seq INTEGER NOT NULL, ts INTEGER NOT NULL, user_id INTEGER NOT NULL,
    op TEXT NOT NULL, body TEXT NOT NULL, reply TEXT NOT NULL, accepted INTEGER NOT NULL) STRICT`);
  for (const { n, seq, ts, user_id, op, body, reply, accepted } of format1.rows)
    sql.exec(
      "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      ...[n, seq, ts, user_id, op, body, reply, accepted],
    );
};

const storeFormat2 = (sql: SqlStorage) => {
  sql.exec("INSERT INTO meta VALUES ('format', '2')");
  sql.exec("INSERT INTO meta VALUES ('check', ?)", JSON.stringify(format2.check));
  sql.exec("CREATE TABLE journal (n INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT");
  sql.exec("CREATE TABLE snapshot (part INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT");
  for (const [n, entries] of format2.batches as [number, string][])
    sql.exec("INSERT INTO journal VALUES (?, ?)", n, bytes(entries));
  const snapshot = bytes(format2.snapshot);
  sql.exec("INSERT INTO snapshot VALUES (0, ?)", snapshot.slice(0, 5_000));
  sql.exec("INSERT INTO snapshot VALUES (1, ?)", snapshot.slice(5_000));
};

describe.each([
  ["1", "ACDEFG", format1, storeFormat1],
  ["2", "ACDEFH", format2, storeFormat2],
] as const)("a room in mid-game of format %s", (_format, room, file, write) => {
  test("opens as it was, plays on, and opens again", async () => {
    await stored(room, write);
    const before = await inRoom(room, (object) => {
      const { state, context } = object.service.room()!;
      const { seq, trades, users, orders } = state;
      return {
        ...{ stateHash: context.engine.stateHash(), seq, trades },
        ...{ users: users.size, openOrders: orders.size },
      };
    });
    const { stateHash, seq, trades, users, openOrders } = file;
    expect(before).toEqual({ stateHash, seq, trades, users, openOrders });

    const zoe = await TestClient.join(room, "zoe");
    expect(zoe.ack!.seq).toBe(seq + 1);
    await zoe.ask("cancel_all", {});
    const hash = await hashOf(room);
    await evictDurableObject(stubOf(room));
    expect(await hashOf(room)).toBe(hash);
    expect(await entriesOf(room)).toMatchObject(
      Array.from({ length: (await entriesOf(room)).length }, (_, index) => ({ n: index + 1 })),
    );
    expect(logged).toEqual([]);
  });
});

test.each([1, 2, 3, 4])(
  "an upgrade that ends with step %i goes on when the room wakes",
  async (last) => {
    const room = `ACDEF${last + 2}`.replace("5", "A");
    await stored(room, storeFormat1);
    const left = await inRoom(room, (_object, { storage: { sql } }) => {
      const steps = new SqlJournal(sql).open();
      for (let step = 0; step < last; step++) expect(steps.next().done).toBe(false);
      return sql.exec("SELECT count(*) AS n FROM journal_1").one();
    });
    expect(left).toEqual({ n: Math.max(0, format1.rows.length - 64 * last) });
    await evictDurableObject(stubOf(room));
    expect(await hashOf(room)).toBe(format1.stateHash);
    expect(await entriesOf(room)).toHaveLength(format1.rows.length);
  },
);

test("a journal of a newer build is left alone", async () => {
  const { room } = await makeRoom();
  await inRoom(room, (_object, { storage }) => new SqlJournal(storage.sql).setMeta("format", "3"));
  await evictDurableObject(stubOf(room));
  await refuses(room);
  expect(String(logged[0]!["fault"])).toContain("newer");
});

/** Makes a room with a snapshot, taken in a quiet moment, and a few entries after it. */
async function long() {
  const { room, host_token } = await makeRoom();
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  await host.ask("set_limits", { orders_per_sec: 1_000 });
  const [alice, bob] = [await TestClient.join(room, "alice"), await TestClient.join(room, "bob")];
  await inRoom(room, (object) => {
    for (let n = 0; n < 520; n++) {
      const [userId, cid] = n % 2 === 0 ? [alice.userId, `${n}`] : [bob.userId, undefined];
      const order = { op: "order_new", ...again(`${n}`), cid } as const;
      object.service.room()!.request(userId, -1, 10, order, Date.now() + 100 * n);
    }
  });
  await vi.waitFor(
    async () => {
      await runDurableObjectAlarm(stubOf(room));
      const kept = await inRoom(room, (_object, { storage }) => {
        const journal = new SqlJournal(storage.sql);
        return { snapshot: journal.snapshot() !== null, check: journal.check()?.n };
      });
      expect(kept).toEqual({ snapshot: true, check: (await entriesOf(room)).length });
    },
    { timeout: 40_000, interval: 500 },
  );
  await alice.ask("order_new", { inst: 1, side: "buy", qty: 7, price: 80, cid: "behind" });
  return { room, alice, bob, host };
}

test("a room wakes from its snapshot and the entries behind it, with all its cids", async () => {
  const { room, alice } = await long();
  const hash = await hashOf(room);
  const replayed = await inRoom(
    room,
    (_object, { storage }) => wake(new SqlJournal(storage.sql), engines, silence).replayed,
  );
  expect(replayed).toBe(1);
  await evictDurableObject(stubOf(room));
  expect(await hashOf(room)).toBe(hash);
  for (const cid of ["18", "behind"])
    expect(await alice.ask("order_new", again(cid))).toMatchObject({ cid, duplicate: true });
  expect(logged).toEqual([]);
});

function again(cid: string) {
  if (cid === "behind") return { inst: 1, side: "buy", qty: 7, price: 80, cid } as const;
  const n = Number(cid);
  const side = n % 2 === 0 ? "buy" : "sell";
  return { inst: 1, side, qty: 1 + (n % 3), price: 90 + (n % 20), cid } as const;
}

test.each([
  ["half", (sql: SqlStorage) => void sql.exec("UPDATE snapshot SET bytes = substr(bytes, 1, 900)")],
  [
    "spoilt in one bit",
    (sql: SqlStorage) => {
      const journal = new SqlJournal(sql);
      const snapshot = journal.snapshot()!;
      const middle = snapshot.length >> 1;
      snapshot[middle] = snapshot[middle]! ^ 1;
      journal.setSnapshot(snapshot);
    },
  ],
])("a snapshot that is %s is left aside: the whole journal is replayed", async (_what, spoil) => {
  const { room } = await long();
  const hash = await hashOf(room);
  await inRoom(room, (_object, { storage }) => void spoil(storage.sql));
  await evictDurableObject(stubOf(room));
  expect(await hashOf(room)).toBe(hash);
  expect(logged).toMatchObject([{ level: "error", event: "room.snapshot", room }]);
});

const spoilt: [string, (journal: SqlJournal, sql: SqlStorage) => unknown][] = [
  [
    "leads to another state",
    (journal) => journal.setCheck({ ...journal.check()!, hash: "0123456789abcdef" }),
  ],
  ["ends too soon", (_journal, sql) => sql.exec("DELETE FROM journal WHERE n > 6")],
  ["has a gap", (_journal, sql) => sql.exec("DELETE FROM journal WHERE n = 5")],
  [
    "is not to be read",
    (_journal, sql) => sql.exec("UPDATE journal SET entries = x'01' WHERE n = 5"),
  ],
];

test.each(spoilt)(
  "a journal that %s: the room does not trade and says so",
  async (_what, spoil) => {
    const { room } = await long();
    await inRoom(room, (_object, { storage: { sql } }) => {
      sql.exec("DELETE FROM snapshot");
      spoil(new SqlJournal(sql), sql);
    });
    await evictDurableObject(stubOf(room));
    await refuses(room);
    expect(logged).toMatchObject([{ level: "error", event: "room.untrusted" }]);
  },
);

/** Checks that nobody gets in, and everybody is told why. */
async function refuses(room: string): Promise<void> {
  const stranger = await TestClient.connect(`/ws/${room}`);
  stranger.send({ op: "join", name: "zoe", role: "trader" });
  const error = await stranger.nextOf("error");
  expect(error).toMatchObject({ code: "INTERNAL", op: "join" });
  expect(error.message).toContain("does not trade");
  expect((await stranger.whenClosed()).code).toBe(closeCode.internalError);
  expect((await SELF.fetch(`${origin}/api/rooms/${room}`)).status).toBe(503);
}

test("what a journal takes of its budget is known to a room that wakes, as far as it was noted and beyond", async () => {
  const { room } = await long();
  const [taken, stored] = await inRoom(room, (_object, { storage: { sql } }) => {
    const [{ bytes }] = sql
      .exec<{ bytes: number }>("SELECT sum(length(entries)) AS bytes FROM journal")
      .toArray() as [{ bytes: number }];
    const fullness = () => new SqlJournal(sql, 2 * bytes).fullness;
    return [fullness(), new SqlJournal(sql).meta("size")];
  });
  expect(taken).toBe(0.5);
  expect(JSON.parse(stored!)).toMatchObject({ n: expect.any(Number), bytes: expect.any(Number) });
  await inRoom(room, (_object, { storage: { sql } }) => {
    const journal = new SqlJournal(sql, 1_000_000);
    const before = journal.fullness;
    const [first] = journal.entries(1);
    journal.append({ ...first!, n: 1_000_000 });
    journal.commit();
    const after = journal.fullness;
    expect(after).toBeGreaterThan(before);
    expect(new SqlJournal(sql, 1_000_000).fullness).toBe(after);
    expect(new SqlJournal(sql).fullness).toBe(0);
  });
});

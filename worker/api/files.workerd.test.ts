/** Tests of a session's files: who gets which rows, from the running room and from the archive, and how it gets there. */

import { runDurableObjectAlarm, SELF } from "cloudflare:test";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { exportFiles, exportTables, tableNames, type ExportData, type Message } from "#protocol";
import { recordSession } from "#game/testing/record.ts";
import { readSession } from "../archive/testing/read-session.ts";
import { engines } from "../room/engines.ts";
import { signTicket } from "../room/secrets.ts";
import {
  bindings,
  entriesOf,
  getFile,
  inRoom,
  keepAwake,
  makeRoom,
  origin,
  stubOf,
  TestClient,
} from "../room/testing/client.ts";

/** Rows of a CSV without quoted cells, by column. */
function rowsOf(csv: string): Record<string, string>[] {
  const [head = "", ...lines] = csv.trim().split(/\r?\n/);
  const columns = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""]));
  });
}

async function playedRoom() {
  const { room, host_token } = await makeRoom({ name: "Friday" });
  const host = await TestClient.join(room, "", "exchange", { name: "Exchange", host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", cid: "the-host-lists" });
  const alice = await TestClient.join(room, "alice");
  const bob = await TestClient.join(room, "bob");
  const carol = await TestClient.join(room, "carol");
  const watcher = await TestClient.join(room, "watcher", "spectator");
  const order = (who: TestClient, side: "buy" | "sell", qty: number, price: number) =>
    who.ask("order_new", { inst: 1, side, qty, price });
  await order(alice, "sell", 5, 100);
  await order(bob, "buy", 2, 100);
  await order(carol, "buy", 1, 101);
  await order(carol, "buy", 4, 90);
  await host.ask("news", { text: "for bob", to: [bob.userId] });
  await host.ask("set_limits", { user_id: alice.userId, max_position: 99 });
  return { room, host_token, host, alice, bob, carol, watcher };
}
/** Rings the room's alarm as if the given seconds had passed. */
async function alarmAfter(room: string, seconds: number): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 1_000 * seconds });
  await runDurableObjectAlarm(stubOf(room));
  vi.useRealTimers();
}

const recordTablesOf = (room: string) =>
  inRoom(room, (_object, { storage }) =>
    storage.sql.exec("SELECT name FROM sqlite_master WHERE name LIKE 'record%'").toArray(),
  );

/** Sorts rows by user and instrument, as the archive is read. */
const inOrder = (data: ExportData): ExportData => ({
  ...data,
  positions: [...data.positions].sort((a, b) => a.user_id! - b.user_id! || a.inst! - b.inst!),
});

type Played = Awaited<ReturnType<typeof playedRoom>>;

const csv = async (room: string, table: string, bearer: string) => {
  const response = await getFile(room, `${table}.csv`, bearer);
  expect(response.status).toBe(200);
  return rowsOf(await response.text());
};

const sessionIdOf = (room: string) =>
  inRoom(room, (object) => object.service.room()!.state.sessionId);

describe.each(["a running", "a closed"])("the files of %s session", (kind) => {
  let played: Played;
  beforeAll(async () => {
    played = await playedRoom();
    if (kind === "a running") return;
    await played.host.ask("settle", { inst: 1, value: 105 });
    await played.host.ask("session", { state: "closed" });
    const sessionId = await sessionIdOf(played.room);
    for (let tries = 0; (await readSession(bindings.DB, sessionId)) === null; tries++) {
      if (tries > 100) throw new Error("the session is not archived");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  test("are all there for the host, with the columns of the protocol", async () => {
    for (const table of tableNames) {
      const response = await getFile(played.room, `${table}.csv`, played.host_token);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
      expect(response.headers.get("content-disposition")).toBe(
        `attachment; filename="${played.room}-${table}.csv"`,
      );
      expect(response.headers.get("cache-control")).toContain("no-store");
      const [head] = (await response.text()).split(/\r?\n/);
      expect(head).toBe(Object.keys(exportTables[table]).join(","));
    }
    const sqlite = await getFile(played.room, "session.sqlite", played.host_token);
    const bytes = new Uint8Array(await sqlite.arrayBuffer());
    expect(new TextDecoder().decode(bytes.slice(0, 15))).toBe("SQLite format 3");
    // Checks only that it came whole: SQLite itself reads such files in worker/archive/sqlite.test.ts.
    const header = new DataView(bytes.buffer);
    expect(bytes.length).toBe(header.getUint16(16) * header.getUint32(28));
    const text = new TextDecoder("latin1").decode(bytes);
    for (const table of tableNames) expect(text).toContain(`CREATE TABLE ${table} (`);
    for (const name of ["alice", "bob", "carol"]) expect(text).toContain(name);
  });

  test("hold exactly the trades made", async () => {
    const trades = await csv(played.room, "trades", played.host_token);
    const fills = [played.alice, played.bob, played.carol].flatMap((one) => one.all("fill"));
    expect(fills).toHaveLength(2 * trades.length);
    expect(trades.map((trade) => [trade["trade_id"], trade["qty"], trade["price"]])).toEqual([
      ["1", "2", "100"],
      ["2", "1", "100"],
    ]);
    for (const trade of trades)
      expect(
        fills
          .filter(({ trade_id }) => String(trade_id) === trade["trade_id"])
          .map(({ user_id }) => String(user_id)),
      ).toEqual(expect.arrayContaining([trade["buyer_id"], trade["seller_id"]]));
    const pnl = await csv(played.room, "pnl", played.host_token);
    expect(pnl.reduce((sum, row) => sum + Number(row["pnl"]), 0)).toBe(0);
    if (kind === "a closed")
      expect(pnl.map((row) => [row["name"], row["pnl"]])).toEqual([
        ["bob", "10"],
        ["carol", "5"],
        ["alice", "-15"],
      ]);
  });

  test("are cut down to a player's own rows and the public trades", async () => {
    const { room, bob } = played;
    const own = (rows: Record<string, string>[]) => new Set(rows.map((row) => row["user_id"]));
    for (const table of ["orders", "positions", "pnl"])
      expect(own(await csv(room, table, bob.token)), table).toEqual(new Set([String(bob.userId)]));
    const trades = await csv(room, "trades", bob.token);
    expect(trades.map((row) => [row["buyer"], row["seller"]])).toEqual([
      ["bob", ""],
      ["", ""],
    ]);
    const events = await (await getFile(room, "events.csv", bob.token)).text();
    expect(events).toContain("for bob");
    expect(events).not.toContain("set_limits");
    for (const other of [played.alice, played.carol]) {
      const text = await (await getFile(room, "events.csv", other.token)).text();
      expect(text).not.toContain("for bob");
    }
    const sqlite = new Uint8Array(
      await (await getFile(room, "session.sqlite", bob.token)).arrayBuffer(),
    );
    const text = new TextDecoder("latin1").decode(sqlite);
    for (const name of ["alice", "carol"]) expect(text).not.toContain(name);
  });

  test("show nobody the cid of another's request", async () => {
    const { room, host_token, alice, watcher } = played;
    const eventsOf = async (bearer: string) => (await getFile(room, "events.csv", bearer)).text();
    expect(await eventsOf(host_token)).toContain("the-host-lists");
    for (const one of [alice, watcher]) {
      const events = await eventsOf(one.token);
      expect(events).toContain("add_instrument");
      expect(events).not.toContain("the-host-lists");
    }
    const whole = new TextDecoder("latin1").decode(
      await (await getFile(room, "session.sqlite", watcher.token)).arrayBuffer(),
    );
    expect(whole).toContain("add_instrument");
    expect(whole).not.toContain("the-host-lists");
  });

  test("the host's own resume token is as good as the host's token", async () => {
    const pnl = await csv(played.room, "pnl", played.host.token);
    expect(pnl).toHaveLength(3);
  });

  test("are for nobody else", async () => {
    const other = await playedRoom();
    const { room } = played;
    for (const bearer of [undefined, "", "guess", other.host_token, other.bob.token, "a b c"])
      for (const file of ["trades.csv", "session.sqlite"]) {
        const response = await getFile(room, file, bearer);
        expect(response.status, `${bearer} ${file}`).toBe(401);
        expect(await response.json()).toMatchObject({ error: { code: "BAD_TOKEN" } });
      }
    for (const path of ["..%2Ftrades.csv", "secrets.csv", "trades", "journal", "trades.csv%00"])
      expect((await getFile(room, path, played.host_token)).status, path).toBe(404);
    for (const code of ["ACDEFG", "nope"])
      expect((await getFile(code, "trades.csv", played.host_token)).status, code).toBe(404);
  });

  test("hold no secret", async () => {
    const { room, host_token, host, alice, bob } = played;
    for (const table of tableNames) {
      const text = await (await getFile(room, `${table}.csv`, host_token)).text();
      for (const secret of [host_token, host.token, alice.token, bob.token, "Hash", "token"])
        expect(text, table).not.toContain(secret);
    }
  });
});

test("a file for a spreadsheet has its style, and a style that there is not is refused", async () => {
  const { room, host_token } = await playedRoom();
  const plain = await (await getFile(room, "trades.csv", host_token)).text();
  const german = await getFile(room, "trades.csv?for=excel&sep=;", host_token);
  const bytes = new Uint8Array(await german.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head, first] = new TextDecoder().decode(bytes).split("\r\n");
  expect(head).toBe(plain.split("\r\n")[0]!.replaceAll(",", ";"));
  expect(first).toMatch(/^1;\d{4}-\d\d-\d\d \d\d:\d\d:\d\d;/);
  const english = await (await getFile(room, "trades.csv?for=excel", host_token)).text();
  expect(english).toContain(head!.replaceAll(";", ","));
  for (const query of ["for=calc", "for=excel&sep=:", "sep=;"])
    expect((await getFile(room, `trades.csv?${query}`, host_token)).status, query).toBe(400);
});

describe("a ticket", () => {
  test("comes with export_complete and opens its one file without a token", async () => {
    const { room, host, alice } = await playedRoom();
    // Ends them: files that nobody reads to the end hold the object.
    keepAwake(room);
    const reply = (await host.ask("export_data", {})) as Message<"export_complete">;
    expect(reply).toMatchObject({ type: "export_complete", room_code: room });
    expect(reply.files.map(({ name }) => name)).toEqual(exportFiles);
    for (const { name, url } of reply.files) {
      expect(url.startsWith(`${origin}/api/rooms/${room}/files/${name}?ticket=`)).toBe(true);
      expect((await SELF.fetch(url)).status, name).toBe(200);
      const next = exportFiles[(exportFiles.indexOf(name) + 1) % exportFiles.length]!;
      expect((await SELF.fetch(url.replace(`/${name}?`, `/${next}?`))).status).toBe(401);
    }
    expect(await alice.ask("export_data", {})).toMatchObject({ code: "FORBIDDEN" });
    expect(alice.all("export_complete")).toEqual([]);
    expect(host.malformed()).toEqual([]);
  });

  test("of another room, changed, or too old opens nothing", async () => {
    const [one, other] = [await playedRoom(), await playedRoom()];
    const { files } = (await one.host.ask("export_data", {})) as Message<"export_complete">;
    const { url } = files[0]!;
    const ticket = new URL(url).searchParams.get("ticket")!;
    const [expiry, who, signature] = ticket.split(".");
    const key = await inRoom(one.room, (_object, state) => {
      const [row] = state.storage.sql
        .exec<{ value: string }>("SELECT value FROM meta WHERE key = 'ticket_key'")
        .toArray();
      return row!.value;
    });
    const stale = await signTicket(key, "trades.csv", { role: "exchange" }, Date.now() - 600_001);
    const open = (room: string, forged: string) =>
      SELF.fetch(
        `${origin}/api/rooms/${room}/files/trades.csv?ticket=${encodeURIComponent(forged)}`,
      ).then((response) => response.status);
    expect(await open(one.room, ticket)).toBe(200);
    expect(await open(other.room, ticket)).toBe(401);
    for (const forged of [
      stale,
      `${Number(expiry) + 1}.${who}.${signature}`,
      `${expiry}.2.${signature}`,
      `${expiry}.${who}.${signature!.slice(0, -2)}`,
      `${expiry}.${who}.`,
      `${expiry}`,
      "..",
      "1e99.x.AAAA",
      "%00",
      "",
    ])
      expect(await open(one.room, forged), forged).toBe(401);
  });

  test("of a player opens the player's cut", async () => {
    const { room, bob } = await playedRoom();
    const key = await inRoom(room, (_object, state) => {
      const [row] = state.storage.sql
        .exec<{ value: string }>("SELECT value FROM meta WHERE key = 'ticket_key'")
        .toArray();
      return row!.value;
    });
    const viewer = { role: "player", userId: bob.userId } as const;
    const ticket = await signTicket(key, "pnl.csv", viewer, Date.now());
    const response = await SELF.fetch(
      `${origin}/api/rooms/${room}/files/pnl.csv?ticket=${encodeURIComponent(ticket)}`,
    );
    expect(rowsOf(await response.text()).map((row) => row["name"])).toEqual(["bob"]);
  });
});

describe("files that are not read", () => {
  test("keep nobody: two of a user are under way, and the host has its own at once", async () => {
    const { room, host_token } = await makeRoom();
    const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
    await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
    const names = ["ann", "ben", "cid", "dan", "eve", "fay"];
    const players = await Promise.all(names.map((name) => TestClient.join(room, name)));
    const [ann, ...others] = players as [TestClient, ...TestClient[]];
    const trade = async (by: TestClient) => {
      await ann.ask("order_new", { inst: 1, side: "sell", qty: 1, price: 100 });
      await by.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 100 });
    };
    for (let n = 0; n < 5; n++) await trade(others[0]!);
    const open: Response[] = [];
    const stall = async (who: TestClient, times: number) => {
      const all = await Promise.all(
        Array.from({ length: times }, () => getFile(room, "session.sqlite", who.token)),
      );
      open.push(...all.filter(({ ok }) => ok));
      for (const refused of all.filter(({ ok }) => !ok)) {
        expect(refused.status).toBe(429);
        expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
        await refused.text();
      }
      return all.filter(({ ok }) => ok).length;
    };
    // Asks for twenty-nine at once, of the thirty that a user may.
    expect(await stall(ann, 29)).toBe(2);
    for (const other of others) {
      await trade(other);
      expect(await stall(other, 2)).toBe(2);
    }
    const before = performance.now();
    const pnl = await csv(room, "pnl", host_token);
    expect(pnl).toHaveLength(players.length);
    expect(performance.now() - before).toBeLessThan(5_000);
    // Makes place for the next by reading one to the end, and giving one up.
    const [first, second] = open;
    await first!.arrayBuffer();
    await second!.body!.cancel();
    await vi.waitFor(async () => {
      const again = await getFile(room, "pnl.csv", ann.token);
      expect(again.status).toBe(200);
      await again.text();
    });
    for (const left of open.slice(2)) await left.body!.cancel();
  });
});

describe("closing a session", () => {
  const countOf = async (table: string, sessionId: string) => {
    const row = await bindings.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE session_id = ?`)
      .bind(sessionId)
      .first<{ n: number }>();
    return row!.n;
  };

  test("archives it once, though D1 fails at first, and serves it from there", async () => {
    const { room, host_token, host, bob } = await playedRoom();
    keepAwake(room);
    const sessionId = await sessionIdOf(room);
    let failures = 0;
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    await inRoom(room, (object) => {
      const { env } = object as unknown as { env: typeof bindings };
      const DB = new Proxy(env.DB, {
        get(target, name) {
          if (name === "batch" && failures++ < 2) throw new Error("D1_ERROR: the network is gone");
          const value: unknown = Reflect.get(target, name);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
      Object.defineProperty(object, "env", { value: { ...env, DB } });
    });
    await host.ask("session", { state: "closed" });
    await host.until(() => failures > 0, "the first try");
    expect(await readSession(bindings.DB, sessionId)).toBeNull();
    // Gets the files all the same.
    expect(await csv(room, "trades", host_token)).toHaveLength(2);
    await alarmAfter(room, 14);
    expect(failures).toBe(1);
    await alarmAfter(room, 16);
    expect(failures).toBe(2);
    expect(await readSession(bindings.DB, sessionId)).toBeNull();
    expect(logged.mock.calls.map(([line]) => JSON.parse(line).event)).toEqual([
      "archive.failed",
      "archive.failed",
    ]);
    logged.mockRestore();
    await alarmAfter(room, 60);
    const archived = await readSession(bindings.DB, sessionId);
    expect(archived).toMatchObject({ room, name: "Friday", data: { trades: { length: 2 } } });
    expect(await recordTablesOf(room)).toEqual([]);
    const { participants, data, ...header } = archived!;
    const whole = recordSession(engines.create(), await entriesOf(room));
    expect({ ...header, participants, data: inOrder(data) }).toEqual({
      ...whole,
      data: inOrder(whole.data),
    });

    // Has nothing due any more, so that another try changes nothing.
    await runDurableObjectAlarm(stubOf(room));
    await inRoom(room, (object) => object.alarm());
    expect(await countOf("sessions", sessionId)).toBe(1);
    expect(await countOf("trades", sessionId)).toBe(2);

    // Asks the room from now on only for the viewer.
    expect(await csv(room, "trades", host_token)).toHaveLength(2);
    expect(await csv(room, "pnl", bob.token)).toHaveLength(1);
    expect(await recordTablesOf(room)).toEqual([]);
  });

  test("tells all, refuses the rest and can still be looked up", async () => {
    const { room, host, alice } = await playedRoom();
    await host.ask("session", { state: "closed" });
    await alice.settle();
    expect(alice.all("session").at(-1)).toMatchObject({ state: "closed" });
    expect(await alice.ask("cancel_all", {})).toMatchObject({ code: "ROOM_CLOSED" });
    const late = await TestClient.connect(`/ws/${room}`);
    expect(await late.ask("join", { name: "late" })).toMatchObject({ code: "ROOM_CLOSED" });
    const summary = await SELF.fetch(`${origin}/api/rooms/${room}`);
    expect(await summary.json()).toMatchObject({ state: "closed", trades: 2 });
  });
});

/** Tests that a closed session gets into the archive once and whole, however often it is cut off, or is set aside. */

import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { followChain } from "#game/replay/chain.ts";
import { recordSession } from "#game/testing/record.ts";
import type { Debrief } from "#protocol";
import { debriefPieces, logPieces, readFacts } from "../../archive/debrief.ts";
import { serverClock } from "../../clock.ts";
import { readSession } from "../../archive/testing/read-session.ts";
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

const logged: Record<string, unknown>[] = [];
beforeEach(() => {
  logged.length = 0;
  vi.spyOn(console, "error").mockImplementation(
    (line: string) => void logged.push(JSON.parse(line)),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const eventsOf = (event: string) => logged.filter((line) => line["event"] === event);

/** Makes a room with a trade, its session about to be closed; `batch` stands in for its writes to the archive. */
async function played(
  batch: (state: DurableObjectState, write: () => Promise<unknown>) => unknown,
) {
  const { room, host_token } = await makeRoom();
  keepAwake(room);
  const host = await TestClient.join(room, "Exchange", "exchange", { host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR" });
  for (const [name, side] of [
    ["alice", "buy"],
    ["bob", "sell"],
  ] as const) {
    const trader = await TestClient.join(room, name);
    await trader.ask("order_new", { inst: 1, side, qty: 3, price: 100 });
  }
  const { session_id: sessionId } = host.ack!.session;
  await inRoom(room, (object, state) => {
    const { env } = object as unknown as { env: typeof bindings };
    const DB = new Proxy(env.DB, {
      get(target, name) {
        if (name === "batch")
          return (list: D1PreparedStatement[]) => batch(state, () => target.batch(list));
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    Object.defineProperty(object, "env", { value: { ...env, DB } });
  });
  return { room, host_token, host, sessionId };
}

/** Rings the room's alarm at the given time. */
async function alarmAt(room: string, ms: number): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: ms });
  await runDurableObjectAlarm(stubOf(room));
  vi.useRealTimers();
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

/** Expects rows, log and debrief of the session in the archive, whole and once. */
async function expectArchived(room: string, sessionId: string): Promise<void> {
  const archived = await readSession(bindings.DB, sessionId);
  const whole = recordSession(engines.create(), await entriesOf(room));
  whole.data.positions.sort((a, b) => a.user_id! - b.user_id! || a.inst! - b.inst!);
  expect(archived).toEqual(whole);
  const facts = await readFacts(bindings.DB, sessionId);
  const log = await textOf(logPieces(bindings.DB, sessionId));
  const chain = followChain(new TextEncoder().encode(log));
  expect(chain).toMatchObject({ sound: chain.lines, last: facts?.logHash });
  const debrief = JSON.parse(await textOf(debriefPieces(bindings.DB, sessionId))) as Debrief;
  expect(debrief.traders).toHaveLength(facts?.traders ?? -1);
  const rows = await bindings.DB.prepare("SELECT 1 FROM sessions WHERE session_id = ?")
    .bind(sessionId)
    .all();
  expect(rows.results).toHaveLength(1);
}

describe.each(["before", "after"])("an object that is gone %s the archive's write", (when) => {
  // Writes ten tables and the row in `sessions`.
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])(
    "number %i goes on when it is back",
    async (last) => {
      let writes = 0;
      const { room, host, sessionId } = await played(async (state, write) => {
        if (++writes < last) return write();
        if (when === "after") await write();
        state.abort("killed");
        return new Promise(() => {});
      });
      const start = Date.now();
      await host.ask("session", { state: "closed" }).catch(() => {});
      await host.whenClosed();
      expect(writes).toBe(last);
      // Is not tried again at once: an attempt that was cut off counts as failed.
      await inRoom(room, (object) => void object.service.room());
      await alarmAt(room, start + 10_000);
      expect(await readSession(bindings.DB, sessionId)).toEqual(
        last === 11 && when === "after" ? expect.anything() : null,
      );
      expect(eventsOf("archive.failed")).toMatchObject([{ failures: 1 }]);
      await alarmAt(room, start + 60_000);
      await expectArchived(room, sessionId);
      const done = await inRoom(room, (_object, { storage }) => {
        const journal = new SqlJournal(storage.sql);
        return [journal.meta("archive"), journal.meta("archive_tries")];
      });
      expect(done).toEqual(["done", null]);
    },
  );
});

test("an archive that always fails is tried ever more seldom, set aside, and tried when a file is asked for", async () => {
  let isBroken = true;
  let writes = 0;
  const { room, host_token, host, sessionId } = await played((_state, write) => {
    writes++;
    if (isBroken) throw new Error("D1_ERROR: no such table");
    return write();
  });
  await host.ask("session", { state: "closed" });
  await host.until(() => writes === 1, "the first try");
  let now = serverClock.now();
  const waits = [15_000, 30_000, 60_000, 120_000, 240_000, 480_000, 960_000];
  for (const [index, wait] of waits.entries()) {
    await alarmAt(room, now + wait - 5_000);
    expect(writes).toBe(index + 1);
    expect(eventsOf("archive.set_aside")).toEqual([]);
    now += wait + 2_000;
    await alarmAt(room, now);
    expect(writes).toBe(index + 2);
  }
  expect(eventsOf("archive.failed").map((line) => line["failures"])).toEqual([
    ...[1, 2, 3, 4, 5, 6, 7, 8],
  ]);
  expect(eventsOf("archive.set_aside")).toMatchObject([{ level: "error", room, failures: 8 }]);

  // Is not tried again by itself. The files are there all the same, and asking for one brings a try, an hour later.
  const hour = 3_600_000;
  await alarmAt(room, now + hour / 2);
  expect(writes).toBe(8);
  expect((await getFile(room, "trades.csv", host_token)).status).toBe(200);
  await alarmAt(room, now + hour - 60_000);
  expect(writes).toBe(8);
  isBroken = false;
  await alarmAt(room, now + hour + 1_000);
  await expectArchived(room, sessionId);
  expect(eventsOf("archive.set_aside")).toHaveLength(1);
});

test("a server that is stopped in an orderly way has not failed", async () => {
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  let writes = 0;
  const { room, host, sessionId } = await played(async (_state, write) => {
    if (++writes === 2) await stopped;
    return write();
  });
  await host.ask("session", { state: "closed" });
  await host.until(() => writes === 2, "the second page");
  const tries = await inRoom(room, async (object, { storage }) => {
    await object.service.drain();
    return new SqlJournal(storage.sql).meta("archive_tries");
  });
  expect(JSON.parse(tries!)).toMatchObject({ failures: 0, startedMs: null });
  stop();
  expect(await readSession(bindings.DB, sessionId)).toBeNull();
});
